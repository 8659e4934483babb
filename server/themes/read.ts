import { type RawBuilder, sql } from 'kysely'
import { maskPersonal } from '../../shared/masking/mask.ts'
import type { AnswerKey, AnswerState, Narrowing, OpenAnswer } from '../../shared/themes/api.ts'
import { answerStates } from '../../shared/themes/api.ts'
import type { Db } from '../db/database.ts'
import type { Reach } from '../people/reach.ts'
import { counting } from './queries.ts'

/** Which open answers: of a survey, within somebody's reach, narrowed. */
export interface Wanted {
  districtId: number
  survey: string
  reach: Reach
  /** Those of the round that is meant; undefined: all. */
  versions?: number[]
  narrowing?: Omit<Narrowing, 'round'>
}

/** Codes of the communities within reach; undefined where that is the whole district. */
export const communitiesIn = (reach: Reach): string[] | undefined => (reach.whole ? undefined : [...reach.communities])

/** The condition on an open answer `o`. */
export function isWanted({ districtId, survey, reach, versions, narrowing = {} }: Wanted): RawBuilder<boolean> {
  const { state, community, code, question } = narrowing
  const held = communitiesIn(reach)
  const parts = [sql`o.district_id = ${districtId} AND o.survey_code = ${survey}`]
  if (versions) parts.push(sql`o.version = any(${versions}::integer[])`)
  if (held) parts.push(sql`o.community_code = any(${held})`)
  if (state !== undefined) parts.push(sql`o.state = ${state}`)
  if (community !== undefined) parts.push(sql`o.community_code = ${community}`)
  if (question !== undefined) parts.push(sql`o.question = ${question}`)
  if (code !== undefined)
    parts.push(sql`EXISTS (SELECT 1 FROM open_answer_codes c WHERE c.district_id = ${districtId} AND c.code = ${code}
      AND c.response_id = o.response_id AND c.question = o.question AND c.state <> 'rejected')`)
  return sql<boolean>`${sql.join(parts, sql` AND `)}`
}

export const cursorOf = ({ response, question }: AnswerKey): string => `${response}.${question}`

/** What comes after the answer that a cursor names. */
export function isAfter(after: string | undefined): RawBuilder<boolean> {
  if (after === undefined) return sql<boolean>`true`
  return sql<boolean>`(o.response_id, o.question) > (${after.slice(0, 36)}::uuid, ${after.slice(37)})`
}

/** A search looks through so many answers at most before it hands over what it found. */
const MOST_SEARCHED = 5_000
const SEARCHED_AT_ONCE = 500

export interface Page {
  answers: OpenAnswer[]
  next?: string
}

/**
 * A page of open answers, masked. The search is in the masked text, so that nobody can find out who wrote by searching for
 * names or numbers; where little matches, a page may be short or empty and `next` leads on.
 */
export async function pageOf(
  db: Db,
  wanted: Wanted,
  { search, after, limit = 50 }: { search?: string; after?: string; limit?: number },
): Promise<Page> {
  const found: OpenAnswer[] = []
  const step = search === undefined ? limit + 1 : SEARCHED_AT_ONCE
  let from = after
  for (let searched = 0; searched < MOST_SEARCHED; searched += step) {
    const rows = await rowsAfter(db, wanted, from, step)
    for (const row of rows) {
      if (found.length === limit) return { answers: found, next: from }
      from = cursorOf(row)
      if (search === undefined || row.text.includes(search)) found.push(row)
    }
    if (rows.length < step) return { answers: found }
  }
  return { answers: found, next: from }
}

async function rowsAfter(db: Db, wanted: Wanted, after: string | undefined, most: number): Promise<OpenAnswer[]> {
  const { rows } = await sql<OpenAnswer>`
    SELECT o.response_id AS response, o.question, o.community_code AS community, o.state,
      coalesce(r.answers ->> o.question, '') AS text,
      coalesce((SELECT json_agg(json_build_object('code', c.code, 'state', c.state) ORDER BY c.code) FROM open_answer_codes c
        WHERE c.district_id = o.district_id AND c.response_id = o.response_id AND c.question = o.question), '[]') AS codes
    FROM open_answers o ${counting}
    WHERE ${isWanted(wanted)} AND ${isAfter(after)}
    ORDER BY o.response_id, o.question LIMIT ${most}`.execute(db)
  return rows.map((row) => ({ ...row, text: maskPersonal(row.text) }))
}

/** How many open answers are in each state. */
export async function statesOf(db: Db, wanted: Wanted): Promise<Record<AnswerState, number>> {
  const { rows } = await sql<{ state: AnswerState; n: number }>`
    SELECT o.state, count(*) AS n FROM open_answers o ${counting} WHERE ${isWanted(wanted)} GROUP BY o.state`.execute(
    db,
  )
  const known = new Map(rows.map(({ state, n }) => [state, n]))
  return Object.fromEntries(answerStates.map((state) => [state, known.get(state) ?? 0])) as Record<AnswerState, number>
}

/** People by community and confirmed code. */
export async function countsOf(db: Db, wanted: Wanted): Promise<{ community: string; code: string; people: number }[]> {
  const { rows } = await sql<{ community: string; code: string; people: number }>`
    SELECT o.community_code AS community, c.code, count(DISTINCT o.response_id) AS people
    FROM open_answer_codes c
    JOIN open_answers o ON o.district_id = c.district_id AND o.response_id = c.response_id AND o.question = c.question
    ${counting}
    WHERE c.district_id = ${wanted.districtId} AND c.state = 'confirmed' AND ${isWanted(wanted)}
    GROUP BY 1, 2 ORDER BY 1, 2`.execute(db)
  return rows
}

export async function wordsOf(
  db: Db,
  districtId: number,
  survey: string,
): Promise<{ word: string; answers: number }[]> {
  return await db
    .selectFrom('open_words')
    .select(['word', 'answers'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .orderBy('answers', 'desc')
    .orderBy('word')
    .execute()
}
