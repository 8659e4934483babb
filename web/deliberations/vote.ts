import type { Choice } from '../../shared/deliberations/kinds.ts'
import { vote } from '../../shared/deliberations/questions-api.ts'
import type { RoomQuestion } from '../../shared/deliberations/room.ts'
import { randomId } from '../kit/random-id.ts'
import { type Chosen, post } from './outbox.ts'
import { noteVote, type Visit } from './visits.ts'

/** What was voted here on one subject; undefined before, null in a secret ballot. */
export function chosenOn({ own }: Visit, question: string, subject: string): Chosen | undefined {
  const cast = own?.votes.find((one) => one.question === question)?.cast
  return cast?.find((one) => one.subject === subject)?.choice
}

/** Votes on one option of an opinion question, or on the question itself. */
export async function castVote(
  visit: Visit,
  question: RoomQuestion,
  subject: string,
  choice: Choice | string[],
): Promise<void> {
  const { district, deliberation, ticket } = visit
  const id = randomId()
  const shown = question.secret ? null : choice
  await noteVote(visit, question.id, subject, shown)
  await post(
    vote,
    { district, deliberation, question: question.id },
    { ticket, votes: [{ id, subject, choice }] },
    { id, deliberation, about: { kind: 'vote', question: question.id, subject, choice: shown } },
  )
}
