import { isAnswered, threadsOf } from '../../shared/deliberations/answer-table.ts'
import { choiceNames, choices } from '../../shared/deliberations/kinds.ts'
import type { Room } from '../../shared/deliberations/room.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { Scroll } from '../kit/scroll.tsx'
import type { Chosen } from './comments-page.tsx'

interface Props {
  room: Room
  statements: Statement[]
  chosen: Chosen
  choose(chosen: Chosen): void
}

/** The items of the draft: how they were weighed, and how many comments wait. An item that is chosen narrows the list below. */
export function CommentsTable({ room, statements, chosen, choose }: Props) {
  const subjects: { id: Chosen; title: string }[] = [
    { id: 'all', title: '全部意见' },
    ...room.proposals.map(({ id, title }, at) => ({ id, title: `${at + 1}. ${title}` })),
    { id: null, title: '对整个方案' },
  ]
  return (
    <Scroll label="各项行动的意见和表态">
      <table className="comments-table">
        <thead>
          <tr>
            <th scope="col">行动（点开只看这一项）</th>
            <th scope="col">意见</th>
            <th scope="col">待审核</th>
            <th scope="col">待答复</th>
            <th scope="col">表态</th>
          </tr>
        </thead>
        <tbody>
          {subjects.map(({ id, title }) => (
            <Row
              key={String(id)}
              {...{ id, title, room, choose }}
              isChosen={chosen === id}
              own={ownOf(id, statements)}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const ownOf = (id: Chosen, statements: Statement[]) =>
  id === 'all' ? statements : statements.filter(({ proposal }) => proposal === id)

interface RowProps extends Pick<Props, 'room' | 'choose'> {
  id: Chosen
  title: string
  isChosen: boolean
  own: Statement[]
}

function Row({ id, title, room, choose, isChosen, own }: RowProps) {
  const unanswered = threadsOf(own).filter((one) => !isAnswered(one)).length
  return (
    <tr className={isChosen ? 'chosen' : undefined}>
      <th scope="row">
        <button type="button" aria-pressed={isChosen} onClick={() => choose(id)}>
          {title}
        </button>
      </th>
      <td>{own.length}</td>
      <td>{own.filter(({ state }) => state === 'received').length}</td>
      <td>{unanswered}</td>
      <td>{weighed(id, room)}</td>
    </tr>
  )
}

/** How an item was weighed, once that may be said. */
function weighed(id: Chosen, { questions }: Room): string {
  const question = questions.find(({ state, options }) => state !== 'void' && options.some((one) => one.id === id))
  if (!question) return ''
  if (question.state === 'open') return `已有 ${question.voted} 人表态，截止后列出`
  const { outcome } = question
  const found = outcome?.kind === 'opinion' ? outcome.results.find(({ option }) => option === id) : undefined
  return found ? choices.map((choice) => `${choiceNames[choice]} ${found.all[choice]}`).join('，') : ''
}
