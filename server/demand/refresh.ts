import { Worker } from 'node:worker_threads'
import type { FastifyInstance } from 'fastify'
import { districts } from '../places/queries.ts'
import { refuse } from '../refusals.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { allVersions, tallyVersions } from '../surveys/queries.ts'
import { placesOf } from './places.ts'
import { type SurveyVersion, snapshotVersions } from './queries.ts'
import type { Done, Order } from './refresh-worker.ts'
import { type Round, staleAmong } from './round.ts'

/** Works demand out in a thread of its own, so that whoever submits or reads never waits for it. */
export interface Refresher {
  /** Brings the snapshots of one survey version up to date; resolves when they are. */
  refresh(round: Round): Promise<void>
  /** The demand of a higher area with its parts, as JSON text. */
  sum(order: Omit<Extract<Order, { kind: 'sum' }>, 'id' | 'kind'>): Promise<string>
  stop(): Promise<void>
}

const EVERY_MS = 1_000
/** So many stale communities are brought up to date at once. */
const FEW = 10
/** While answers pour in everything is stale all the time: refreshing waits for them to stop, at most this long, and takes a tenth of one core. */
const LONGEST_WAIT_MS = 15_000
const REST = 9

/** Starts looking for stale snapshots. The thread is only started when there is something to do. */
export function startRefresher(app: FastifyInstance): Refresher {
  const thread = threadFor(app)
  let restUntil = 0
  let pouringSince: number | undefined
  let seen = ''
  let looking: Promise<void> | undefined
  let stopped = false

  async function look(): Promise<void> {
    const { rounds, state, stale } = await staleRounds(app)
    const quiet = state === seen
    seen = state
    const now = performance.now()
    if (quiet || stale <= FEW) pouringSince = undefined
    else pouringSince ??= now
    const patient = pouringSince !== undefined && now - pouringSince < LONGEST_WAIT_MS
    if (rounds.length === 0 || (!quiet && (patient || now < restUntil))) return
    const started = now
    for (const round of rounds) if (!stopped) await refresh(round)
    restUntil = performance.now() + REST * (performance.now() - started)
  }

  async function refresh(round: Round): Promise<void> {
    await thread.ask({ kind: 'round', round })
  }

  const ticking = setInterval(() => {
    if (looking) return
    looking = look()
      .catch((error: { code?: string; message?: string }) => {
        // Stopping ends a round half-way; the next start makes it anew.
        if (!stopped) app.log.warn({ code: error.code ?? error.message }, 'demand not refreshed, trying again')
      })
      .finally(() => {
        looking = undefined
      })
  }, EVERY_MS)

  return {
    refresh,
    sum: (order) => thread.ask({ kind: 'sum', ...order }),
    stop: async () => {
      stopped = true
      clearInterval(ticking)
      await thread.stop()
      await looking
    },
  }
}

/** Every survey version with a stale community, how many of them are stale, and a text that stays the same as long as no answer comes in. */
async function staleRounds(app: FastifyInstance): Promise<{ rounds: Round[]; state: string; stale: number }> {
  const rounds: Round[] = []
  let stale = 0
  let state = ''
  for (const district of await districts(app.db)) {
    const versions = await allVersions(app.db, district.id)
    if (versions.length === 0) continue
    const places = await placesOf(app.db, district.id)
    for (const { survey, version } of versions) {
      const of: SurveyVersion = { districtId: district.id, survey, version }
      const tallies = await tallyVersions(app.db, district.id, survey, version)
      // A version that nobody has answered yet is worked out when somebody asks for it.
      if (tallies.size === 0) continue
      state += `${[...tallies.values()].reduce((sum, each) => sum + each, 0)} `
      const behind = staleAmong(places, tallies, await snapshotVersions(app.db, of)).length
      if (behind === 0) continue
      stale += behind
      const { plan } = (await publishedSurvey(app.db, district.id, survey, version)).survey
      rounds.push({ ...of, plan, districtName: district.name })
    }
  }
  return { rounds, state, stale }
}

type Asked<O = Order> = O extends Order ? Omit<O, 'id'> : never

interface Waiting {
  resolve(json: string): void
  reject(error: Error): void
}

function threadFor(app: FastifyInstance) {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0

  function start(): Worker {
    const databaseUrl = app.pg.pool.options.connectionString
    const started = new Worker(new URL('./refresh-thread.mjs', import.meta.url), {
      execArgv: [],
      workerData: { databaseUrl },
      resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 },
    })
    started.on('message', (done: Done) => {
      const asker = waiting.get(done.id)
      waiting.delete(done.id)
      if ('json' in done) asker?.resolve(done.json)
      // The code is what tells a database that is away from a fault.
      else asker?.reject(Object.assign(new Error(done.error), { code: done.error }))
    })
    started.on('error', (error) => app.log.error({ message: error.message }, 'the demand thread died'))
    started.on('exit', () => {
      if (worker === started) worker = undefined
      for (const asker of waiting.values()) asker.reject(refuse.busy())
      waiting.clear()
    })
    return started
  }

  return {
    ask(order: Asked): Promise<string> {
      worker ??= start()
      const id = ++last
      return new Promise<string>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker?.postMessage({ id, ...order })
      })
    },
    async stop(): Promise<void> {
      const ending = worker
      if (!ending) return
      const ended = new Promise((resolve) => ending.once('exit', resolve))
      const late = setTimeout(() => ending.terminate(), 2_000)
      ending.postMessage('stop')
      await ended
      clearTimeout(late)
    },
  }
}
