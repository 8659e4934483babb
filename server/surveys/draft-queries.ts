import type { Db } from '../db/database.ts'

export interface DraftHead {
  survey: string
  title: string
  revision: number
  base: number | null
  updatedAt: Date
  /** Id of a person, or `key`, `local`. */
  updatedBy: string
}

export interface StoredDraft extends DraftHead {
  definition: unknown
  retentionDays: number
}

const head = [
  'survey_code as survey',
  'title',
  'revision',
  'base_version as base',
  'updated_at as updatedAt',
  'updated_by as updatedBy',
] as const

/** Every draft of a district, the one saved last first. */
export async function draftsOf(db: Db, districtId: number): Promise<DraftHead[]> {
  return await db
    .selectFrom('survey_drafts')
    .select(head)
    .where('district_id', '=', districtId)
    .orderBy('updated_at', 'desc')
    .orderBy('survey_code')
    .execute()
}

const whole = (db: Db, districtId: number, survey: string) =>
  db
    .selectFrom('survey_drafts')
    .select([...head, 'definition', 'retention_days as retentionDays'])
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)

export async function draftOf(db: Db, districtId: number, survey: string): Promise<StoredDraft | undefined> {
  return await whole(db, districtId, survey).executeTakeFirst()
}

/** The draft, which nobody else changes until the transaction ends. */
export async function holdDraft(db: Db, districtId: number, survey: string): Promise<StoredDraft | undefined> {
  return await whole(db, districtId, survey).forUpdate().executeTakeFirst()
}

export interface Written {
  survey: string
  title: string
  /** JSON. */
  definition: string
  retentionDays: number
  updatedAt: Date
  updatedBy: string
}

/** Adds a draft; false where the survey has one. */
export async function addDraft(
  db: Db,
  districtId: number,
  { survey: survey_code, base, ...draft }: Written & { base: number | null },
): Promise<boolean> {
  const added = await db
    .insertInto('survey_drafts')
    .values({ district_id: districtId, survey_code, base_version: base, revision: 1, ...columnsOf(draft) })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst()
  return added.numInsertedOrUpdatedRows === 1n
}

export async function writeDraft(db: Db, districtId: number, { survey, ...draft }: Written): Promise<void> {
  await db
    .updateTable('survey_drafts')
    .set((is) => ({ ...columnsOf(draft), revision: is('revision', '+', 1) }))
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .execute()
}

const columnsOf = ({ title, definition, retentionDays, updatedAt, updatedBy }: Omit<Written, 'survey'>) => ({
  ...{ title, definition, retention_days: retentionDays },
  ...{ updated_at: updatedAt, updated_by: updatedBy },
})

export async function removeDraft(db: Db, districtId: number, survey: string): Promise<void> {
  await db.deleteFrom('survey_drafts').where('district_id', '=', districtId).where('survey_code', '=', survey).execute()
}
