import type { FollowUpState } from '../../shared/deliberations/kinds.ts'
import { dayWords } from '../../shared/deliberations/minutes/words.ts'
import type { Results } from './results-page.tsx'

type FollowUp = Results['followUps'][number]

/** In words for everybody. */
const stateWords: Record<FollowUpState, string> = {
  open: '还没有开始办',
  'in-progress': '正在办',
  done: '办好了',
  cannot: '办不了',
}

/** One statement and what came of it. */
export function ResultCard({ one, results }: { one: Results['statements'][number]; results: Results }) {
  const { number, text, mergedInto, result, followUps } = one
  const done = results.followUps.filter((each) => followUps.includes(each.number))
  return (
    <article className="card">
      <p className="small">第{number}号</p>
      <p>{text}</p>
      {mergedInto && <p className="small">和第{mergedInto}号说的是一件事，一起办。</p>}
      {result && <p className="state">结果：{result}</p>}
      {done.map((each) => (
        <Followed key={each.number} one={each} />
      ))}
      {!result && done.length === 0 && <p className="small">已经记录，还没有办理结果。</p>}
    </article>
  )
}

/** Everything that is to be done, and how far it is. */
export function FollowedUp({ results: { followUps } }: { results: Results }) {
  if (followUps.length === 0) return null
  return (
    <section>
      <h2>答应办的事</h2>
      <ul className="list">
        {followUps.map((one) => (
          <li key={one.number}>
            <Followed one={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Followed({ one: { text, owner, dueOn, state, outcome } }: { one: FollowUp }) {
  const isOver = state === 'done' || state === 'cannot'
  return (
    <div>
      <p>
        {text} <span className="state">{stateWords[state]}</span>
      </p>
      <p className="small">{isOver ? `${owner}：${outcome}` : `${owner}来办，${dayWords(dueOn)}前办完。`}</p>
    </div>
  )
}
