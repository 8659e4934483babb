import type { Demand } from '../../shared/demand/api.ts'
import { type Extent, summaryOf } from '../../shared/demand/demand.ts'
import type { Db } from '../db/database.ts'
import { roundTallyVersions } from '../surveys/tally-queries.ts'
import { computeEach, computeTogether, factsOf } from './compute.ts'
import { type Places, placesOf } from './places.ts'
import { DISTRICT, type SnapshotVersion, snapshotVersions, subdistrictKey, summaries } from './queries.ts'
import { type Round, staleAmong } from './round.ts'
import { keepSum, loadDrawn, type Said, type Sums, said, sumOf, sumUp } from './sums.ts'

/** One area in memory. */
interface Row extends Said {
  tally: number
  place: number
  /** Worked out on the spot, without draws: the snapshot replaces it when it is ready. */
  provisional: boolean
}

/** The table of one survey version, kept between requests; only what has changed is read or worked out again. */
export interface TableState extends Sums {
  communities: Map<string, Row>
  running: Promise<void>
  queued?: Promise<void>
}

/** So many stale communities are worked out while the reader waits; more are served as they are. */
const ON_THE_SPOT = 3
/** Weighing more communities together than these takes too long while others wait: their snapshots are served as they are. */
const MOST_TOGETHER = 20
const QUICK: Extent = { parts: false, chances: false }
const MOST_TABLES = 10

const keptFor = new WeakMap<Db, Map<string, TableState>>()

/** The table of a survey version, brought up to date. Requests that arrive together share one look at the database. */
export async function tableOf(db: Db, round: Round): Promise<TableState> {
  const state = stateOf(db, round)
  state.queued ??= state.running.then(() => {
    state.queued = undefined
    const run = update(db, round, state)
    state.running = run.catch(() => undefined)
    return run
  })
  await state.queued
  return state
}

function stateOf(db: Db, { districtId, survey, version, excludedIn }: Round): TableState {
  const tables = keptFor.get(db) ?? new Map<string, TableState>()
  keptFor.set(db, tables)
  // Another set of communities with excluded answers is another table: none of its rows could be told from those before.
  const key = `${districtId}/${survey}/${version}/${excludedIn?.join() ?? 'kept'}`
  const state = tables.get(key) ?? { communities: new Map(), subdistricts: new Map(), running: Promise.resolve() }
  tables.delete(key)
  tables.set(key, state)
  const [oldest] = tables.keys()
  if (tables.size > MOST_TABLES && oldest !== undefined) tables.delete(oldest)
  return state
}

async function update(db: Db, round: Round, state: TableState): Promise<void> {
  const places = await placesOf(db, round.districtId)
  const [tallies, saved] = await Promise.all([roundTallyVersions(db, round), snapshotVersions(db, round)])
  const codes = places.communities.map(({ code }) => code)
  const stale = () => staleAmong(places, tallies, state.communities)
  if (round.plan.weighting.scope === 'district') {
    const large = codes.length > MOST_TOGETHER && saved.has(DISTRICT)
    const snapshot = large || staleAmong(places, tallies, saved).length === 0
    return await updateTogether(db, round, places, state, { snapshot, memory: stale().length === 0 })
  }
  const better = codes.filter((code) => isBetter(saved.get(code), state.communities.get(code)))
  // The snapshot of what was worked out on the spot adds draws, and changes no sum.
  const moved = better.filter((code) => {
    const row = state.communities.get(code)
    return row?.tally !== saved.get(code)?.tally || row?.place !== saved.get(code)?.place
  })
  await load(db, round, state, better)
  const missing = stale().filter((code) => !state.communities.has(code))
  const wanted = stale().length <= ON_THE_SPOT ? stale() : missing
  if (wanted.length > 0) await computeRows(db, round, places, state, wanted)
  sumUp(round, places, state, new Set([...moved, ...wanted]))
  await loadDrawn(db, round, places, state, saved)
}

/** Whether a snapshot says more than the row in memory. */
function isBetter(snapshot: SnapshotVersion | undefined, row: Row | undefined): boolean {
  if (!snapshot || !row) return snapshot !== undefined
  if (snapshot.tally > row.tally || snapshot.place > row.place) return true
  return row.provisional && snapshot.tally === row.tally && snapshot.place === row.place
}

async function load(db: Db, round: Round, state: TableState, codes: string[]): Promise<void> {
  for (const { area, json, tally, place } of await summaries(db, round, codes)) {
    state.communities.set(area, { ...said(JSON.parse(json), json), tally, place, provisional: false })
  }
}

async function computeRows(db: Db, round: Round, places: Places, state: TableState, codes: string[]): Promise<void> {
  const pause = () => new Promise<void>((done) => setImmediate(done))
  // A few at a time: reading many tallies at once would keep everybody else waiting.
  for (let from = 0; from < codes.length; from += ON_THE_SPOT) {
    const some = codes.slice(from, from + ON_THE_SPOT)
    // Without parts and draws the shares alone are read, not how they hang together.
    const facts = await factsOf(db, round, round.plan, places, some, 1 + round.plan.indicators)
    for (const { demand, tally } of await computeEach(facts, QUICK, pause)) keep(state, demand, tally, places.version)
  }
}

function keep(state: TableState, demand: Demand, tally: number, place: number): void {
  state.communities.set(demand.area.code, { ...said(summaryOf(demand)), tally, place, provisional: true })
}

/** A survey raked over the whole district: one answer moves every weight, so all areas are taken from one moment. */
async function updateTogether(
  db: Db,
  round: Round,
  places: Places,
  state: TableState,
  fresh: { snapshot: boolean; memory: boolean },
): Promise<void> {
  const provisional = [...state.communities.values()].some((row) => row.provisional)
  if (fresh.memory && state.district && !(provisional && fresh.snapshot)) return
  if (fresh.snapshot) return await loadTogether(db, round, places, state)
  const facts = await factsOf(db, round, round.plan, places)
  const { communities, subdistricts, district } = computeTogether(facts, places, round.districtName, QUICK)
  for (const { demand, tally } of communities) keep(state, demand, tally, places.version)
  for (const demand of subdistricts) state.subdistricts.set(demand.area.code, sumOf(demand))
  state.district = sumOf(district)
}

async function loadTogether(db: Db, round: Round, places: Places, state: TableState): Promise<void> {
  const subdistricts = places.subdistricts.map(({ code }) => subdistrictKey(code))
  for (const { area, json } of await summaries(db, round, [DISTRICT, ...subdistricts])) keepSum(state, area, json)
  await load(
    db,
    round,
    state,
    places.communities.map(({ code }) => code),
  )
}
