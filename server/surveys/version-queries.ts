import { sql } from 'kysely'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import type { Mapping } from '../../shared/surveys/mapping.ts'
import type { Db } from '../db/database.ts'

/** A version of a survey as it is stored. */
export interface StoredVersion {
  version: number
  round: number
  /** From the version before; null where there is none, or none was settled. */
  mapping: Mapping | null
  /** Whether answers to the version before count on in this one. */
  countsOn: boolean
  definition: SurveyDefinition
}

const versionsOf = (db: Db, districtId: number, survey: string) =>
  db.selectFrom('survey_versions').where('district_id', '=', districtId).where('survey_code', '=', survey)

export async function storedVersion(
  db: Db,
  districtId: number,
  survey: string,
  version: number,
): Promise<StoredVersion | undefined> {
  const row = await versionsOf(db, districtId, survey)
    .select(['version', 'round', 'mapping', 'counts_on as countsOn', 'definition'])
    .where('version', '=', version)
    .executeTakeFirst()
  return row as StoredVersion | undefined
}

/** When a version was published, and by whom, where that was written down. */
export async function publicationOf(db: Db, districtId: number, survey: string, version: number) {
  return await versionsOf(db, districtId, survey)
    .select(['published_at as at', 'published_by as by'])
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
}

/** A version with what happened at its publication, and how many answers it got itself. */
export interface ListedVersion {
  version: number
  round: number
  countsOn: boolean
  publishedAt: Date
  /** Id of a person, `key` or `local`; null for versions from before that was written down. */
  publishedBy: string | null
  n: number
}

/** Every version of a survey, oldest first, with the answers of some communities or of all. */
export async function listedVersions(
  db: Db,
  districtId: number,
  survey: string,
  communities: string[] | undefined,
): Promise<ListedVersion[]> {
  const rows = await versionsOf(db, districtId, survey)
    .select(['version', 'round', 'counts_on as countsOn', 'published_at as publishedAt', 'published_by as publishedBy'])
    .orderBy('version')
    .execute()
  const answers = await db
    .selectFrom('tallies')
    .select('version')
    .select((one) => one.fn.sum<string>('n').as('n'))
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .$if(communities !== undefined, (query) => query.where('community_code', '=', sql<string>`any(${communities})`))
    .groupBy('version')
    .execute()
  const counted = new Map(answers.map(({ version, n }) => [version, Number(n)]))
  return rows.map((row) => ({ ...row, n: counted.get(row.version) ?? 0 }))
}
