import { answerNames } from '../../shared/deliberations/kinds.ts'
import type { Room, RoomProposal, RoomQuestion, RoomStatement } from '../../shared/deliberations/room.ts'
import { opinionSentence } from '../../shared/deliberations/words.ts'
import { ReadAloud } from '../kit/read-aloud.tsx'
import type { Parcel } from './outbox.ts'
import { Choices } from './phone-choices.tsx'
import { dayAndTime } from './phone-facts.tsx'
import { OpenQuestion } from './phone-question.tsx'
import { Results } from './phone-results.tsx'
import { Said } from './phone-said.tsx'
import { OwnStatements } from './phone-statements.tsx'
import { Write } from './phone-write.tsx'
import type { Visit } from './visits.ts'
import { castVote, chosenOn } from './vote.ts'

interface Props {
  room: Room
  visit: Visit
  parcels: Parcel[]
}

/** A draft plan, item by item: one's stand, comments, and what was answered. */
export function Consultation({ room, visit, parcels }: Props) {
  const { head, proposals, questions } = room
  const isOn = (question: RoomQuestion) => question.options.some(({ id }) => proposals.some((one) => one.id === id))
  const weighed = questions.find((question) => question.state === 'open' && isOn(question))
  const others = questions.filter((question) => !isOn(question))
  return (
    <>
      <p className="hint">
        {whenWords(head)}
        {weighed && `已有 ${weighed.voted} 人表态，结果截止后公布。`}
      </p>
      {head.status === 'closed' && (
        <a className="main" href={`/m/${visit.district}/${head.code}/results`}>
          你提的 → 结果
        </a>
      )}
      {proposals.map((proposal, place) => (
        <Proposal key={proposal.id} {...{ room, visit, proposal }} number={place + 1} />
      ))}
      {others
        .filter(({ state }) => state === 'open')
        .map((question) => (
          <OpenQuestion key={question.id} question={question} visit={visit} />
        ))}
      {head.status === 'open' && <Write visit={visit} heading="对整个方案还有什么想说的" head={head} />}
      <OwnStatements room={room} visit={visit} parcels={parcels} code={head.code} />
      <Results questions={others} />
    </>
  )
}

function whenWords({ status, startsAt, endsAt }: Room['head']): string {
  if (status === 'planned') return `征求意见还没有开始，${dayAndTime(startsAt)}开始，到时再来看。`
  if (status === 'closed') return '征求意见已经结束，谢谢您参加；答复写在每条意见下面。'
  return endsAt ? `请在 ${dayAndTime(endsAt)} 前表态、提意见，截止前都可以改。` : '可以表态、提意见，结束前都可以改。'
}

interface ProposalProps {
  room: Room
  visit: Visit
  proposal: RoomProposal
  number: number
}

function Proposal({ room, visit, proposal: { id, title, text }, number }: ProposalProps) {
  const asked = room.questions.filter(({ state, options }) => state !== 'void' && options.some((one) => one.id === id))
  const question = asked.find(({ state }) => state === 'open')
  const outcome = asked.find(({ state }) => state === 'closed')?.outcome
  const result = outcome?.kind === 'opinion' ? outcome.results.find(({ option }) => option === id) : undefined
  const comments = room.statements.filter(({ proposal }) => proposal === id)
  return (
    <section className="card ballot">
      <div className="row">
        <h2>
          {number}. {title}
        </h2>
        <ReadAloud words={() => `${title}。${text}`} />
      </div>
      {text && <p>{text}</p>}
      {question && (
        <Choices
          about={title}
          chosen={chosenOn(visit, question.id, id) as string | undefined}
          choose={(choice) => void castVote(visit, question, id, choice)}
        />
      )}
      {result && <p className="state">{opinionSentence(result)}</p>}
      <Comments comments={comments} />
      {room.head.status === 'open' && (
        <details>
          <summary>对这一条提意见</summary>
          <Write visit={visit} heading={`对“${title}”的意见`} head={room.head} proposal={id} />
        </details>
      )}
    </section>
  )
}

function Comments({ comments }: { comments: RoomStatement[] }) {
  if (comments.length === 0) return null
  return (
    <details>
      <summary>看大家的意见（{comments.length} 条）</summary>
      <ul className="list">
        {comments.map((comment) => (
          <li key={comment.id}>
            <Said statement={comment} />
            <p className="state">{answerWords(comment)}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}

const answerWords = ({ answer, result }: RoomStatement): string =>
  answer ? `答复：${answerNames[answer]}${result ? `。${result}` : ''}` : '还没有答复'
