import { sql } from 'kysely'
import type { Channel } from '../../shared/surveys/api.ts'
import { type Carrier, carry, together } from '../../shared/surveys/carry.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import type { Mapping } from '../../shared/surveys/mapping.ts'
import type { Schedule } from '../../shared/surveys/status.ts'
import { type Review, type TallyRow, unpackCounts } from '../../shared/surveys/tally.ts'
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

/**
 * The newest version of a survey that counts an answer of anybody in the district, its own or one that counts on in it; undefined
 * where none does. A version that has no figures to show yet is passed over.
 */
export async function answeredVersion(db: Db, districtId: number, survey: string): Promise<number | undefined> {
  return (await answeredRounds(db, districtId, survey)).at(-1)?.version
}

/** Each round in which anybody has answered, oldest first, with its newest version that counts an answer. */
export async function answeredRounds(
  db: Db,
  districtId: number,
  survey: string,
): Promise<{ round: number; version: number }[]> {
  const own = await db
    .selectFrom('tally_versions')
    .select('version')
    .distinct()
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .execute()
  const answered = new Set(own.map(({ version }) => version))
  const rounds = new Map<number, { round: number; version: number }>()
  for (const { version, round, carried } of await roundsOf(db, districtId, survey)) {
    if (![version, ...carried].some((one) => answered.has(one))) continue
    rounds.set(round, { round, version })
  }
  return [...rounds.values()]
}

/** A version, its round, and the earlier versions whose answers count on in it, the newest first. */
export interface VersionInRound {
  survey: string
  version: number
  round: number
  carried: number[]
}

/** Every version of a survey, oldest first. */
export async function roundsOf(db: Db, districtId: number, survey: string): Promise<VersionInRound[]> {
  return chained(await versionsOf(db, districtId).where('survey_code', '=', survey).execute())
}

/** When each round of a survey began. */
export async function surveyRounds(
  db: Db,
  districtId: number,
  survey: string,
): Promise<{ round: number; since: Date }[]> {
  return await db
    .selectFrom('survey_versions')
    .select((one) => ['round' as const, one.fn.min('published_at').as('since')])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .groupBy('round')
    .orderBy('round')
    .execute()
}

/** The round of a version, or undefined. */
export async function roundOfVersion(
  db: Db,
  districtId: number,
  survey: string,
  version: number,
): Promise<number | undefined> {
  return (await roundsOf(db, districtId, survey)).find((one) => one.version === version)?.round
}

/** The versions of a round: the answers of a round are those to any of them. */
export async function versionsOfRound(db: Db, districtId: number, survey: string, round: number): Promise<number[]> {
  return (await roundsOf(db, districtId, survey)).filter((one) => one.round === round).map(({ version }) => version)
}

/**
 * The versions of the round that is asked for: by default of the newest in which anybody has answered, or undefined for those of
 * all rounds.
 */
export async function versionsWanted(
  db: Db,
  districtId: number,
  survey: string,
  round: string | undefined,
): Promise<number[] | undefined> {
  const newest = async () => (await answeredRounds(db, districtId, survey)).at(-1)?.round
  const wanted = round === undefined ? await newest() : Number(round)
  return round === 'all' || wanted === undefined ? undefined : await versionsOfRound(db, districtId, survey, wanted)
}

function chained(rows: { survey: string; version: number; round: number; countsOn: boolean }[]): VersionInRound[] {
  const made: VersionInRound[] = []
  for (const { countsOn, ...row } of rows) {
    const last = made.at(-1)
    const goesOn = countsOn && last?.survey === row.survey
    made.push({ ...row, carried: goesOn ? [last.version, ...last.carried] : [] })
  }
  return made
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

/** Every version of every survey of a district, oldest first. */
export async function allVersions(db: Db, districtId: number): Promise<VersionInRound[]> {
  return chained(await versionsOf(db, districtId).execute())
}

/** Those whose answers are still there. */
export async function countedVersions(db: Db, districtId: number): Promise<{ survey: string; version: number }[]> {
  return await versionsOf(db, districtId).where('erased_at', 'is', null).execute()
}

const versionsOf = (db: Db, districtId: number) =>
  db
    .selectFrom('survey_versions')
    .select(['survey_code as survey', 'version', 'round', 'counts_on as countsOn'])
    .where('district_id', '=', districtId)
    .orderBy('survey_code')
    .orderBy('version')

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

/** Whether an answer to a survey came with a slip from its community; `slip` and `community` are columns of the row that is asked about. */
export const cameWith = (districtId: number, survey: string, slip: string, community: string) =>
  sql<boolean>`EXISTS (SELECT 1 FROM responses WHERE district_id = ${districtId} AND survey_code = ${survey}
    AND slip = ${sql.ref(slip)} AND community_code = ${sql.ref(community)})`

/** Answers to these versions of a survey: those that review kept, or all. */
export interface AnswersOf {
  survey: string
  versions: number[]
  excluded: boolean
}

const answersOf = (db: Db, districtId: number, { survey, versions, excluded }: AnswersOf) =>
  db
    .selectFrom('responses')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', sql<number>`any(${versions})`)
    .where('withdrawn_at', 'is', null)
    .$if(!excluded, (query) => query.where('review', '=', 'kept'))

export interface StoredAnswers {
  id: string
  version: number
  community: string
  channel: Channel
  proxy: boolean
  review: Review
  submittedAt: Date
  answers: Record<string, unknown>
}

/** The next answers in the order of their ids, which say nothing about when they came. */
export async function answersAfter(
  db: Db,
  districtId: number,
  of: AnswersOf,
  { after, limit }: { after: string; limit: number },
): Promise<StoredAnswers[]> {
  const rows = await answersOf(db, districtId, of)
    .select(['id', 'version', 'community_code as community', 'channel', 'proxy', 'review', 'answers'])
    .select('submitted_at as submittedAt')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows as StoredAnswers[]
}

/** How many answers of each community are alike in what they say to two questions. */
export async function alikeAnswers(
  db: Db,
  districtId: number,
  of: AnswersOf,
  { first = '', second = '' }: { first?: string; second?: string },
): Promise<{ community: string; first: string | null; second: string | null; n: number }[]> {
  const rows = await answersOf(db, districtId, of)
    .select(['community_code as community', sql<string | null>`answers ->> ${first}`.as('first')])
    .select([sql<string | null>`answers ->> ${second}`.as('second'), sql<number>`count(*)::int`.as('n')])
    .groupBy(sql`1, 2, 3`)
    .execute()
  return rows as { community: string; first: string | null; second: string | null; n: number }[]
}
