import { choiceNames, choices } from '../../shared/deliberations/kinds.ts'
import { outcomeTable } from '../../shared/deliberations/outcome-table.ts'
import type { MotionOutcome, OpinionOutcome, PointsOutcome, RoomQuestion } from '../../shared/deliberations/room.ts'
import { handsSentence, outcomeSentence, pointsWords, textOf } from '../../shared/deliberations/words.ts'
import { Bar, CountsBar, CountsLine } from './wall-bars.tsx'
import { WallPage } from './wall-page.tsx'
import { hasLongOptions, type Leaf, shortened } from './wall-scenes.ts'
import { TableTwin } from './wall-table.tsx'

interface Props {
  question: RoomQuestion
  from: number
  to: number
  /** The first page has the sentence. */
  leaf: Leaf
}

/** How a vote ended: a sentence and bars, the same as a table for whoever does not see them. */
export function WallResult({ question, from, to, leaf }: Props) {
  const { title, outcome, state, reason } = question
  if (state === 'void')
    return (
      <section aria-label="表决作废">
        <p className="wall-tag">表决作废</p>
        <h2>{title}</h2>
        <p className="wall-sentence">这次表决不算，请等主持人安排。</p>
        {reason && <p>原因：{reason}</p>}
      </section>
    )
  if (!outcome) return null
  return (
    <section aria-label="表决结果">
      <p className="wall-tag">
        表决结果
        <WallPage {...leaf} />
      </p>
      <h2>{title}</h2>
      {leaf.page === 1 && (
        <p className="wall-sentence" role="status">
          {outcomeSentence(shortened(question), outcome)}
        </p>
      )}
      {outcome.kind === 'motion' && <MotionBars outcome={outcome} />}
      {outcome.kind === 'opinion' && <OpinionBars {...{ question, outcome, from, to }} />}
      {(outcome.kind === 'dots' || outcome.kind === 'ranking') && <PointBars {...{ question, outcome, from, to }} />}
      <TableTwin caption={`“${title}”的结果`} {...outcomeTable(question, outcome)} />
    </section>
  )
}

function MotionBars({ outcome: { all, hands } }: { outcome: MotionOutcome }) {
  const most = Math.max(1, all.agree + all.disagree + all.pass)
  return (
    <>
      <ul className="wall-bars">
        {choices.map((choice) => (
          <li key={choice}>
            <span>{choiceNames[choice]}</span>
            <Bar share={all[choice] / most} kind={choice} />
            <strong>{all[choice]}</strong>
          </li>
        ))}
      </ul>
      {hands && <p>{handsSentence(hands)}</p>}
    </>
  )
}

function OpinionBars({ question, outcome, from, to }: Omit<Props, 'leaf'> & { outcome: OpinionOutcome }) {
  return (
    <ol className="wall-opinions">
      {outcome.results.slice(from, to).map(({ option, all }) => (
        <li key={option}>
          <p>{textOf(question.options, option)}</p>
          <CountsBar counts={all} />
          <CountsLine counts={all} />
        </li>
      ))}
    </ol>
  )
}

function PointBars({ question, outcome, from, to }: Omit<Props, 'leaf'> & { outcome: PointsOutcome }) {
  const most = Math.max(1, ...outcome.results.map(({ points }) => points))
  return (
    <ol className={hasLongOptions(question.options) ? 'wall-bars wide long' : 'wall-bars wide'}>
      {outcome.results.slice(from, to).map(({ option, points }) => (
        <li key={option}>
          <span>{textOf(question.options, option)}</span>
          <Bar share={points / most} />
          <strong>{pointsWords(outcome.kind, points)}</strong>
        </li>
      ))}
    </ol>
  )
}
