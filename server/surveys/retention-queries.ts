import { sql } from 'kysely'
import type { Schedule } from '../../shared/surveys/status.ts'
import type { Db } from '../db/database.ts'
import { answersTo, dropHanging } from './hanging.ts'

export interface Held extends Schedule {
  /** The current version. */
  version: number
}

/** The survey, which nobody else opens, closes or erases until the transaction ends. */
export async function holdSurvey(db: Db, districtId: number, survey: string): Promise<Held | undefined> {
  return await db
    .selectFrom('surveys')
    .select(['status', 'opens_at as opensAt', 'closes_at as closesAt', 'current_version as version'])
    .where('district_id', '=', districtId)
    .where('code', '=', survey)
    .forUpdate()
    .executeTakeFirst()
}

/** Opens, pauses or closes. Closing what is closed does not begin its time anew. */
export async function changeStatus(
  db: Db,
  districtId: number,
  survey: string,
  { status, opensAt: opens_at, closesAt: closes_at }: Schedule,
  at: Date,
): Promise<void> {
  await db
    .updateTable('surveys')
    .set((is) => ({
      ...{ status, opens_at, closes_at },
      closed_at: status === 'closed' ? is.fn.coalesce('closed_at', is.val(at)) : null,
    }))
    .where('district_id', '=', districtId)
    .where('code', '=', survey)
    .execute()
}

/** Lets no version of the survey keep its answers longer than this. */
export async function shorten(db: Db, districtId: number, survey: string, days: number): Promise<void> {
  await db
    .updateTable('survey_versions')
    .set({ retention_days: days })
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('retention_days', '>', days)
    .execute()
}

export interface Retention {
  /** The answers are kept so long after the survey is closed. */
  days: number
  /** They are gone already. */
  erased: boolean
}

/** What becomes of the answers to a version. */
export async function retentionOf(db: Db, districtId: number, survey: string, version: number): Promise<Retention> {
  const row = await db
    .selectFrom('survey_versions')
    .select(['retention_days', 'erased_at'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return { days: row.retention_days, erased: row.erased_at !== null }
}

/** Deletes what tells devices and networks apart from the answers to a closed survey; returns how many had it. */
export async function forgetDevices(db: Db, districtId: number, survey: string): Promise<number> {
  const changed = await db
    .updateTable('responses')
    .set({ device_hash: null, network_hash: null })
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where((is) => is.or([is('device_hash', 'is not', null), is('network_hash', 'is not', null)]))
    .executeTakeFirst()
  await db
    .deleteFrom('response_traces')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('kind', 'in', ['device', 'network'])
    .execute()
  return Number(changed.numUpdatedRows)
}

/** Leaves no trace in answers of who took them down. */
export async function forgetTakenBy(db: Db, districtId: number, personId: string): Promise<void> {
  await db
    .updateTable('responses')
    .set({ taken_by: null })
    .where('district_id', '=', districtId)
    .where('taken_by', '=', personId)
    .execute()
}

/** Closed surveys of which something still says which device or network an answer came from: also what was being looked at meanwhile. */
export async function surveysWithDevices(db: Db, districtId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('surveys')
    .select('code')
    .where('district_id', '=', districtId)
    .where('status', '=', 'closed')
    .where((is) =>
      is.or([
        is.exists(
          is
            .selectFrom('responses')
            .select(sql`1`.as('one'))
            .where('responses.district_id', '=', districtId)
            .whereRef('survey_code', '=', 'surveys.code')
            .where((one) => one.or([one('device_hash', 'is not', null), one('network_hash', 'is not', null)])),
        ),
        is.exists(
          is
            .selectFrom('response_traces')
            .select(sql`1`.as('one'))
            .where('response_traces.district_id', '=', districtId)
            .whereRef('response_traces.survey_code', '=', 'surveys.code')
            .where('kind', 'in', ['device', 'network']),
        ),
      ]),
    )
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}

export interface SurveyVersion {
  survey: string
  version: number
}

/** Versions whose answers have been kept as long as was said. */
export async function versionsPastRetention(db: Db, districtId: number, now: Date): Promise<SurveyVersion[]> {
  return await db
    .selectFrom('survey_versions')
    .innerJoin('surveys', (join) =>
      join
        .onRef('surveys.district_id', '=', 'survey_versions.district_id')
        .onRef('surveys.code', '=', 'survey_versions.survey_code'),
    )
    .select(['survey_code as survey', 'version'])
    .where('survey_versions.district_id', '=', districtId)
    .where('erased_at', 'is', null)
    .where('status', '=', 'closed')
    .where(sql<boolean>`closed_at + make_interval(days => retention_days) <= ${now}`)
    .orderBy('survey_code')
    .orderBy('version')
    .execute()
}

/** Notes that the answers to a version are gone; false where somebody else has. */
export async function noteErased(
  db: Db,
  districtId: number,
  { survey, version }: SurveyVersion,
  now: Date,
): Promise<boolean> {
  const noted = await db
    .updateTable('survey_versions')
    .set({ erased_at: now })
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return noted.numUpdatedRows > 0n
}

/** Deletes the answers to a version, and what else was sent under their ids. */
export async function eraseAnswers(
  db: Db,
  districtId: number,
  { survey, version }: SurveyVersion,
): Promise<{ responses: number; conflicts: number }> {
  const conflicts = await dropHanging(db, districtId, (one) => answersTo(one, districtId, survey, version))
  const responses = await db
    .deleteFrom('responses')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
    .executeTakeFirst()
  return { responses: Number(responses.numDeletedRows), conflicts }
}
