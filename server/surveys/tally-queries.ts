import { sql } from 'kysely'
import type { Channel } from '../../shared/surveys/api.ts'
import { type Carrier, carry, together } from '../../shared/surveys/carry.ts'
import { type Review, type TallyRow, unpackCounts } from '../../shared/surveys/tally.ts'
import type { Db } from '../db/database.ts'

/** The tallies of a survey version, of all communities or of some; of their counts at least the `first` positions, or all. */
export async function tallyRows(
  db: Db,
  districtId: number,
  survey: string,
  version: number,
  communities?: string[],
  first?: number,
): Promise<TallyRow[]> {
  // An item of packed counts is at most ten digits, and stands for one position or more.
  const counts = first === undefined ? sql<string>`counts` : sql<string>`left(counts, ${11 * first}::int)`
  const rows = await db
    .selectFrom('tallies')
    .select(['community_code as community', 'cell', 'channel', 'proxy', 'review', 'n'])
    .select(counts.as('counts'))
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .$if(communities !== undefined, (query) => query.where('community_code', '=', sql<string>`any(${communities})`))
    .execute()
  return rows.map((row) => Object.assign(row as object, { counts: unpackCounts(row.counts, first) }) as TallyRow)
}

/** The communities in which a person excluded answers to these versions of a survey. */
export async function communitiesWithExcluded(
  db: Db,
  districtId: number,
  survey: string,
  versions: number[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('tallies')
    .select('community_code')
    .distinct()
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', 'in', versions)
    .where('review', '=', sql.lit('excluded'))
    .orderBy('community_code')
    .execute()
  return rows.map((row) => row.community_code)
}

/** How often the tallies of each community have changed, those of all these versions together. */
export async function tallyVersions(
  db: Db,
  districtId: number,
  survey: string,
  ...versions: number[]
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('tally_versions')
    .select(['community_code', 'tally_version'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', sql<number>`any(${versions}::integer[])`)
    .execute()
  const changes = new Map<string, number>()
  for (const { community_code: code, tally_version: times } of rows) changes.set(code, (changes.get(code) ?? 0) + times)
  return changes
}

/** A version of a survey with the earlier ones of its round whose answers count on in it. */
export interface Counting {
  districtId: number
  survey: string
  version: number
  carried: Carrier[]
}

/** Its tallies with those of the versions that count on in it; for `communities` and `first` see `tallyRows`. */
export async function roundTallies(
  db: Db,
  { districtId, survey, version, carried }: Counting,
  communities?: string[],
  first?: number,
): Promise<TallyRow[]> {
  const own = await tallyRows(db, districtId, survey, version, communities, first)
  const earlier: TallyRow[][] = []
  for (const carrier of carried) {
    const rows = await tallyRows(db, districtId, survey, carrier.version, communities, first)
    if (rows.length > 0) earlier.push(carry(carrier, rows))
  }
  return earlier.length > 0 ? together([own, ...earlier]) : own
}

/** How often they have changed, by community. */
export async function roundTallyVersions(
  db: Db,
  { districtId, survey, version, carried }: Omit<Counting, 'carried'> & { carried: { version: number }[] },
): Promise<Map<string, number>> {
  return await tallyVersions(db, districtId, survey, version, ...carried.map((one) => one.version))
}

/** How often the tallies of each community and version of a survey have changed. */
export async function tallyChanges(
  db: Db,
  districtId: number,
  survey: string,
): Promise<{ community: string; version: number; changes: number }[]> {
  return await db
    .selectFrom('tally_versions')
    .select(['community_code as community', 'version', 'tally_version as changes'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .execute()
}

/** Answers in a community and channel that review kept or excluded, with one digit of the number of their cells; -1 outside the cells. */
export interface CellSum {
  community: string
  channel: Channel
  review: Review
  digit: number
  n: number
}

/** Answers to a version summed over cells that share a digit, without a look at what they say. */
export async function cellSums(
  db: Db,
  districtId: number,
  { survey, version }: { survey: string; version: number },
  { stride, size }: { stride: number; size: number },
  communities: string[],
): Promise<CellSum[]> {
  const rows = await db
    .selectFrom('tallies')
    .select(['community_code as community', 'channel', 'review'])
    .select(sql<number>`case when cell < 0 then -1 else cell / ${stride}::int % ${size}::int end`.as('digit'))
    .select(sql<number>`sum(n)::int`.as('n'))
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .where('community_code', '=', sql<string>`any(${communities})`)
    .groupBy(['community_code', 'channel', 'review', sql`4`])
    .execute()
  return rows as CellSum[]
}

/** Answers to these versions by the day on which they came in, as far as there were any. */
export async function answersByDay(
  db: Db,
  districtId: number,
  survey: string,
  versions: number[],
  communities: string[],
): Promise<{ community: string; day: string; n: number }[]> {
  return await db
    .selectFrom('coverage_days')
    .select(['community_code as community', sql<string>`day::text`.as('day'), sql<number>`sum(n)::int`.as('n')])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', sql<number>`any(${versions})`)
    .where('community_code', '=', sql<string>`any(${communities})`)
    .groupBy(['community_code', 'day'])
    .orderBy('day')
    .execute()
}
