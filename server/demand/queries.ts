import { type RawBuilder, sql } from 'kysely'
import type { Demand } from '../../shared/demand/api.ts'
import type { Spread } from '../../shared/demand/higher.ts'
import type { Priors } from '../../shared/demand/shrink.ts'
import type { Db } from '../db/database.ts'

/** Which state of tallies and places a snapshot rests on. */
export interface SnapshotVersion {
  tally: number
  place: number
}

/** What a community's snapshot holds. The summary is the demand without its parts and without facilities one by one. */
export interface Snapshot extends SnapshotVersion {
  /** Community code; '' for the district, '/' and a code for a subdistrict. */
  area: string
  summary: string
  detail: string
  /** Of the community's unmet and importance shares, for the chances of higher areas. */
  covariance: number[][]
}

/** The row of the whole district: its demand over all communities, and how its communities' shares are spread. */
export interface DistrictSummary {
  demand: Demand
  priors: Priors
}

export const DISTRICT = ''

export function subdistrictKey(code: string): string {
  return `/${code}`
}

/** One version of a survey of a district. */
export interface SurveyVersion {
  districtId: number
  survey: string
  version: number
  /** Where excluded answers are to be counted in: the communities that have any. Only those, and what they add up to, differ. */
  excludedIn?: string[]
}

/** Which reading of an area is meant, as SQL: an area without excluded answers has one only. */
function readingOf(area: RawBuilder<unknown>, { excludedIn }: SurveyVersion): RawBuilder<'kept' | 'all'> {
  if (!excludedIn) return sql`'kept'`
  return sql`CASE WHEN ${area} = '' OR ${area} LIKE '/%' OR ${area} = ANY (${excludedIn}::text[]) THEN 'all' ELSE 'kept' END`
}

function snapshots(db: Db, of: SurveyVersion) {
  const { districtId, survey, version } = of
  return db
    .selectFrom('demand_snapshots')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .where('review', '=', readingOf(sql.ref('community_code'), of))
}

/** The versions that the snapshots of a survey rest on, by area; those without a covariance are to be made anew. */
export async function snapshotVersions(db: Db, of: SurveyVersion): Promise<Map<string, SnapshotVersion>> {
  const rows = await snapshots(db, of)
    .select(['community_code', 'tally_version', 'place_version'])
    .where('covariance', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.community_code, { tally: row.tally_version, place: row.place_version }]))
}

/** The summaries of some areas as JSON text. */
export async function summaries(
  db: Db,
  of: SurveyVersion,
  areas: string[],
): Promise<(SnapshotVersion & { area: string; json: string })[]> {
  if (areas.length === 0) return []
  return await snapshots(db, of)
    .select(['community_code as area', 'tally_version as tally', 'place_version as place'])
    .select(sql<string>`summary::text`.as('json'))
    .where('community_code', '=', sql<string>`any(${areas})`)
    .execute()
}

/** The whole demand of an area as JSON text, with the versions that it rests on. */
export async function detail(
  db: Db,
  of: SurveyVersion,
  area: string,
): Promise<(SnapshotVersion & { json: string }) | undefined> {
  return await snapshots(db, of)
    .select(['tally_version as tally', 'place_version as place'])
    .select(sql<string>`detail::text`.as('json'))
    .where('community_code', '=', area)
    .executeTakeFirst()
}

/** The whole demand of those of these communities that have a snapshot. */
export async function communityDetails(
  db: Db,
  of: SurveyVersion,
  communities: string[],
): Promise<(Spread & { tally: number })[]> {
  const rows = await snapshots(db, of)
    .select(['detail', 'covariance', 'tally_version'])
    .where('community_code', '=', sql<string>`any(${communities})`)
    .orderBy('community_code')
    .execute()
  return rows.map((row) => ({
    demand: row.detail as Demand,
    covariance: row.covariance ?? [],
    tally: row.tally_version,
  }))
}

/** How the shares of these communities vary together, by community. */
export async function covariances(db: Db, of: SurveyVersion, communities: string[]): Promise<Map<string, number[][]>> {
  if (communities.length === 0) return new Map()
  const rows = await snapshots(db, of)
    .select(['community_code', 'covariance'])
    .where('community_code', '=', sql<string>`any(${communities})`)
    .execute()
  return new Map(rows.map((row) => [row.community_code, row.covariance ?? []]))
}

/** The whole district as it was last summed up; undefined before the first time. */
export async function districtSummary(db: Db, of: SurveyVersion): Promise<DistrictSummary | undefined> {
  const row = await snapshots(db, of).select('summary').where('community_code', '=', DISTRICT).executeTakeFirst()
  return row?.summary as DistrictSummary | undefined
}

/** Keeps snapshots in place of older ones; one that rests on newer tallies or places stays. */
export async function saveSnapshots(db: Db, of: SurveyVersion, made: Snapshot[]): Promise<void> {
  // Two processes that save the same areas must take the rows in the same order.
  const sorted = [...made].sort((a, b) => (a.area < b.area ? -1 : 1))
  if (sorted.length === 0) return
  await sql`
    insert into demand_snapshots (district_id, survey_code, version, community_code, tally_version, place_version, summary, detail, covariance, review)
    select ${of.districtId}::integer, ${of.survey}::text, ${of.version}::integer, area, tally, place, summary::json, detail::json, covariance::json,
      ${readingOf(sql.ref('area'), of)}
    from unnest(${sorted.map(({ area }) => area)}::text[], ${sorted.map(({ tally }) => tally)}::bigint[],
      ${sorted.map(({ place }) => place)}::bigint[], ${sorted.map(({ summary }) => summary)}::text[],
      ${sorted.map(({ detail: json }) => json)}::text[],
      ${sorted.map(({ covariance }) => JSON.stringify(covariance))}::text[]) as made (area, tally, place, summary, detail, covariance)
    on conflict (district_id, survey_code, version, review, community_code) do update
    set tally_version = excluded.tally_version, place_version = excluded.place_version,
      summary = excluded.summary, detail = excluded.detail, covariance = excluded.covariance
    where demand_snapshots.tally_version <= excluded.tally_version
      and demand_snapshots.place_version <= excluded.place_version`.execute(db)
}
