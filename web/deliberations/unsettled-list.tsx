import { Link } from 'react-router'
import { followUpStateNames } from '../../shared/deliberations/kinds.ts'
import { dayWords } from '../../shared/deliberations/minutes/words.ts'
import { listUnsettled } from '../../shared/deliberations/minutes-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Scroll } from '../kit/scroll.tsx'
import './deliberation-list.css'

/** What is still to be done, over all deliberations, the most pressing first; nothing where all is done. */
export function UnsettledList({ district }: { district: string }) {
  const { may } = usePermitted()
  const seen = useAnswer(listUnsettled, { district }, {}, may(listUnsettled))
  if (seen.face !== 'ready' || seen.data.length === 0) return null
  const overdue = seen.data.filter((one) => one.overdue).length
  return (
    <section>
      <h2>
        还没办完的跟进事项（{seen.data.length}件{overdue > 0 && `，${overdue}件过期`}）
      </h2>
      <Scroll label="还没办完的跟进事项">
        <table className="plain deliberations">
          <thead>
            <tr>
              <th scope="col">事项</th>
              <th scope="col">承办</th>
              <th scope="col">完成时限</th>
              <th scope="col">进展</th>
            </tr>
          </thead>
          <tbody>
            {seen.data.map(({ id, deliberation, title, text, owner, dueOn, state, overdue: isLate }) => (
              <tr key={id}>
                <th scope="row">
                  <Link to={`/deliberations/${deliberation}/follow-ups`}>{text}</Link>
                  <small className="note">{title}</small>
                </th>
                <td data-label="承办">{owner}</td>
                <td data-label="完成时限">
                  {dayWords(dueOn)}
                  {isLate && <span className="tag warn">已过期</span>}
                </td>
                <td data-label="进展">{followUpStateNames[state]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )
}
