import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { counting } from './queries.ts'

export interface SurveyOf {
  districtId: number
  survey: string
}

export interface Mark {
  readTo: Date
  counted: number
}

/** How far the answers of a survey have been read; undefined when never. */
export async function markOf(db: Db, { districtId, survey }: SurveyOf): Promise<Mark | undefined> {
  return await db
    .selectFrom('open_answer_marks')
    .select(['read_to as readTo', 'counted'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .executeTakeFirst()
}

export async function setMark(db: Db, { districtId, survey }: SurveyOf, mark: Mark): Promise<void> {
  const set = { read_to: mark.readTo, counted: mark.counted }
  await db
    .insertInto('open_answer_marks')
    .values({ district_id: districtId, survey_code: survey, ...set })
    .onConflict((known) => known.columns(['district_id', 'survey_code']).doUpdateSet(set))
    .execute()
}

/** Whether suggestions are older than this revision of the dictionary. */
export async function hasOld(db: Db, { districtId, survey }: SurveyOf, revision: number): Promise<boolean> {
  const row = await db
    .selectFrom('open_answers')
    .select('response_id')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('suggested_with', '<', revision)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** An answer is timed when it comes and committed a moment later: what was read shortly before is looked at again. */
const OVERLAP = '1 minute'

/** Notes where there are open texts among the answers to one version that came since `since`. Returns how many are new. */
export async function readNew(
  db: Db,
  { districtId, survey }: SurveyOf,
  version: number,
  questions: string[],
  since: Date | undefined,
): Promise<number> {
  const late = since ? sql`AND r.received_at >= ${since}::timestamptz - ${OVERLAP}::interval` : sql``
  const added = await sql`
    INSERT INTO open_answers (district_id, response_id, question, survey_code, version, community_code)
    SELECT r.district_id, r.id, said.key, r.survey_code, r.version, r.community_code
    FROM responses r CROSS JOIN LATERAL json_each_text(r.answers) said
    WHERE r.district_id = ${districtId} AND r.survey_code = ${survey} AND r.version = ${version} ${late}
      AND r.withdrawn_at IS NULL AND said.key = any(${questions}) AND btrim(said.value) <> ''
    ON CONFLICT DO NOTHING`.execute(db)
  return Number(added.numAffectedRows ?? 0)
}

export interface Unread {
  response: string
  question: string
  text: string
}

/** Open answers whose suggestions are older than this revision of the dictionary. */
export async function toSuggest(
  db: Db,
  { districtId, survey }: SurveyOf,
  revision: number,
  most: number,
): Promise<Unread[]> {
  const { rows } = await sql<Unread>`
    SELECT o.response_id AS response, o.question, coalesce(r.answers ->> o.question, '') AS text
    FROM open_answers o LEFT JOIN responses r ON r.district_id = o.district_id AND r.id = o.response_id
    WHERE o.district_id = ${districtId} AND o.survey_code = ${survey} AND o.suggested_with < ${revision}
    ORDER BY o.suggested_with, o.response_id, o.question LIMIT ${most}`.execute(db)
  return rows
}

export interface Suggested {
  response: string
  question: string
  codes: string[]
}

/** Puts new suggestions in the place of old ones; what a person decided stays. */
export async function saveSuggestions(
  db: Db,
  { districtId }: SurveyOf,
  revision: number,
  suggested: Suggested[],
): Promise<void> {
  const keys = JSON.stringify(suggested.map(({ response, question }) => ({ response, question })))
  const pairs = JSON.stringify(
    suggested.flatMap(({ response, question, codes }) => codes.map((code) => ({ response, question, code }))),
  )
  const these = sql`(SELECT * FROM json_to_recordset(${keys}::json) AS k(response uuid, question text)) k`
  await db.transaction().execute(async (one) => {
    // First the answers and then their codes, as whoever decides or withdraws: in another order they would wait for each other.
    await sql`SELECT FROM open_answers o JOIN ${these} ON o.response_id = k.response AND o.question = k.question
      WHERE o.district_id = ${districtId} ORDER BY o.response_id, o.question FOR UPDATE OF o`.execute(one)
    await sql`DELETE FROM open_answer_codes c USING ${these} WHERE c.district_id = ${districtId}
      AND c.response_id = k.response AND c.question = k.question AND c.state = 'suggested'`.execute(one)
    await sql`INSERT INTO open_answer_codes (district_id, response_id, question, code, state)
      SELECT ${districtId}, p.response, p.question, p.code, 'suggested'
      FROM json_to_recordset(${pairs}::json) AS p(response uuid, question text, code text)
      -- Whatever was withdrawn meanwhile has no place any more.
      JOIN open_answers o ON o.district_id = ${districtId} AND o.response_id = p.response AND o.question = p.question
      ON CONFLICT DO NOTHING`.execute(one)
    await sql`UPDATE open_answers o SET suggested_with = ${revision}, state = ${stateNow(districtId)}
      FROM ${these} WHERE o.district_id = ${districtId} AND o.response_id = k.response AND o.question = k.question`.execute(
      one,
    )
  })
}

const has = (districtId: number, state: string) => sql<boolean>`EXISTS (SELECT 1 FROM open_answer_codes c
  WHERE c.district_id = ${districtId} AND c.response_id = o.response_id AND c.question = o.question AND c.state = ${state})`

/** What the codes of an open answer `o` make of it. */
export const stateNow = (
  districtId: number,
  otherwise = sql`CASE WHEN o.state = 'set_aside' THEN 'set_aside' ELSE 'none' END`,
) =>
  sql<string>`CASE WHEN ${has(districtId, 'suggested')} THEN 'waiting' WHEN ${has(districtId, 'confirmed')} THEN 'confirmed'
    WHEN ${has(districtId, 'rejected')} THEN 'set_aside' ELSE ${otherwise} END`

/** Texts under no theme, for the words that the dictionary does not know yet. */
export async function withoutCode(db: Db, { districtId, survey }: SurveyOf, most: number): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    SELECT r.answers ->> o.question AS text FROM open_answers o ${counting}
    WHERE o.district_id = ${districtId} AND o.survey_code = ${survey} AND o.state = 'none' LIMIT ${most}`.execute(db)
  return rows.map(({ text }) => text)
}

export async function saveWords(
  db: Db,
  { districtId, survey }: SurveyOf,
  words: { word: string; answers: number }[],
): Promise<void> {
  await db.transaction().execute(async (one) => {
    await one.deleteFrom('open_words').where('district_id', '=', districtId).where('survey_code', '=', survey).execute()
    const rows = words.map((each) => ({ district_id: districtId, survey_code: survey, ...each }))
    if (rows.length > 0) await one.insertInto('open_words').values(rows).execute()
  })
}

/** Takes away what belongs to answers that are no longer there. Returns how many open answers that were. */
export async function dropOrphans(db: Db, districtId: number): Promise<number> {
  let dropped = 0
  for (const table of ['open_answers', 'open_answer_codes', 'quotations']) {
    const gone = await sql`DELETE FROM ${sql.table(table)} t WHERE t.district_id = ${districtId} AND NOT EXISTS (
      SELECT 1 FROM responses r WHERE r.district_id = ${districtId} AND r.id = t.response_id AND r.withdrawn_at IS NULL)`.execute(
      db,
    )
    if (table === 'open_answers') dropped = Number(gone.numAffectedRows ?? 0)
  }
  return dropped
}
