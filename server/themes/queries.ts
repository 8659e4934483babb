import { sql } from 'kysely'
import { maskPersonal } from '../../shared/masking/mask.ts'
import type { Dictionary, ThemeCode } from '../../shared/themes/api.ts'
import { shippedDictionary } from '../../shared/themes/dictionary.ts'
import { type Piece, quotedOf } from '../../shared/themes/quote.ts'
import type { Themes } from '../../shared/themes/said.ts'
import type { Db } from '../db/database.ts'

/** The dictionary in force; the shipped one where nobody has changed it. */
export async function dictionaryOf(db: Db, districtId: number): Promise<Dictionary> {
  const row = await db
    .selectFrom('code_dictionaries')
    .select(['revision', 'body'])
    .where('district_id', '=', districtId)
    .executeTakeFirst()
  return row ? { revision: row.revision, codes: row.body as ThemeCode[] } : shippedDictionary
}

/** Returns false when somebody else has saved a revision after `base`. */
export async function saveDictionary(
  db: Db,
  district_id: number,
  base: number,
  { revision, codes }: Dictionary,
  at: Date,
): Promise<boolean> {
  const body = JSON.stringify(codes)
  const saved = await db
    .insertInto('code_dictionaries')
    .values({ district_id, revision, body, changed_at: at })
    .onConflict((known) =>
      known
        .column('district_id')
        .doUpdateSet({ revision, body, changed_at: at })
        .where('code_dictionaries.revision', '=', base),
    )
    .executeTakeFirst()
  return (saved.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Gives every answer of one theme to another, in the state it has there, and its quotations with it. */
export async function mergeCode(db: Db, districtId: number, from: string, into: string): Promise<void> {
  await sql`INSERT INTO open_answer_codes (district_id, response_id, question, code, state, was, decision, decided_by, decided_at)
    SELECT district_id, response_id, question, ${into}, state, NULL, NULL, decided_by, decided_at
    FROM open_answer_codes WHERE district_id = ${districtId} AND code = ${from}
    ON CONFLICT (district_id, response_id, question, code) DO UPDATE
      SET state = excluded.state, decided_by = excluded.decided_by, decided_at = excluded.decided_at
      WHERE excluded.state = 'confirmed' AND open_answer_codes.state <> 'confirmed'`.execute(db)
  await db.deleteFrom('open_answer_codes').where('district_id', '=', districtId).where('code', '=', from).execute()
  await db
    .updateTable('quotations')
    .set({ code: into })
    .where('district_id', '=', districtId)
    .where('code', '=', from)
    .execute()
}

export interface ThemesOf {
  survey: string
  /** One, and those before whose answers count on in it. */
  versions: number[]
  community: string
}

/** Answers that are withdrawn, erased or excluded by review count nowhere. */
export const counting = sql`JOIN responses r ON r.district_id = o.district_id AND r.id = o.response_id
  AND r.withdrawn_at IS NULL AND r.review = 'kept'`

/** The confirmed themes of one community and what was chosen to be quoted, as of now. */
export async function themesOf(db: Db, districtId: number, of: ThemesOf): Promise<Themes> {
  const { survey, versions, community } = of
  const { revision, codes } = await dictionaryOf(db, districtId)
  const own = sql`o.district_id = ${districtId} AND o.survey_code = ${survey} AND o.version = any(${versions})
    AND o.community_code = ${community}`
  const all = await sql<{ wrote: number; coded: number }>`
    SELECT count(DISTINCT o.response_id) AS wrote,
      count(DISTINCT o.response_id) FILTER (WHERE EXISTS (SELECT 1 FROM open_answer_codes c WHERE c.district_id = ${districtId}
        AND c.response_id = o.response_id AND c.question = o.question AND c.state = 'confirmed')) AS coded
    FROM open_answers o ${counting} WHERE ${own}`.execute(db)
  const counts = await sql<{ code: string; people: number }>`
    SELECT c.code, count(DISTINCT o.response_id) AS people FROM open_answers o ${counting}
    JOIN open_answer_codes c ON c.district_id = o.district_id AND c.response_id = o.response_id AND c.question = o.question
      AND c.state = 'confirmed'
    WHERE ${own} GROUP BY c.code`.execute(db)
  const quotations = await quotationsOf(db, districtId, survey, [community], versions)
  const people = new Map(counts.rows.map((row) => [row.code, row.people]))
  return {
    revision,
    ...all.rows[0]!,
    themes: codes
      .map(({ code, name }) => ({ code, name, people: people.get(code) ?? 0 }))
      .filter((theme) => theme.people > 0)
      .sort((a, b) => b.people - a.people || (a.code < b.code ? -1 : 1)),
    quotations: quotations.map(({ community: _, ...quotation }) => quotation),
  }
}

export interface Quoted {
  id: string
  code: string
  community: string
  text: string
  public: boolean
}

/**
 * What is quoted, read anew from the answers: whatever was withdrawn, excluded or taken from its theme is not among it.
 * @param communities undefined: those of the whole district
 */
export async function quotationsOf(
  db: Db,
  districtId: number,
  survey: string,
  communities: string[] | undefined,
  versions?: number[],
): Promise<Quoted[]> {
  const where = communities ? sql`AND o.community_code = any(${communities})` : sql``
  const ofVersion = versions === undefined ? sql`` : sql`AND o.version = any(${versions})`
  const { rows } = await sql<Omit<Quoted, 'text'> & { said: string | null; pieces: Piece[]; length: number }>`
    SELECT q.id, q.code, o.community_code AS community, q.is_public AS public, q.pieces, q.masked_length AS length,
      r.answers ->> q.question AS said
    FROM quotations q
    JOIN open_answers o ON o.district_id = q.district_id AND o.response_id = q.response_id AND o.question = q.question
    ${counting}
    JOIN open_answer_codes c ON c.district_id = q.district_id AND c.response_id = q.response_id AND c.question = q.question
      AND c.code = q.code AND c.state = 'confirmed'
    WHERE q.district_id = ${districtId} AND q.survey_code = ${survey} ${where} ${ofVersion}
    ORDER BY q.code, q.chosen_at, q.id`.execute(db)
  return rows.flatMap(({ said, pieces, length, ...quotation }) => {
    const masked = maskPersonal(said ?? '')
    // Rules that mask more than on the day it was chosen move the pieces: a person has to choose again.
    return masked.length === length ? [{ ...quotation, text: quotedOf(masked, pieces) }] : []
  })
}
