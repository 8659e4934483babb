import type { Demand } from '../../shared/demand/api.ts'
import { seedOf } from '../../shared/demand/chances.ts'
import { summaryOf } from '../../shared/demand/demand.ts'
import { higherDemand, withChances } from '../../shared/demand/higher.ts'
import { FEW_ANSWERS, type Placed, type Priors, priorsOf, withShrinkage } from '../../shared/demand/shrink.ts'
import type { Carrier } from '../../shared/surveys/carry.ts'
import type { TallyPlan } from '../../shared/surveys/tally-plan.ts'
import type { Db } from '../db/database.ts'
import { communitiesWithExcluded, roundTallyVersions } from '../surveys/tally-queries.ts'
import { type Computed, computeEach, computeTogether, factsOf } from './compute.ts'
import { type Places, placesOf } from './places.ts'
import {
  covariances,
  DISTRICT,
  districtSummary,
  type Snapshot,
  type SnapshotVersion,
  type SurveyVersion,
  saveSnapshots,
  snapshotVersions,
  subdistrictKey,
  summaries,
} from './queries.ts'

/** A survey version whose snapshots are to be brought up to date. */
export interface Round extends SurveyVersion {
  plan: TallyPlan
  /** Earlier versions whose answers count on in it. */
  carried: Carrier[]
  districtName: string
}

/** The same with excluded answers counted in; the same as it is where there are none. */
export async function withExcluded<R extends Round>(db: Db, round: R): Promise<R> {
  const { districtId, survey, version, carried, plan } = round
  const versions = [version, ...carried.map((earlier) => earlier.version)]
  const own = await communitiesWithExcluded(db, districtId, survey, versions)
  if (own.length === 0) return round
  // Where all communities are weighted together, an answer more moves the weights of every other.
  const together = plan.weighting.scope === 'district'
  const all = together ? (await placesOf(db, districtId)).communities.map(({ code }) => code) : own
  return { ...round, excludedIn: all }
}

const BATCH = 15
const FULL = { parts: true, chances: true }
/** The spread of the communities' shares changes slowly: it is estimated anew when a tenth of them have changed. */
const SPREAD_SHARE = 0.1

/** Communities whose snapshot is missing or rests on other tallies or places than there are now. */
export function staleAmong(
  places: Pick<Places, 'version' | 'communities'>,
  tallies: Map<string, number>,
  saved: Map<string, SnapshotVersion>,
): string[] {
  return places.communities.flatMap(({ code }) => {
    const { tally, place } = saved.get(code) ?? {}
    return tally === (tallies.get(code) ?? 0) && place === places.version ? [] : [code]
  })
}

/** Whether the district was summed up from the snapshots that there are; not so where a round ended half-way. */
export function isSummedUp(places: Pick<Places, 'communities'>, saved: Map<string, SnapshotVersion>): boolean {
  const codes = places.communities.map(({ code }) => code)
  return codes.length === 0 || saved.get(DISTRICT)?.tally === tallyOver(codes, saved)
}

function tallyOver(communities: string[], saved: Map<string, SnapshotVersion>): number {
  return communities.reduce((sum, code) => sum + (saved.get(code)?.tally ?? 0), 0)
}

/** Brings snapshots of a survey up to date, of so many communities as are worked out within about a second. Returns how many are still behind. */
export async function refreshSome(db: Db, round: Round): Promise<number> {
  const places = await placesOf(db, round.districtId)
  const tallies = await roundTallyVersions(db, round)
  const saved = await snapshotVersions(db, round)
  const stale = staleAmong(places, tallies, saved)
  if (stale.length === 0 && isSummedUp(places, saved)) return 0
  const together = round.plan.weighting.scope === 'district'
  const left = together ? 0 : Math.max(0, stale.length - BATCH)
  if (together) await refreshTogether(db, round, places)
  else await refreshEach(db, round, places, { saved, stale: stale.slice(0, BATCH), isLast: left === 0 })
  return left
}

const pause = () => new Promise<void>((done) => setImmediate(done))

/** Communities to be worked out, the snapshots that there were before, and whether none will be left behind. */
interface Batch {
  saved: Map<string, SnapshotVersion>
  stale: string[]
  isLast: boolean
}

async function refreshEach(db: Db, round: Round, places: Places, { saved, stale, isLast }: Batch): Promise<void> {
  const facts = await factsOf(db, round, round.plan, places, stale)
  const computed = await computeEach(facts, FULL, pause)
  await saveSnapshots(db, round, snapshotsOf(computed, places))
  const few = computed.filter(({ demand }) => demand.inside < FEW_ANSWERS)
  const placed = await placedSummaries(db, round, places)
  const priors = await priorsFor(db, round, placed, stale.length)
  shrink(few, { placed, priors })
  if (isLast) await saveHigher(db, round, places, saved, { placed, priors })
  else await savePriors(db, round, places, { placed, priors })
  // Whoever reads a share drawn towards the others' finds what it was drawn towards.
  await saveSnapshots(db, round, snapshotsOf(few, places))
}

function snapshotsOf(computed: Computed[], places: Places): Snapshot[] {
  return computed.map(({ demand, tally, covariance }) => ({
    area: demand.area.code,
    tally,
    place: places.version,
    summary: JSON.stringify(summaryOf(demand)),
    detail: JSON.stringify(demand),
    covariance,
  }))
}

/** The summary of a community with the state of the tallies that it rests on. */
type Summary = Placed & { demand: Demand; tally: number }

async function placedSummaries(db: Db, round: Round, places: Places): Promise<Summary[]> {
  const subdistrictOf = new Map(places.communities.map(({ code, subdistrict }) => [code, subdistrict]))
  const rows = await summaries(db, round, [...subdistrictOf.keys()])
  return rows.map(({ area, json, tally }) => {
    return { subdistrict: subdistrictOf.get(area) ?? '', demand: JSON.parse(json), tally }
  })
}

async function priorsFor(db: Db, round: Round, placed: Placed[], changed: number): Promise<Priors> {
  const before = (await districtSummary(db, round))?.priors
  return before && changed < placed.length * SPREAD_SHARE ? before : priorsOf(placed)
}

interface Spread {
  placed: Summary[]
  priors: Priors
}

/** Communities with few answers get their shares drawn towards their neighbours', once those are known. */
function shrink(few: Computed[], { placed, priors }: Spread): void {
  const codes = new Set(few.map(({ demand }) => demand.area.code))
  withShrinkage(placed, priors, codes)
  for (const { demand } of few) {
    const summary = placed.find((each) => each.demand.area.code === demand.area.code)?.demand
    for (const [at, service] of demand.services.entries()) service.shrunk = summary?.services[at]?.shrunk ?? null
  }
}

/** While there are communities left, the district is summed up for the sake of its priors alone. */
async function savePriors(db: Db, round: Round, places: Places, { placed, priors }: Spread) {
  const { demands, version } = partsOf(placed, places)
  const demand = higherDemand(districtArea(round), demands)
  await saveSnapshots(db, round, [sumSnapshot(DISTRICT, version, demand, { demand, priors })])
}

/** What a higher area is summed up from. Its version is that of the summaries in hand: newer ones may have been saved meanwhile. */
function partsOf(own: Summary[], places: Places): { demands: Demand[]; version: SnapshotVersion } {
  const tally = own.reduce((sum, each) => sum + each.tally, 0)
  return { demands: own.map(({ demand }) => demand), version: { tally, place: places.version } }
}

const districtArea = ({ districtName }: Round) => ({ level: 'district' as const, code: '', name: districtName })

function sumSnapshot(area: string, version: SnapshotVersion, demand: Demand, summary: unknown): Snapshot {
  const texts = { summary: JSON.stringify(summary), detail: JSON.stringify(demand) }
  return { area, ...version, ...texts, covariance: [] }
}

/** Sums of the subdistricts that have changed, and of the district, with how sure their order of services is. */
async function saveHigher(
  db: Db,
  round: Round,
  places: Places,
  saved: Map<string, SnapshotVersion>,
  { placed, priors }: Spread,
) {
  const shared = await covariances(
    db,
    round,
    placed.map(({ demand }) => demand.area.code),
  )
  const snapshotOf = (area: Demand['area'], key: string, own: Summary[]): Snapshot[] => {
    const { demands, version } = partsOf(own, places)
    const before = saved.get(key)
    if (key !== DISTRICT && before?.tally === version.tally && before.place === version.place) return []
    const spreads = demands.map((demand) => ({ demand, covariance: shared.get(demand.area.code) ?? [] }))
    const demand = withChances(higherDemand(area, demands), spreads, higherSeed(round, version.tally))
    const summary = key === DISTRICT ? { demand, priors } : demand
    return [sumSnapshot(key, version, demand, summary)]
  }
  const subdistricts = places.subdistricts.flatMap(({ code, name }) => {
    const own = placed.filter(({ subdistrict }) => subdistrict === code)
    return snapshotOf({ level: 'subdistrict', code, name }, subdistrictKey(code), own)
  })
  const district = snapshotOf(districtArea(round), DISTRICT, placed)
  await saveSnapshots(db, round, [...subdistricts, ...district])
}

/** The seed of a higher area's draws: areas of the same communities are drawn alike. */
export function higherSeed({ survey, version }: SurveyVersion, tally: number): string {
  return seedOf(survey, version, '', tally)
}

async function refreshTogether(db: Db, round: Round, places: Places): Promise<void> {
  const facts = await factsOf(db, round, round.plan, places)
  const { communities, subdistricts, district } = computeTogether(facts, places, round.districtName, FULL)
  const tally = communities.reduce((sum, each) => sum + each.tally, 0)
  const version = { tally, place: places.version }
  await saveSnapshots(db, round, [
    ...snapshotsOf(communities, places),
    ...subdistricts.map((demand) => sumSnapshot(subdistrictKey(demand.area.code), version, demand, summaryOf(demand))),
    sumSnapshot(DISTRICT, version, district, { demand: summaryOf(district), priors: {} }),
  ])
}
