import type { Db } from '../db/database.ts'

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
  return await answeredAmong(db, districtId, survey, await roundsOf(db, districtId, survey))
}

async function answeredAmong(
  db: Db,
  districtId: number,
  survey: string,
  versions: VersionInRound[],
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
  for (const { version, round, carried } of versions) {
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
  if (round === 'all') return undefined
  const rounds = await roundsOf(db, districtId, survey)
  const wanted =
    round === undefined ? (await answeredAmong(db, districtId, survey, rounds)).at(-1)?.round : Number(round)
  if (wanted === undefined) return undefined
  return rounds.filter((one) => one.round === wanted).map(({ version }) => version)
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
