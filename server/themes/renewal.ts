import type { FastifyInstance } from 'fastify'
import { type Db, forDistrict } from '../db/database.ts'
import { districts } from '../places/queries.ts'
import { addJob } from '../platform/jobs.ts'
import { threadPool } from '../platform/thread-pool.ts'
import { surveysOf } from '../surveys/queries.ts'
import { dropOrphans, type SurveyOf } from './renew-queries.ts'
import type { Order } from './renew-worker.ts'

const JOB = 'renew-open-answers'

/**
 * Reads new open answers and renews suggestions as a job, in a thread that ends when there is nothing to do: the word list of the
 * segmenter takes 40 MB that a server taking in answers shall not carry.
 */
export function renewOpenAnswers(app: FastifyInstance): void {
  const pool = threadPool<Order, boolean>({
    script: new URL('./renew-thread.mjs', import.meta.url),
    threads: 1,
    mostWaiting: 20,
    limitMs: 300_000,
    idleMs: 5_000,
    maxOldGenerationSizeMb: 96,
    maxYoungGenerationSizeMb: 8,
  })
  app.addHook('preClose', () => pool.close())
  app.jobs.work(JOB, async (payload, signal) => {
    const of = { districtId: payload.districtId, survey: String(payload.survey) }
    const databaseUrl = app.pg.pool.options.connectionString!
    let goesOn = false
    do goesOn = await pool.ask({ databaseUrl, goesOn, ...of })
    while (goesOn && !signal.aborted)
  })
  app.jobs.everyDay('clean-open-answers', '04:10', async () => {
    for (const { id } of await districts(app.db)) {
      const db = forDistrict(app.db, id)
      await dropOrphans(db, id)
      for (const { code } of await surveysOf(db, id)) await renewLater(db, { districtId: id, survey: code })
    }
  })
}

/** Has the open answers of a survey read and their suggestions renewed, once however often it is asked for. */
export async function renewLater(db: Db, of: SurveyOf): Promise<void> {
  await addJob(db, JOB, { ...of }, { key: `${JOB}:${of.districtId}:${of.survey}` })
}
