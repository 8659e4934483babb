import type { State } from '../../shared/wishes/states.ts'

const steps = ['许愿', '审核', '认领', '办理', '办到'] as const

/** Which step is going on; ended otherwise, there is none. */
const going: Partial<Record<State, number>> = {
  submitted: 1,
  returned: 1,
  open: 2,
  claimed: 3,
  delivered: 4,
  disputed: 3,
  fulfilled: 5,
}

/** How far a wish has come. */
export function OwnSteps({ state }: { state: State }) {
  const now = going[state]
  if (now === undefined) return null
  return (
    <ol className="way" aria-label="办到哪一步">
      {steps.map((name, place) => (
        <li key={name} data-done={place < now || undefined} aria-current={place === now ? 'step' : undefined}>
          <span className="dot" aria-hidden="true">
            {place < now ? '✓' : ''}
          </span>
          {name}
          <span className="unseen">{place < now ? '，完成了' : place === now ? '，正在办' : '，还没到'}</span>
        </li>
      ))}
    </ol>
  )
}
