import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { maskPersonal } from '../../shared/masking/mask.ts'
import { piecesOf } from '../../shared/themes/quote.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import type { Reach } from '../people/reach.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { counting } from './queries.ts'
import { communitiesIn } from './read.ts'

export interface Chosen {
  response: string
  question: string
  code: string
  text: string
  public: boolean
}

export interface Place {
  districtId: number
  survey: string
  reach: Reach
}

/** So many stay readable in a brief. */
const MOST = 5

/**
 * Chooses words of an answer to be quoted under one of its confirmed themes; kept is where they stand, not what they say.
 * @throws {Refusal} unknownOpenAnswer, notConfirmed, quotationAdds, enoughQuotations
 */
export async function choose(db: Kysely<Tables>, place: Place, chosen: Chosen, look: Look, at: Date): Promise<string> {
  const { districtId, survey } = place
  const { response, question, code } = chosen
  return await db.transaction().execute(async (one) => {
    const answer = await answerOf(one, place, chosen)
    if (!answer) throw refuse.unknownOpenAnswer()
    if (!answer.confirmed) throw refuse.notConfirmed()
    const masked = maskPersonal(answer.text)
    const pieces = piecesOf(masked, chosen.text)
    if (!pieces) throw refuse.quotationAdds()
    const own = { district_id: districtId, survey_code: survey, community_code: answer.community }
    const { n } = await one
      .selectFrom('quotations')
      .select((is) => is.fn.countAll<number>().as('n'))
      .where('district_id', '=', districtId)
      .where('survey_code', '=', survey)
      .where('community_code', '=', answer.community)
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    if (n >= MOST) throw refuse.enoughQuotations(MOST)
    const id = randomUUID()
    const where = { pieces: JSON.stringify(pieces), masked_length: masked.length, is_public: chosen.public }
    const who = { chosen_by: look.actor, chosen_at: at }
    await one
      .insertInto('quotations')
      .values({ ...own, id, response_id: response, question, code, ...where, ...who })
      .execute()
    const after = { code, community: answer.community, response, public: chosen.public }
    await audit(one, { ...look, subject: `quotation:${id}`, after }, at)
    return id
  })
}

interface Answered {
  community: string
  text: string
  confirmed: boolean
}

async function answerOf(
  db: Db,
  { districtId, survey, reach }: Place,
  { response, question, code }: Chosen,
): Promise<Answered | undefined> {
  const communities = communitiesIn(reach)
  const within = communities ? sql`AND o.community_code = any(${communities})` : sql``
  const { rows } = await sql<Answered>`
    SELECT o.community_code AS community, r.answers ->> o.question AS text, EXISTS (SELECT 1 FROM open_answer_codes c
      WHERE c.district_id = ${districtId} AND c.response_id = o.response_id AND c.question = o.question
        AND c.code = ${code} AND c.state = 'confirmed') AS confirmed
    FROM open_answers o ${counting}
    WHERE o.district_id = ${districtId} AND o.survey_code = ${survey} AND o.response_id = ${response} AND o.question = ${question}
      ${within} FOR UPDATE OF o`.execute(db)
  return rows[0]
}

/** @throws {Refusal} unknownQuotation */
export async function drop(db: Kysely<Tables>, { districtId, survey, reach }: Place, id: string, look: Look, at: Date) {
  const communities = communitiesIn(reach)
  await db.transaction().execute(async (one) => {
    const gone = await one
      .deleteFrom('quotations')
      .where('district_id', '=', districtId)
      .where('survey_code', '=', survey)
      .where('id', '=', id)
      .$if(communities !== undefined, (query) => query.where('community_code', '=', sql<string>`any(${communities})`))
      .returning(['code', 'community_code as community'])
      .executeTakeFirst()
    if (!gone) throw refuse.unknownQuotation()
    await audit(one, { ...look, before: gone }, at)
  })
}
