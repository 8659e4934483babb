import type { Db } from '../db/database.ts'
import { addJob } from '../platform/jobs.ts'
import type { Of } from './queries.ts'

/** The job that looks at the clock for a consultation. */
export const TURN = 'turn-consultation'

/** Has the clock looked at for a consultation, at once or at a moment; whatever was due before gives way. */
export async function lookAgain(tx: Db, { districtId, id }: Of, runAt?: Date): Promise<void> {
  await addJob(tx, TURN, { districtId, deliberation: id }, { key: `${TURN}:${districtId}:${id}`, runAt })
}
