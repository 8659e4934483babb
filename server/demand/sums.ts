import type { Demand } from '../../shared/demand/api.ts'
import { higherDemand } from '../../shared/demand/higher.ts'
import type { Db } from '../db/database.ts'
import type { Places } from './places.ts'
import { DISTRICT, type SnapshotVersion, subdistrictKey, summaries } from './queries.ts'
import type { Round } from './round.ts'

/** What an area says, as an object and as the bytes that go out: writing a whole table anew takes longer than working it out. */
export interface Said {
  demand: Demand
  json: Buffer
}

export function said(demand: Demand, json = JSON.stringify(demand)): Said {
  return { demand, json: Buffer.from(json) }
}

/** A higher area in memory; until it is `drawn` it says nothing of how sure the order of its services is. */
export interface Sum extends Said {
  drawn: boolean
}

export function sumOf(demand: Demand, drawn = false): Sum {
  return { ...said(demand), drawn }
}

/** The communities of a table, and what they add up to. */
export interface Sums {
  communities: Map<string, { demand: Demand; tally: number }>
  subdistricts: Map<string, Sum>
  district?: Sum
}

/** Sums of the subdistricts with a changed community, and of the district. */
export function sumUp(round: Round, places: Places, state: Sums, changed: Set<string>): void {
  const complete = state.district && state.subdistricts.size === places.subdistricts.length
  if (complete && changed.size === 0) return
  const demandsOf = (is: (community: Places['communities'][number]) => boolean) => {
    return places.communities.filter(is).flatMap(({ code }) => state.communities.get(code)?.demand ?? [])
  }
  const touched = new Set(places.communities.filter(({ code }) => changed.has(code)).map((each) => each.subdistrict))
  for (const { code, name } of places.subdistricts) {
    if (complete && !touched.has(code)) continue
    const parts = demandsOf(({ subdistrict }) => subdistrict === code)
    state.subdistricts.set(code, sumOf(higherDemand({ level: 'subdistrict', code, name }, parts)))
  }
  const area = { level: 'district' as const, code: '', name: round.districtName }
  const all = demandsOf(() => true)
  state.district = sumOf(higherDemand(area, all))
}

/** Takes over the sums that the thread has drawn from the same tallies as those in memory. */
export async function loadDrawn(
  db: Db,
  round: Round,
  places: Places,
  state: Sums,
  saved: Map<string, SnapshotVersion>,
): Promise<void> {
  const isReady = (key: string, row: Sum | undefined, is: (subdistrict: string) => boolean) => {
    const ready = saved.get(key)
    if (row?.drawn || ready?.place !== places.version) return false
    const own = places.communities.filter(({ subdistrict }) => is(subdistrict))
    return ready.tally === own.reduce((sum, { code }) => sum + (state.communities.get(code)?.tally ?? 0), 0)
  }
  const keys = places.subdistricts.flatMap(({ code }) => {
    const key = subdistrictKey(code)
    return isReady(key, state.subdistricts.get(code), (subdistrict) => subdistrict === code) ? [key] : []
  })
  if (isReady(DISTRICT, state.district, () => true)) keys.push(DISTRICT)
  for (const { area, json } of await summaries(db, round, keys)) keepSum(state, area, json)
}

export function keepSum(state: Sums, area: string, json: string): void {
  const summary = JSON.parse(json)
  if (area === DISTRICT) state.district = sumOf(summary.demand, true)
  else state.subdistricts.set(summary.area.code, { ...said(summary, json), drawn: true })
}
