import { sql } from 'kysely'
import type { Channel } from '../../shared/surveys/api.ts'
import type { Db } from '../db/database.ts'

/** An answer as it is looked at for signs. */
export interface Answer {
  id: string
  survey: string
  version: number
  community: string
  channel: Channel
  startedAt: Date
  submittedAt: Date
  receivedAt: Date
  answers: Record<string, unknown>
  slip: string | null
  device: string | null
  network: string | null
  worker: string | null
}

const answerColumns = sql`r.id, r.survey_code AS survey, r.version, r.community_code AS community, r.channel,
  r.started_at AS "startedAt", r.submitted_at AS "submittedAt", r.received_at AS "receivedAt", r.answers, r.slip,
  r.device_hash AS device, r.network_hash AS network, r.taken_by AS worker`

/** Answers that came in within a stretch of time and were not looked at yet, the oldest first. */
export async function newAnswers(db: Db, districtId: number, from: Date, to: Date, most: number): Promise<Answer[]> {
  const found = await sql<Answer>`
    SELECT ${answerColumns} FROM responses r
    WHERE r.district_id = ${districtId} AND r.received_at >= ${from} AND r.received_at < ${to} AND r.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT FROM response_signs s WHERE s.district_id = ${districtId} AND s.response_id = r.id)
    ORDER BY r.received_at LIMIT ${most}`.execute(db)
  return found.rows
}

export async function answersById(db: Db, districtId: number, ids: string[]): Promise<Answer[]> {
  if (ids.length === 0) return []
  const found = await sql<Answer>`
    SELECT ${answerColumns} FROM responses r
    WHERE r.district_id = ${districtId} AND r.id = ANY (${ids}::uuid[]) AND r.withdrawn_at IS NULL`.execute(db)
  return found.rows
}

/** When the first answer of a district came in. */
export async function firstArrival(db: Db, districtId: number): Promise<Date | undefined> {
  const row = await db
    .selectFrom('responses')
    .select((one) => one.fn.min('received_at').as('first'))
    .where('district_id', '=', districtId)
    .executeTakeFirst()
  return row?.first ?? undefined
}

/** Ids of those whose answer came with these slips, slip by slip. */
export async function idsBySlip(db: Db, districtId: number, survey: string, slips: string[]) {
  if (slips.length === 0) return new Map<string, string[]>()
  const found = await sql<{ slip: string; ids: string[] }>`
    SELECT slip, array_agg(id::text) AS ids FROM responses
    WHERE district_id = ${districtId} AND survey_code = ${survey} AND slip = ANY (${slips}::text[])
    GROUP BY slip`.execute(db)
  return new Map(found.rows.map(({ slip, ids }) => [slip, ids]))
}

/** Answers that a member of the staff took down whose stored signs do not say what is known of that person now. */
export async function idsOfWorker(
  db: Db,
  districtId: number,
  of: { survey: string; version: number },
  worker: string,
  isFar: boolean,
  most: number,
) {
  const found = await sql<{ id: string }>`
    SELECT r.id FROM responses r JOIN response_signs s ON s.district_id = r.district_id AND s.response_id = r.id
    WHERE r.district_id = ${districtId} AND r.taken_by = ${worker}::uuid AND r.survey_code = ${of.survey}
      AND r.version = ${of.version} AND (s.signs::text LIKE '%"worker"%') <> ${isFar} LIMIT ${most}`.execute(db)
  return found.rows.map(({ id }) => id)
}
