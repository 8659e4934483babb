import type { Pool, PoolClient } from 'pg'
import type { District } from '../../shared/places/api.ts'
import { readReceipt } from '../../shared/surveys/receipt.ts'
import type { Db } from '../db/database.ts'
import { inDistrict } from '../db/district.ts'
import { refuse } from '../refusals.ts'
import { type Counted, entryOf } from './entry.ts'
import { publishedSurvey } from './published.ts'

interface Kept extends Counted {
  id: string
  answers: Record<string, unknown>
  withdrawn: boolean
}

const FIND = `
  SELECT id, survey_code AS survey, version, community_code AS community, channel, proxy, review, answers,
    withdrawn_at IS NOT NULL AS withdrawn
  FROM responses WHERE district_id = $1 AND receipt = $2 FOR UPDATE`

const WIPE = `
  UPDATE responses SET community_code = NULL, channel = NULL, proxy = NULL, started_at = NULL, submitted_at = NULL,
    consent_version = NULL, answers = NULL, slip = NULL, device_hash = NULL,
    received_at = $3, withdrawn_at = $3
  WHERE district_id = $1 AND id = $2`

/**
 * Takes an answer back: its content and its share of the tallies go in one commit, its id and receipt stay so that
 * neither can ever be used again.
 * @throws {Refusal} unknownReceipt, responseWithdrawn
 */
export async function withdraw(db: Db, pool: Pool, district: District, typed: string, at: Date): Promise<void> {
  const receipt = readReceipt(typed)
  if (receipt?.district !== district.code) throw refuse.unknownReceipt()
  await inDistrict(pool, district.id, async (client) => {
    const { rows } = await client.query<Kept>(FIND, [district.id, receipt.code])
    const [kept] = rows
    if (!kept) throw refuse.unknownReceipt()
    if (kept.withdrawn) throw refuse.responseWithdrawn()
    await client.query(WIPE, [district.id, kept.id, at])
    await client.query('DELETE FROM response_conflicts WHERE district_id = $1 AND response_id = $2', [
      district.id,
      kept.id,
    ])
    await takeFromTallies(db, client, district.id, kept)
  })
}

async function takeFromTallies(db: Db, client: PoolClient, districtId: number, kept: Kept): Promise<void> {
  const { survey } = await publishedSurvey(db, districtId, kept.survey, kept.version)
  const entry = entryOf(kept, survey.plan, kept.answers, -1)
  await client.query('INSERT INTO tally_outbox (district_id, entries) VALUES ($1, $2)', [
    districtId,
    JSON.stringify([entry]),
  ])
}
