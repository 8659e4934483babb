import { opinionOutcome } from '../../shared/deliberations/opinions.ts'
import type { OpinionOutcome } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import { addJob } from '../platform/jobs.ts'
import { countedVotes, handsOf, voters } from './opinion-queries.ts'
import type { Of } from './queries.ts'

const JOB = 'group-opinions'

/**
 * The outcome of an opinion question as it is locked, in the transaction that closes it. Opinion groups come a moment later
 * as a change of the question: what is locked must not wait for two seconds of arithmetic while a whole room is held.
 */
export async function lockOpinion(
  db: Db,
  { districtId, id }: Of,
  question: { id: string; options: readonly { id: string }[] },
  present: number,
): Promise<OpinionOutcome> {
  const votes = await countedVotes(db, districtId, question.id)
  const hands = await handsOf(db, districtId, question.id)
  const voted = await voters(db, districtId, question.id)
  await addJob(db, JOB, { districtId, deliberation: id, question: question.id })
  return opinionOutcome({ options: question.options, votes, hands, voted, present })
}
