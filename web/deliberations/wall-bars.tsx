import { choiceNames, choices } from '../../shared/deliberations/kinds.ts'
import type { Counts } from '../../shared/deliberations/room.ts'

/** A part of a whole, 0 to 1. The number stands beside it in words. */
export function Bar({ share, kind = 'agree' }: { share: number; kind?: keyof Counts }) {
  return (
    <span className="wall-bar" aria-hidden="true">
      <span className={`wall-part ${kind}`} style={{ width: `${100 * Math.min(1, share)}%` }} />
    </span>
  )
}

/** How many said what, side by side in one bar. */
export function CountsBar({ counts }: { counts: Counts }) {
  const all = counts.agree + counts.disagree + counts.pass
  return (
    <span className="wall-bar" aria-hidden="true">
      {choices.map((choice) => (
        <span
          key={choice}
          className={`wall-part ${choice}`}
          style={{ width: `${all === 0 ? 0 : (100 * counts[choice]) / all}%` }}
        />
      ))}
    </span>
  )
}

/** 赞成 31　反对 8　弃权 3 */
export function CountsLine({ counts }: { counts: Counts }) {
  return (
    <span className="wall-counts">
      {choices.map((choice) => (
        <span key={choice} className={`wall-count ${choice}`}>
          {choiceNames[choice]} <strong>{counts[choice]}</strong>
        </span>
      ))}
    </span>
  )
}
