import type { FastifyInstance } from 'fastify'
import { forDistrict } from '../db/database.ts'
import { districts } from '../places/queries.ts'
import { standingThread } from '../platform/thread.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { allVersions } from '../surveys/round-queries.ts'
import { roundTallyVersions } from '../surveys/tally-queries.ts'
import { placesOf } from './places.ts'
import { type SurveyVersion, snapshotVersions } from './queries.ts'
import type { Order } from './refresh-worker.ts'
import { isSummedUp, type Round, staleAmong, withExcluded } from './round.ts'

/** Works demand out in a thread of its own, so that whoever submits or reads never waits for it. */
export interface Refresher {
  /** Brings the snapshots of one survey version up to date; resolves when they are. */
  refresh(round: Round): Promise<void>
  /** The demand of a higher area with its parts, as JSON text. */
  sum(order: Omit<Extract<Order, { kind: 'sum' }>, 'kind'>): Promise<string>
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
  const thread = standingThread<Order>({
    script: new URL('./refresh-thread.mjs', import.meta.url),
    workerData: { databaseUrl: app.pg.pool.options.connectionString },
    maxOldGenerationSizeMb: 160,
    log: app.log,
  })
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
    // Whoever has waited long enough gets a whole round.
    const started = now
    for (const { counted, ...round } of rounds) {
      const wanted = async () => !quiet || (await countOf(app, round)) === counted
      if (!(await refreshWhile(round, wanted))) break
    }
    restUntil = performance.now() + REST * (performance.now() - started)
  }

  /** Some communities at a time, so that answers that begin to come in need not wait for all of them. Returns false when it gave up. */
  async function refreshWhile(round: Round, wanted: () => Promise<boolean>): Promise<boolean> {
    while (!stopped && Number(await thread.ask({ kind: 'round', round })) > 0) if (!(await wanted())) return false
    return !stopped
  }

  const ticking = setInterval(() => {
    if (looking) return
    looking = look()
      .catch((error: { code?: string; name: string }) => {
        // Stopping ends a round half-way; the next start makes it anew.
        if (!stopped) app.log.warn({ code: error.code ?? error.name }, 'demand not refreshed, trying again')
      })
      .finally(() => {
        looking = undefined
      })
  }, EVERY_MS)

  return {
    refresh: async (round) => void (await refreshWhile(round, async () => true)),
    sum: (order) => thread.ask({ kind: 'sum', ...order }),
    stop: async () => {
      stopped = true
      clearInterval(ticking)
      await thread.stop()
      await looking
    },
  }
}

/** A round, and how often its tallies have changed so far. */
type Counted = Round & { counted: number }

const total = (tallies: Map<string, number>) => [...tallies.values()].reduce((sum, each) => sum + each, 0)

async function countOf(app: FastifyInstance, round: Round): Promise<number> {
  return total(await roundTallyVersions(forDistrict(app.db, round.districtId), round))
}

/** Every survey version with a stale community, how many of them are stale, and a text that stays the same as long as no answer comes in. */
async function staleRounds(app: FastifyInstance): Promise<{ rounds: Counted[]; state: string; stale: number }> {
  const rounds: Counted[] = []
  let stale = 0
  let state = ''
  for (const district of await districts(app.db)) {
    const db = forDistrict(app.db, district.id)
    const versions = await allVersions(db, district.id)
    if (versions.length === 0) continue
    const places = await placesOf(db, district.id)
    for (const { survey, version, carried: earlier } of versions) {
      const of: SurveyVersion = { districtId: district.id, survey, version }
      const before = earlier.map((one) => ({ version: one }))
      const tallies = await roundTallyVersions(db, { ...of, carried: before })
      // A version that counts no answer yet is worked out when somebody asks for it.
      if (tallies.size === 0) continue
      const counted = total(tallies)
      state += `${counted} `
      const { survey: compiled, carried } = await publishedSurvey(db, district.id, survey, version)
      const kept: Counted = { ...of, carried, plan: compiled.plan, districtName: district.name, counted }
      const all = await withExcluded(db, kept)
      for (const round of all === kept ? [kept] : [kept, all]) {
        const saved = await snapshotVersions(db, round)
        const behind = staleAmong(places, tallies, saved).length
        if (behind === 0 && isSummedUp(places, saved)) continue
        stale += behind
        rounds.push(round)
      }
    }
  }
  return { rounds, state, stale }
}
