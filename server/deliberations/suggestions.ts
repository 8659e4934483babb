import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { keywordsFor } from '../../shared/deliberations/keywords.ts'
import { type Db, forDistrict } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { catalogue } from '../places/queries.ts'
import { addJob } from '../platform/jobs.ts'
import { threadPool } from '../platform/thread-pool.ts'
import { forgetSuggestions, ownKeywords, saveSuggestions, unread } from './keyword-queries.ts'
import { lockDeliberation } from './queries.ts'
import type { Order } from './suggest-worker.ts'
import { tell } from './tell.ts'

const JOB = 'suggest-services'
const BATCH = 200

type Suggest = (order: Order) => Promise<(string | null)[]>

/**
 * Suggests services for what was said, as a job in a thread that ends a minute after the last statement: its list of words
 * takes 40 MB, and reading it would hold everybody up.
 */
export function suggestServices(app: FastifyInstance): void {
  const pool = threadPool<Order, (string | null)[]>({
    script: new URL('./suggest-thread.mjs', import.meta.url),
    threads: 1,
    mostWaiting: 20,
    limitMs: 60_000,
    idleMs: 60_000,
    maxOldGenerationSizeMb: 96,
    maxYoungGenerationSizeMb: 8,
  })
  app.addHook('preClose', () => pool.close())
  app.jobs.work(JOB, async ({ districtId }, signal) => {
    let isMore = true
    while (isMore && !signal.aborted) isMore = await suggestSome(forDistrict(app.db, districtId), districtId, pool.ask)
  })
}

/** Has what was said in a district read for suggestions, once however often it is asked for. */
export async function suggestLater(tx: Db, districtId: number): Promise<void> {
  await addJob(tx, JOB, { districtId }, { key: `${JOB}:${districtId}` })
}

/** Has everything read again that nobody has confirmed a service for. */
export async function suggestAnew(tx: Db, districtId: number): Promise<void> {
  await forgetSuggestions(tx, districtId)
  await suggestLater(tx, districtId)
}

/** True where there may be more. */
async function suggestSome(db: Kysely<Tables>, districtId: number, suggest: Suggest): Promise<boolean> {
  const some = await unread(db, districtId, BATCH)
  if (some.length === 0) return false
  const services = (await catalogue(db, districtId)).catalogue.services.map(({ code }) => code)
  const keywords = keywordsFor(services, await ownKeywords(db, districtId))
  const suggested = await suggest({ texts: some.map(({ text }) => text), keywords })
  const made = some.map(({ id, deliberation }, i) => ({ id, deliberation, suggested: suggested[i] ?? null }))
  for (const id of new Set(made.map(({ deliberation }) => deliberation))) {
    const own = made.filter(({ deliberation }) => deliberation === id)
    await db.transaction().execute(async (tx) => {
      await lockDeliberation(tx, { districtId, id })
      await saveSuggestions(tx, districtId, own, new Date())
      await tell(tx, { districtId, id }, [{ kind: 'desk', about: 'statements' }], new Date())
    })
  }
  return some.length === BATCH
}
