import type { Kysely } from 'kysely'
import type { Demand } from '../../shared/demand/api.ts'
import { noChance } from '../../shared/demand/chances.ts'
import { type Maxima, maximaOf, priorities } from '../../shared/demand/priority.ts'
import type { District } from '../../shared/places/api.ts'
import type { Tables } from '../db/tables.ts'
import { holds, type Reach } from '../people/reach.ts'
import { refuse } from '../refusals.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { latestSurvey } from '../surveys/queries.ts'
import { answeredVersion } from '../surveys/round-queries.ts'
import { roundTallyVersions } from '../surveys/tally-queries.ts'
import { computeEach, computeTogether, factsOf } from './compute.ts'
import { withNearby } from './nearby.ts'
import { type Places, placesOf } from './places.ts'
import { DISTRICT, detail, snapshotVersions, subdistrictKey } from './queries.ts'
import type { Refresher } from './refresh.ts'
import { type Round, staleAmong, withExcluded } from './round.ts'
import { type Said, said } from './sums.ts'
import { type TableState, tableOf } from './table.ts'
import { voicesIn, voicesText } from './voices.ts'

export interface Asked {
  survey?: string
  version?: number
  ratedWithin?: 'area' | 'district'
  review?: 'kept' | 'all'
}

/** Demand of a whole community, parts included; its draws may come a second later. */
const PARTS = { parts: true, chances: false }

/**
 * The survey version that is asked about; by default the newest that has answers, of the survey published last.
 * @throws {Refusal} noSurveyYet, unknownSurvey, unknownVersion
 */
export async function roundOf(db: Kysely<Tables>, district: District, asked: Asked): Promise<Round> {
  const code = asked.survey ?? (await latestSurvey(db, district.id))?.code
  if (code === undefined) throw refuse.noSurveyYet()
  const wanted = asked.version ?? (await answeredVersion(db, district.id, code))
  const { version, survey, carried } = await publishedSurvey(db, district.id, code, wanted)
  const round = {
    districtId: district.id,
    survey: code,
    version,
    carried,
    plan: survey.plan,
    districtName: district.name,
  }
  return asked.review === 'all' ? await withExcluded(db, round) : round
}

/** The table of a district as JSON in UTF-8, as far as the reader may look: sums only of areas that are within reach as a whole. */
export async function tableJson(db: Kysely<Tables>, district: District, asked: Asked, reach: Reach): Promise<Buffer> {
  const round = await roundOf(db, district, asked)
  const seen = seenIn(await tableOf(db, round), reach)
  const write = asked.ratedWithin === 'district' ? ratedIn(seen, reach) : ({ json }: Said) => json
  const excluded = seen.communities.reduce((sum, { demand }) => sum + (demand.excluded ?? 0), 0)
  const list = (rows: Buffer[]) => rows.flatMap((row, at) => (at === 0 ? [row] : [COMMA, row]))
  const voices = await voicesIn(db, district.id)
  const voiced = (row: Said) => {
    const text = voicesText(voices(row.demand.area.code))
    return text === '}' ? write(row) : Buffer.concat([write(row).subarray(0, -1), Buffer.from(text)])
  }
  const parts = [
    Buffer.from(`{"survey":${JSON.stringify(round.survey)},"version":${round.version},`),
    Buffer.from(`"review":"${asked.review ?? 'kept'}","excluded":${excluded},"district":`),
    seen.district ? write(seen.district) : Buffer.from('null'),
    Buffer.from(',"subdistricts":['),
    ...list(seen.subdistricts.map(write)),
    Buffer.from('],"communities":['),
    ...list(seen.communities.map(voiced)),
    Buffer.from(']}'),
  ]
  return Buffer.concat(parts)
}

const COMMA = Buffer.from(',')

/** What weighting costs the answers of each community within reach; null where they are not weighted. */
export async function designEffects(
  db: Kysely<Tables>,
  district: District,
  asked: Asked,
  reach: Reach,
): Promise<{ community: string; deff: number | null }[]> {
  const { communities } = seenIn(await tableOf(db, await roundOf(db, district, asked)), reach)
  return communities.map(({ demand: { area, weighting } }) => {
    return { community: area.code, deff: weighting.weighted ? weighting.deff : null }
  })
}

/** The rows within reach, in the order of their codes. */
interface Seen {
  district?: Said
  subdistricts: Said[]
  communities: Said[]
}

function seenIn(state: TableState, reach: Reach): Seen {
  const inOrder = (rows: Map<string, Said>, held: (code: string) => boolean) => {
    const sorted = [...rows].filter(([code]) => held(code)).sort(([a], [b]) => (a < b ? -1 : 1))
    return sorted.map(([, row]) => row)
  }
  return {
    district: reach.whole ? state.district : undefined,
    subdistricts: inOrder(state.subdistricts, (code) => reach.whole || reach.subdistricts.has(code)),
    communities: inOrder(state.communities, (code) => holds(reach, code)),
  }
}

/** Writes a row with ratings that can be compared between the areas: against the largest shares of all communities within reach. */
function ratedIn(seen: Seen, reach: Reach): (row: Said) => Buffer {
  const maxima = maximaOf(seen.communities.map(({ demand }) => demand.services))
  return ({ demand }) => said(rerated(demand, maxima, reach)).json
}

/** One area compared with all communities within reach. */
async function comparedText(db: Kysely<Tables>, round: Round, json: string, reach: Reach): Promise<string> {
  const { communities } = seenIn(await tableOf(db, round), reach)
  const maxima = maximaOf(communities.map(({ demand }) => demand.services))
  return JSON.stringify(rerated(JSON.parse(json), maxima, reach))
}

/** Chances and tiers belong to the area's own ratings, so they go. */
function rerated(demand: Demand, maxima: Maxima, reach: Reach): Demand {
  const ratings = priorities(demand.services, maxima)
  const services = demand.services.map((service, at) => ({ ...service, ...ratings[at]!, ...noChance }))
  return { ...demand, ratedWithin: reach.whole ? 'district' : 'reach', services }
}

/**
 * The demand of one community as JSON text, with the names of the facilities within its reach.
 * @throws {Refusal} unknownCommunity, and those of roundOf
 */
export async function communityText(
  db: Kysely<Tables>,
  district: District,
  code: string,
  asked: Asked,
  reach: Reach,
): Promise<string> {
  const round = await roundOf(db, district, asked)
  const places = await placesOf(db, district.id)
  if (!places.communities.some((each) => each.code === code)) throw refuse.unknownCommunity()
  const json = await communityJson(db, round, places, code)
  const text = asked.ratedWithin === 'district' ? await comparedText(db, round, json, reach) : json
  const voices = await voicesIn(db, district.id)
  return `${withNearby(places, code, text).slice(0, -1)}${voicesText(voices(code))}`
}

async function communityJson(db: Kysely<Tables>, round: Round, places: Places, code: string): Promise<string> {
  const tallies = await roundTallyVersions(db, round)
  const saved = await detail(db, round, code)
  const together = round.plan.weighting.scope === 'district'
  // Where weights hang together, a snapshot is only as fresh as the tallies of all communities.
  const fresh = saved && saved.place === places.version && saved.tally === (tallies.get(code) ?? 0)
  if (fresh && !together) return saved.json
  const pause = async () => undefined
  if (!together) {
    const [made] = await computeEach(await factsOf(db, round, round.plan, places, [code]), PARTS, pause)
    return JSON.stringify(made!.demand)
  }
  if (fresh && staleAmong(places, tallies, await snapshotVersions(db, round)).length === 0) return saved.json
  const facts = await factsOf(db, round, round.plan, places)
  const { communities } = computeTogether(facts, places, round.districtName, PARTS)
  return JSON.stringify(communities.find(({ demand }) => demand.area.code === code)!.demand)
}

/**
 * The demand of a subdistrict (or, without a code, of the district) with its parts, as JSON text. It is as fresh as the
 * snapshots of its communities; they are brought up to date first when there are none yet.
 * @throws {Refusal} notFound for an unknown subdistrict, and those of roundOf
 */
export async function higherText(
  db: Kysely<Tables>,
  refresher: Refresher,
  district: District,
  code: string | undefined,
  asked: Asked,
  reach: Reach,
): Promise<string> {
  const round = await roundOf(db, district, asked)
  const places = await placesOf(db, district.id)
  const subdistrict = places.subdistricts.find((each) => each.code === code)
  if (code !== undefined && !subdistrict) throw refuse.notFound()
  const name = subdistrict?.name ?? district.name
  const area = { level: subdistrict ? ('subdistrict' as const) : ('district' as const), code: code ?? '', name }
  await refresher.refresh(round)
  const json = await higherJson(db, refresher, round, area, places.communities)
  if (asked.ratedWithin !== 'district') return json
  return await comparedText(db, round, json, reach)
}

async function higherJson(
  db: Kysely<Tables>,
  refresher: Refresher,
  round: Round,
  area: Demand['area'],
  all: { code: string; subdistrict: string }[],
): Promise<string> {
  if (round.plan.weighting.scope === 'district') {
    const saved = await detail(db, round, area.level === 'district' ? DISTRICT : subdistrictKey(area.code))
    if (saved) return saved.json
  }
  const communities = all.filter(({ subdistrict }) => area.level === 'district' || subdistrict === area.code)
  const { districtId, survey, version, excludedIn } = round
  const codes = communities.map((each) => each.code)
  return await refresher.sum({ of: { districtId, survey, version, excludedIn }, area, communities: codes })
}
