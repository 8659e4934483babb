import { type Kysely, sql } from 'kysely'
import type { AnswerKey } from '../../shared/themes/api.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { counting } from './queries.ts'
import { cursorOf, isAfter, isWanted, type Wanted } from './read.ts'
import { stateNow } from './renew-queries.ts'

export interface Decision {
  /** The page makes it, so that one decision may take several calls and be undone as one. */
  decision: string
  state: 'confirmed' | 'rejected'
  /** Without them: those that are suggested. */
  codes?: string[]
  answers?: AnswerKey[]
  after?: string
}

const AT_ONCE = 1_000

/** Confirms or rejects codes of some open answers, or of the next thousand that match. What is out of reach is not touched. */
export async function decide(
  db: Kysely<Tables>,
  wanted: Wanted,
  decision: Decision,
  look: Look,
  at: Date,
): Promise<{ answers: number; next?: string }> {
  return await db.transaction().execute(async (one) => {
    const keys = await held(one, wanted, decision)
    if (keys.length === 0) return { answers: 0 }
    await setCodes(one, wanted.districtId, keys, { ...decision, by: look.actor, at })
    const { decision: id, state, codes } = decision
    await audit(one, { ...look, after: { decision: id, state, codes: codes ?? 'suggested', answers: keys.length } }, at)
    const isMore = decision.answers === undefined && keys.length === AT_ONCE
    return { answers: keys.length, ...(isMore && { next: cursorOf(keys.at(-1)!) }) }
  })
}

/** The answers meant, which nobody else decides on until the transaction ends. */
async function held(db: Db, wanted: Wanted, { answers, after }: Decision): Promise<AnswerKey[]> {
  const these = answers ? sql`(o.response_id, o.question) IN (SELECT * FROM ${listed(answers)})` : isAfter(after)
  const { rows } = await sql<AnswerKey>`
    SELECT o.response_id AS response, o.question FROM open_answers o ${counting}
    WHERE ${isWanted(wanted)} AND ${these}
    ORDER BY o.response_id, o.question LIMIT ${AT_ONCE} FOR UPDATE OF o`.execute(db)
  return rows
}

const listed = (keys: AnswerKey[]) =>
  sql`json_to_recordset(${JSON.stringify(keys)}::json) AS k(response uuid, question text)`

async function setCodes(
  db: Db,
  districtId: number,
  keys: AnswerKey[],
  { decision, state, codes, by, at }: Decision & { by: string; at: Date },
): Promise<void> {
  if (codes)
    await sql`INSERT INTO open_answer_codes (district_id, response_id, question, code, state, decision, decided_by, decided_at)
      SELECT ${districtId}, k.response, k.question, code, ${state}, ${decision}, ${by}, ${at}
      FROM ${listed(keys)} CROSS JOIN unnest(${codes}::text[]) code
      ON CONFLICT (district_id, response_id, question, code) DO UPDATE SET was = open_answer_codes.state, state = excluded.state,
        decision = excluded.decision, decided_by = excluded.decided_by, decided_at = excluded.decided_at
        WHERE open_answer_codes.state <> excluded.state`.execute(db)
  else
    await sql`UPDATE open_answer_codes c SET was = c.state, state = ${state}, decision = ${decision}, decided_by = ${by}, decided_at = ${at}
      FROM ${listed(keys)} WHERE c.district_id = ${districtId} AND c.response_id = k.response AND c.question = k.question
        AND c.state = 'suggested'`.execute(db)
  const otherwise = state === 'rejected' ? sql`'set_aside'` : sql`'none'`
  await sql`UPDATE open_answers o SET decision = ${decision}, state = ${stateNow(districtId, otherwise)}
    FROM ${listed(keys)} WHERE o.district_id = ${districtId} AND o.response_id = k.response AND o.question = k.question`.execute(
    db,
  )
}

/** Puts back what a decision of one's own changed, a thousand answers at a time; `left` where there are more. */
export async function undo(
  db: Kysely<Tables>,
  wanted: Wanted,
  decision: string,
  look: Look,
  at: Date,
): Promise<{ answers: number; left: boolean }> {
  const { districtId } = wanted
  return await db.transaction().execute(async (one) => {
    const { rows: keys } = await sql<AnswerKey>`
      SELECT o.response_id AS response, o.question FROM open_answers o
      WHERE ${isWanted(wanted)} AND o.decision = ${decision} AND NOT EXISTS (SELECT 1 FROM open_answer_codes c
        WHERE c.district_id = ${districtId} AND c.decision = ${decision} AND c.decided_by <> ${look.actor})
      LIMIT ${AT_ONCE} FOR UPDATE OF o`.execute(one)
    if (keys.length === 0) return { answers: 0, left: false }
    const ofIt = sql`c.district_id = ${districtId} AND c.response_id = k.response AND c.question = k.question
      AND c.decision = ${decision}`
    await sql`DELETE FROM open_answer_codes c USING ${listed(keys)} WHERE ${ofIt} AND c.was IS NULL`.execute(one)
    await sql`UPDATE open_answer_codes c SET state = c.was, was = NULL, decision = NULL FROM ${listed(keys)}
      WHERE ${ofIt}`.execute(one)
    await sql`UPDATE open_answers o SET decision = NULL, state = ${stateNow(districtId, sql`'none'`)} FROM ${listed(keys)}
      WHERE o.district_id = ${districtId} AND o.response_id = k.response AND o.question = k.question`.execute(one)
    await audit(one, { ...look, after: { decision, answers: keys.length } }, at)
    return { answers: keys.length, left: keys.length === AT_ONCE }
  })
}
