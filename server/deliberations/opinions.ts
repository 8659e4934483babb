import type { Db } from '../db/database.ts'
import { addJob } from '../platform/jobs.ts'
import type { Of } from './queries.ts'

const JOB = 'group-opinions'

/**
 * Asks for the opinion groups of a question in the transaction that closes it. They come a moment later, told as a change
 * of the question: what is locked at closing must not wait for two seconds of arithmetic while the deliberation's row is held.
 */
export async function groupLater(db: Db, { districtId, id }: Of, question: string): Promise<void> {
  await addJob(db, JOB, { districtId, deliberation: id, question })
}
