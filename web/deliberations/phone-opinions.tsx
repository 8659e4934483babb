import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import { Choices } from './phone-choices.tsx'
import type { Visit } from './visits.ts'
import { castVote, chosenOn } from './vote.ts'

/** One's stand on each of a list of statements. */
export function Opinions({ question, visit }: { question: RoomQuestion; visit: Visit }) {
  const done = question.options.filter(({ id }) => chosenOn(visit, question.id, id)).length
  return (
    <>
      <p className="small">
        一共 {question.options.length} 条，您表态了 {done} 条。
      </p>
      <ol className="list">
        {question.options.map(({ id, text }) => (
          <li key={id}>
            <p>{text}</p>
            <Choices
              about={text}
              chosen={chosenOn(visit, question.id, id) as string | undefined}
              choose={(choice) => void castVote(visit, question, id, choice)}
            />
          </li>
        ))}
      </ol>
    </>
  )
}
