import { sql } from 'kysely'
import type { District } from '../../shared/places/api.ts'
import { readReceipt } from '../../shared/surveys/receipt.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { type Counted, entryOf } from './entry.ts'
import { dropHanging } from './hanging.ts'
import { publishedSurvey } from './published.ts'

interface Kept extends Counted {
  id: string
  answers: Record<string, unknown>
  withdrawn: boolean
}

/**
 * Takes an answer back: its content and its share of the tallies go in one commit, its id and receipt stay so that
 * neither can ever be used again.
 * @param look who asks; the receipt is in no entry
 * @throws {Refusal} unknownReceipt, responseWithdrawn
 */
export async function withdraw(
  { db, answers }: { db: Db; answers: Db },
  district: District,
  typed: string,
  look: Omit<Look, 'subject'>,
  at: Date,
): Promise<void> {
  const receipt = readReceipt(typed)
  if (receipt?.district !== district.code) throw refuse.unknownReceipt()
  const { id } = district
  await forDistrict(answers, id)
    .transaction()
    .execute(async (one) => {
      const kept = await find(one, id, receipt.code)
      if (!kept) throw refuse.unknownReceipt()
      if (kept.withdrawn) throw refuse.responseWithdrawn()
      await wipe(one, id, kept.id, at)
      await takeFromTallies(db, one, id, kept)
      await audit(one, { ...look, subject: `response:${kept.id}`, after: { withdrawn: true } }, at)
    })
}

async function find(db: Db, districtId: number, receipt: string): Promise<Kept | undefined> {
  const found = await sql<Kept>`
    SELECT id, survey_code AS survey, version, community_code AS community, channel, proxy, review, answers,
      received_at AS "receivedAt", withdrawn_at IS NOT NULL AS withdrawn
    FROM responses WHERE district_id = ${districtId} AND receipt = ${receipt} FOR UPDATE`.execute(db)
  return found.rows[0]
}

async function wipe(db: Db, district_id: number, id: string, at: Date): Promise<void> {
  const said = { community_code: null, channel: null, proxy: null, started_at: null, submitted_at: null }
  const content = { consent_version: null, answers: null, slip: null }
  const senders = { device_hash: null, network_hash: null, taken_by: null }
  await db
    .updateTable('responses')
    .set({ ...said, ...content, ...senders, received_at: at, withdrawn_at: at })
    .where('district_id', '=', district_id)
    .where('id', '=', id)
    .execute()
  await dropHanging(db, district_id, () => [id])
}

async function takeFromTallies(db: Db, one: Db, districtId: number, kept: Kept): Promise<void> {
  const { survey } = await publishedSurvey(db, districtId, kept.survey, kept.version)
  const entry = entryOf(kept, survey.plan, kept.answers, -1)
  await one
    .insertInto('tally_outbox')
    .values({ district_id: districtId, entries: JSON.stringify([entry]) })
    .execute()
}
