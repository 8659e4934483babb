import { type Kysely, sql } from 'kysely'

const columns = [
  // People agreed to a version and to how long its answers are kept; counted from when the survey was closed.
  `ALTER TABLE survey_versions ADD COLUMN retention_days integer NOT NULL DEFAULT 180
    CONSTRAINT survey_versions_retention_check CHECK (retention_days BETWEEN 1 AND 3650)`,
  `ALTER TABLE survey_versions ADD COLUMN erased_at timestamptz`,
  `ALTER TABLE surveys ADD COLUMN closed_at timestamptz`,
  // Whoever had an account of staff and was erased: the id stays, so that the audit still speaks of somebody.
  `ALTER TABLE people DROP CONSTRAINT people_kind_check`,
  `ALTER TABLE people ADD CONSTRAINT people_kind_check CHECK (kind IN ('staff', 'resident', 'erased'))`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of columns) await sql.raw(statement).execute(db)
  const districts = await sql<{ id: number }>`SELECT id FROM districts ORDER BY id`.execute(db)
  for (const { id } of districts.rows) {
    await sql.raw(`SET LOCAL yixu.district = ${id}`).execute(db)
    await sql`UPDATE surveys SET closed_at = now() WHERE district_id = ${id} AND status = 'closed'`.execute(db)
  }
  await sql.raw(`SET LOCAL yixu.district = ''`).execute(db)
}
