import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { forDistrict } from '../db/database.ts'
import { districts } from '../places/queries.ts'
import { standingProcess } from '../platform/process.ts'
import { allVersions } from '../surveys/round-queries.ts'
import { tallyVersions } from '../surveys/tally-queries.ts'
import type { Ground, Order } from './score-worker.ts'

const EVERY_MS = 1_000
/** While answers pour in, looking for signs waits for them to stop: those who review are people, and a minute later is soon enough. */
const LONGEST_WAIT_MS = 60_000
/** Then it takes a tenth of one core. */
const REST = 9
const IDLE_MS = 10_000

/**
 * Looks for signs in what has come in, in a process of its own, so that whoever submits never waits for it: what a thread
 * takes, as much as a third of the server, stays with the server after the thread has ended.
 */
export function startScorer(app: FastifyInstance): { stop(): Promise<void> } {
  const looker = standingProcess<Order>({
    script: new URL('./score-process.mjs', import.meta.url),
    data: { databaseUrl: app.pg.pool.options.connectionString! } satisfies Ground,
    maxOldGenerationSizeMb: 96,
    idleMs: IDLE_MS,
    log: app.log,
  })
  const seen = new Map<number, number>()
  const scored = new Map<number, number>()
  const waitingSince = new Map<number, number>()
  let looking: Promise<void> | undefined
  let stopped = false

  async function look(): Promise<void> {
    for (const { id } of await districts(app.db)) {
      if (stopped) return
      const state = await stateOf(app, id)
      const quiet = state === seen.get(id)
      seen.set(id, state)
      if (state === scored.get(id)) continue
      const since = waitingSince.get(id) ?? performance.now()
      waitingSince.set(id, since)
      if (!quiet && performance.now() - since < LONGEST_WAIT_MS) continue
      if (await score(id, quiet)) {
        scored.set(id, state)
        waitingSince.delete(id)
      }
    }
  }

  /** Until nothing is left, or for one slice with a rest behind it where answers still pour in. Returns whether nothing is left. */
  async function score(districtId: number, quiet: boolean): Promise<boolean> {
    for (;;) {
      const began = performance.now()
      const said = await looker.ask({ districtId })
      if (said === 'done') return true
      if (stopped) return false
      if (quiet) continue
      await sleep(Math.min(LONGEST_WAIT_MS, REST * (performance.now() - began)), undefined, { ref: false })
      return false
    }
  }

  const ticking = setInterval(() => {
    if (looking) return
    looking = look()
      .catch((error: { code?: string; name: string }) => {
        if (!stopped) app.log.warn({ code: error.code ?? error.name }, 'signs not looked for, trying again')
      })
      .finally(() => {
        looking = undefined
      })
  }, EVERY_MS)

  return {
    stop: async () => {
      stopped = true
      clearInterval(ticking)
      await looker.stop()
      await looking
    },
  }
}

/** Moves with every answer that comes or goes. */
async function stateOf(app: FastifyInstance, districtId: number): Promise<number> {
  const db = forDistrict(app.db, districtId)
  let changes = 0
  for (const { survey, version } of await allVersions(db, districtId))
    for (const each of (await tallyVersions(db, districtId, survey, version)).values()) changes += each
  return changes
}
