import { sql } from 'kysely'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import type { Mapping } from '../../shared/surveys/mapping.ts'
import type { Schedule } from '../../shared/surveys/status.ts'
import type { Db } from '../db/database.ts'

export interface SurveyHead extends Schedule {
  code: string
  title: string
  /** The current version. */
  version: number
}

const head = [
  'code',
  'title',
  'status',
  'opens_at as opensAt',
  'closes_at as closesAt',
  'current_version as version',
] as const

/** The survey with this code, or the one of the district that was published last. */
export async function latestSurvey(db: Db, districtId: number, code?: string): Promise<SurveyHead | undefined> {
  if (code !== undefined) {
    return await db
      .selectFrom('surveys')
      .select(head)
      .where('district_id', '=', districtId)
      .where('code', '=', code)
      .executeTakeFirst()
  }
  return await db
    .selectFrom('surveys')
    .innerJoin('survey_versions', (join) =>
      join
        .onRef('survey_versions.district_id', '=', 'surveys.district_id')
        .onRef('survey_versions.survey_code', '=', 'surveys.code'),
    )
    .select(head)
    .where('surveys.district_id', '=', districtId)
    .orderBy('survey_versions.published_at', 'desc')
    .orderBy('code')
    .executeTakeFirst()
}

/** All surveys of a district, the one published last first. */
export async function surveysOf(db: Db, districtId: number): Promise<(SurveyHead & { publishedAt: Date })[]> {
  return await db
    .selectFrom('surveys')
    .innerJoin('survey_versions', (join) =>
      join
        .onRef('survey_versions.district_id', '=', 'surveys.district_id')
        .onRef('survey_versions.survey_code', '=', 'surveys.code')
        .onRef('survey_versions.version', '=', 'surveys.current_version'),
    )
    .select([...head, 'published_at as publishedAt'])
    .where('surveys.district_id', '=', districtId)
    .orderBy('survey_versions.published_at', 'desc')
    .orderBy('code')
    .execute()
}

/** The definition of one version as it was published, or undefined. */
export async function definitionOf(
  db: Db,
  districtId: number,
  survey: string,
  version: number,
): Promise<SurveyDefinition | undefined> {
  const row = await db
    .selectFrom('survey_versions')
    .select('definition')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.definition as SurveyDefinition | undefined
}

/** Makes the survey, or gives it its next version; publications of the same survey wait for each other here. */
export async function nextVersion(
  db: Db,
  districtId: number,
  survey: { code: string; title: string; at: Date },
): Promise<number> {
  const { code, title, at } = survey
  const row = await db
    .insertInto('surveys')
    .values({ district_id: districtId, code, title, status: 'open', current_version: 1, created_at: at })
    .onConflict((known) =>
      known
        .columns(['district_id', 'code'])
        .doUpdateSet({ title, current_version: sql<number>`surveys.current_version + 1` }),
    )
    .returning('current_version')
    .executeTakeFirstOrThrow()
  return row.current_version
}

export interface Added {
  survey: string
  version: number
  definition: string
  retentionDays: number
  by: string
  round: number
  mapping: Mapping | null
  countsOn: boolean
  at: Date
}

export async function addVersion(db: Db, districtId: number, added: Added): Promise<void> {
  const { survey, version, definition, retentionDays: retention_days, at, by, round, mapping, countsOn } = added
  const follows = { round, mapping: mapping && JSON.stringify(mapping), counts_on: countsOn }
  const published = { published_at: at, published_by: by }
  await db
    .insertInto('survey_versions')
    .values({
      district_id: districtId,
      survey_code: survey,
      version,
      definition,
      retention_days,
      ...published,
      ...follows,
    })
    .execute()
}

export interface Link {
  code: string
  community: string
}

/** The poster codes of a survey, by community. */
export async function linksOf(db: Db, districtId: number, survey: string): Promise<Link[]> {
  return await db
    .selectFrom('survey_links')
    .select(['code', 'community_code as community'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .orderBy('community_code')
    .execute()
}

export async function linkByCode(
  db: Db,
  districtId: number,
  code: string,
): Promise<{ survey: string; community: string } | undefined> {
  return await db
    .selectFrom('survey_links')
    .select(['survey_code as survey', 'community_code as community'])
    .where('district_id', '=', districtId)
    .where('code', '=', code)
    .executeTakeFirst()
}

/** Adds links; a code that is taken, or a community that has one already, is passed over. */
export async function addLinks(db: Db, districtId: number, survey: string, links: Link[]): Promise<void> {
  if (links.length === 0) return
  const rows = links.map(({ code, community }) => {
    return { district_id: districtId, code, survey_code: survey, community_code: community }
  })
  await db
    .insertInto('survey_links')
    .values(rows)
    .onConflict((taken) => taken.doNothing())
    .execute()
}
