import type { FastifyInstance } from 'fastify'
import { opinionOutcome } from '../../shared/deliberations/opinions.ts'
import type { OpinionOutcome } from '../../shared/deliberations/room.ts'
import { fnv1a } from '../../shared/statistics/random.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { addJob, type Payload } from '../platform/jobs.ts'
import { threadPool } from '../platform/thread-pool.ts'
import { closedOpinion, countedVotes, handsOf, saveGroups, voters } from './opinion-queries.ts'
import type { Order } from './opinion-worker.ts'
import { lockDeliberation, type Of } from './queries.ts'
import { roomQuestions } from './room-queries.ts'
import { tell } from './tell.ts'

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
  await addJob(db, JOB, { districtId, deliberation: id, question: question.id }, { maxAttempts: 5 })
  return opinionOutcome({ options: question.options, votes, hands, voted, present })
}

/** Works opinion groups out in a thread of its own, which ends when there is nothing to do. */
export function openOpinions(app: FastifyInstance): void {
  const pool = threadPool<Order, OpinionOutcome>({
    script: new URL('./opinion-thread.mjs', import.meta.url),
    threads: 1,
    mostWaiting: 100,
    limitMs: 30_000,
    idleMs: 5_000,
    maxOldGenerationSizeMb: 96,
    maxYoungGenerationSizeMb: 16,
  })
  app.addHook('preClose', () => pool.close())
  app.jobs.work(JOB, async ({ districtId, deliberation, question }: Payload) => {
    const of = { districtId, id: String(deliberation) }
    const db = forDistrict(app.db, districtId)
    const found = await closedOpinion(db, districtId, String(question))
    if (!found || found.outcome.groups || found.outcome.withoutGroups) return
    const databaseUrl = app.pg.pool.options.connectionString!
    const order = { databaseUrl, districtId, question: found.id, options: found.options, seed: fnv1a(found.id) }
    const outcome = await pool.ask({ ...order, outcome: found.outcome })
    await db.transaction().execute((tx) => add(tx, of, found.id, outcome))
  })
}

/** A question that was voided meanwhile stays as it is. */
async function add(db: Db, of: Of, question: string, outcome: OpinionOutcome): Promise<void> {
  if (!(await lockDeliberation(db, of))) return
  if (!(await saveGroups(db, of.districtId, question, outcome))) return
  const [changed] = await roomQuestions(db, of, [question])
  if (changed) await tell(db, of, [{ kind: 'question', question: changed }], new Date())
}
