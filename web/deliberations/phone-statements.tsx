import { answerNames, type FollowUpState, followUpStateNames, stateName } from '../../shared/deliberations/kinds.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import type { OwnStatement } from '../../shared/deliberations/statements-api.ts'
import type { Parcel } from './outbox.ts'
import type { Visit } from './visits.ts'

interface Props {
  room: Room
  visit: Visit
  parcels: Parcel[]
  code: string
}

/** What one wrote, with its number and what became of it. */
export function OwnStatements({ room, visit, parcels, code }: Props) {
  const own = visit.own?.statements ?? []
  const isThere = (id: string) => own.some((one) => one.id === id)
  const waiting = parcels.filter(
    ({ id, about, state }) => about.kind === 'statement' && state === 'waiting' && !isThere(id),
  )
  if (own.length + waiting.length === 0) return null
  return (
    <section aria-live="polite">
      <h2>我提的意见</h2>
      <ol className="list">
        {waiting.map(({ id, about }) => (
          <li key={id}>
            <p>{about.kind === 'statement' && about.text}</p>
            <p className="state">还在这部手机里，有信号就发出去</p>
          </li>
        ))}
        {[...own].reverse().map((statement) => (
          <li key={statement.id}>
            <p>
              <strong>第 {statement.number} 号</strong> {statement.text}
            </p>
            <p className="state">{stateWords(statement, room)}</p>
            {statement.followUps.map(({ text, state, outcome }) => (
              <p className="small" key={text}>
                要办的事：{text}——{followUpStateNames[state as FollowUpState] ?? state}
                {outcome && `：${outcome}`}
              </p>
            ))}
          </li>
        ))}
      </ol>
      <p className="small">
        记住号数，以后可以在<a href={`/m/${visit.district}/${code}/results`}>办理结果</a>里查到。
      </p>
    </section>
  )
}

/** The wall may know more than what was last asked. */
function stateWords(own: OwnStatement, { head, statements }: Room): string {
  const { id, number } = own
  const shown = statements.find((one) => one.id === id)
  const into = statements.find(({ merged }) => merged.some((one) => one.number === number))?.number ?? own.mergedInto
  const result = shown?.result ?? own.result
  const answer = shown?.answer ?? own.answer
  if (answer) return `${answerNames[answer]}${result ? `：${result}` : ''}`
  if (!shown && into !== null && into !== undefined) return `已并入第 ${into} 号，和大家一样的意见合在一起了`
  if (shown?.state === 'discussed' || own.state === 'discussed') return `已讨论${result ? `：${result}` : ''}`
  if (shown) return stateName('shown', head.kind)
  if (own.state === 'rejected') return `未采用${own.reason ? `：${own.reason}` : ''}`
  return own.state === 'shown' ? stateName('shown', head.kind) : '已收到，等工作人员看过'
}
