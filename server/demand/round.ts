import type { Demand } from '../../shared/demand/api.ts'
import { summaryOf } from '../../shared/demand/demand.ts'
import { higherDemand } from '../../shared/demand/higher.ts'
import { FEW_ANSWERS, type Placed, type Priors, priorsOf, withShrinkage } from '../../shared/demand/shrink.ts'
import type { TallyPlan } from '../../shared/surveys/signals.ts'
import type { Db } from '../db/database.ts'
import { tallyVersions } from '../surveys/queries.ts'
import { type Computed, computeEach, computeTogether, factsOf } from './compute.ts'
import { type Places, placesOf } from './places.ts'
import {
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
  districtName: string
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

/** Brings snapshots of a survey up to date, of so many communities as are worked out within about a second. Returns how many are still behind. */
export async function refreshSome(db: Db, round: Round): Promise<number> {
  const places = await placesOf(db, round.districtId)
  const tallies = await tallyVersions(db, round.districtId, round.survey, round.version)
  const stale = staleAmong(places, tallies, await snapshotVersions(db, round))
  if (stale.length === 0) return 0
  const together = round.plan.weighting.scope === 'district'
  if (together) await refreshTogether(db, round, places)
  else await refreshEach(db, round, places, stale.slice(0, BATCH))
  return together ? 0 : Math.max(0, stale.length - BATCH)
}

const pause = () => new Promise<void>((done) => setImmediate(done))

async function refreshEach(db: Db, round: Round, places: Places, stale: string[]): Promise<void> {
  const facts = await factsOf(db, round, round.plan, places, stale)
  const computed = await computeEach(facts, FULL, pause)
  await saveSnapshots(db, round, snapshotsOf(computed, places))
  const few = computed.filter(({ demand }) => demand.inside < FEW_ANSWERS)
  const placed = await placedSummaries(db, round, places)
  const priors = await priorsFor(db, round, placed, stale.length)
  await saveShrunk(db, round, places, { placed, priors, few })
  await saveDistrict(db, round, places, { placed, priors })
}

function snapshotsOf(computed: Computed[], places: Places): Snapshot[] {
  return computed.map(({ demand, tally }) => ({
    area: demand.area.code,
    tally,
    place: places.version,
    summary: JSON.stringify(summaryOf(demand)),
    detail: JSON.stringify(demand),
  }))
}

async function placedSummaries(db: Db, round: Round, places: Places): Promise<(Placed & { demand: Demand })[]> {
  const subdistrictOf = new Map(places.communities.map(({ code, subdistrict }) => [code, subdistrict]))
  const rows = await summaries(db, round, [...subdistrictOf.keys()])
  return rows.map(({ area, json }) => ({ subdistrict: subdistrictOf.get(area) ?? '', demand: JSON.parse(json) }))
}

async function priorsFor(db: Db, round: Round, placed: Placed[], changed: number): Promise<Priors> {
  const before = (await districtSummary(db, round))?.priors
  return before && changed < placed.length * SPREAD_SHARE ? before : priorsOf(placed)
}

interface Spread {
  placed: (Placed & { demand: Demand })[]
  priors: Priors
}

/** Communities with few answers get their shares drawn towards their neighbours', once those are known. */
async function saveShrunk(db: Db, round: Round, places: Places, { placed, priors, few }: Spread & { few: Computed[] }) {
  const codes = new Set(few.map(({ demand }) => demand.area.code))
  withShrinkage(placed, priors, codes)
  for (const { demand } of few) {
    const summary = placed.find((each) => each.demand.area.code === demand.area.code)?.demand
    for (const [at, service] of demand.services.entries()) service.shrunk = summary?.services[at]?.shrunk ?? null
  }
  await saveSnapshots(db, round, snapshotsOf(few, places))
}

async function saveDistrict(db: Db, round: Round, places: Places, { placed, priors }: Spread) {
  const area = { level: 'district' as const, code: '', name: round.districtName }
  const demand = higherDemand(
    area,
    placed.map((each) => each.demand),
  )
  const versions = await snapshotVersions(db, round)
  const tally = [...versions].reduce((sum, [code, each]) => (isCommunity(code) ? sum + each.tally : sum), 0)
  const json = JSON.stringify(demand)
  const summary = JSON.stringify({ demand, priors })
  await saveSnapshots(db, round, [{ area: DISTRICT, tally, place: places.version, summary, detail: json }])
}

function isCommunity(area: string): boolean {
  return area !== DISTRICT && !area.startsWith('/')
}

async function refreshTogether(db: Db, round: Round, places: Places): Promise<void> {
  const facts = await factsOf(db, round, round.plan, places)
  const { communities, subdistricts, district } = computeTogether(facts, places, round.districtName, FULL)
  const tally = communities.reduce((sum, each) => sum + each.tally, 0)
  const higher = (area: string, demand: Demand, summary: unknown): Snapshot => {
    return { area, tally, place: places.version, summary: JSON.stringify(summary), detail: JSON.stringify(demand) }
  }
  await saveSnapshots(db, round, [
    ...snapshotsOf(communities, places),
    ...subdistricts.map((demand) => higher(subdistrictKey(demand.area.code), demand, summaryOf(demand))),
    higher(DISTRICT, district, { demand: summaryOf(district), priors: {} }),
  ])
}
