import { sql } from 'kysely'
import type { Pace } from '../../shared/quality/pace.ts'
import { type Sign, scoreOf } from '../../shared/quality/signs.ts'
import type { Told } from '../../shared/quality/workers.ts'
import type { Db } from '../db/database.ts'
import { locks } from '../db/locks.ts'
import type { Answer } from './answers.ts'

export async function scoredUntil(db: Db, districtId: number): Promise<Date | undefined> {
  const row = await db
    .selectFrom('quality_progress')
    .select('scored_until')
    .where('district_id', '=', districtId)
    .executeTakeFirst()
  return row?.scored_until
}

export async function noteScored(db: Db, district_id: number, scored_until: Date): Promise<void> {
  await db
    .insertInto('quality_progress')
    .values({ district_id, scored_until })
    .onConflict((known) => known.column('district_id').doUpdateSet({ scored_until }))
    .execute()
}

/** Notes that these answers are looked at now; returns those that nobody else has noted. */
export async function begin(db: Db, districtId: number, answers: Answer[], at: Date): Promise<Answer[]> {
  const rows = answers.map(({ id, survey, version, community, channel }) => ({
    ...{ district_id: districtId, response_id: id, survey_code: survey, version, community_code: community, channel },
    ...{ score: 0, signs: '[]', scored_at: at },
  }))
  const noted = await db
    .insertInto('response_signs')
    .values(rows)
    .onConflict((known) => known.doNothing())
    .returning('response_id')
    .execute()
  const fresh = new Set(noted.map((row) => row.response_id))
  return answers.filter(({ id }) => fresh.has(id))
}

export async function saveSigns(db: Db, districtId: number, found: Map<string, Sign[]>, at: Date): Promise<void> {
  const all = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  if (all.length === 0) return
  await sql`
    UPDATE response_signs SET score = t.score, signs = t.signs::json, scored_at = ${at}
    FROM unnest(${all.map(([id]) => id)}::uuid[], ${all.map(([, signs]) => scoreOf(signs))}::smallint[],
      ${all.map(([, signs]) => JSON.stringify(signs))}::text[]) AS t (id, score, signs)
    WHERE district_id = ${districtId} AND response_id = t.id
      AND (response_signs.score <> t.score OR response_signs.signs::text <> t.signs)`.execute(db)
}

/** Those of these answers whose stored signs do not name one. */
export async function without(db: Db, districtId: number, sign: string, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await sql<{ id: string }>`
    SELECT response_id AS id FROM response_signs
    WHERE district_id = ${districtId} AND response_id = ANY (${ids}::uuid[])
      AND signs::text NOT LIKE ${`%"${sign}"%`}`.execute(db)
  return found.rows.map(({ id }) => id)
}

/** Answers to a version through a channel that were looked at so far; of a few alone is it asked. */
export async function earlier(db: Db, districtId: number, { survey, version, channel }: Answer): Promise<string[]> {
  const rows = await db
    .selectFrom('response_signs')
    .select('response_id')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .where('channel', '=', channel)
    .limit(1_000)
    .execute()
  return rows.map((row) => row.response_id)
}

/** What was noted of answers that were withdrawn while they were looked at. */
export async function dropWithdrawn(db: Db, districtId: number, from: Date, to: Date): Promise<void> {
  for (const table of ['response_signs', 'response_traces'] as const) {
    await sql`
      DELETE FROM ${sql.table(table)} WHERE district_id = ${districtId} AND response_id IN (
        SELECT id FROM responses
        WHERE district_id = ${districtId} AND received_at >= ${from} AND received_at < ${to} AND withdrawn_at IS NOT NULL
      )`.execute(db)
  }
}

export async function paceOf(db: Db, districtId: number, { survey, version, channel }: Answer): Promise<Pace> {
  const row = await db
    .selectFrom('answer_paces')
    .select('counts')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .where('channel', '=', channel)
    .executeTakeFirst()
  return row?.counts ?? []
}

export async function savePace(db: Db, district_id: number, of: Answer, pace: Pace): Promise<void> {
  const { survey: survey_code, version, channel } = of
  const counts = JSON.stringify(pace)
  await db
    .insertInto('answer_paces')
    .values({ district_id, survey_code, version, channel, counts })
    .onConflict((known) => known.columns(['district_id', 'survey_code', 'version', 'channel']).doUpdateSet({ counts }))
    .execute()
}

/** What one member of the staff was told in one community. */
export interface WorkerSum extends Told {
  worker: string
  community: string
}

export async function workerSums(
  db: Db,
  districtId: number,
  { survey, version }: { survey: string; version: number },
): Promise<WorkerSum[]> {
  return await db
    .selectFrom('worker_sums')
    .select(['worker', 'community_code as community', 'n', 'nights', 'counts'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .execute()
}

/** Of somebody who was erased nothing is known any more, not even by whoever is adding to it now. */
export async function forgetWorker(db: Db, districtId: number, worker: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${locks.quality}, ${districtId})`.execute(db)
  await db.deleteFrom('worker_sums').where('district_id', '=', districtId).where('worker', '=', worker).execute()
}

export async function saveWorkerSum(
  db: Db,
  district_id: number,
  { survey: survey_code, version }: { survey: string; version: number },
  { worker, community: community_code, n, nights, counts: all }: WorkerSum,
): Promise<void> {
  const sums = { n, nights, counts: JSON.stringify(all) }
  await db
    .insertInto('worker_sums')
    .values({ district_id, survey_code, version, worker, community_code, ...sums })
    .onConflict((known) =>
      known.columns(['district_id', 'survey_code', 'version', 'worker', 'community_code']).doUpdateSet(sums),
    )
    .execute()
}
