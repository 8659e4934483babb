import { type Kysely, sql } from 'kysely'

const statements = [
  // A survey that is being written: of a survey that is published already, its next version. Nothing downstream reads it.
  `CREATE TABLE survey_drafts (
    district_id integer NOT NULL REFERENCES districts (id),
    survey_code text NOT NULL,
    base_version integer,
    revision integer NOT NULL,
    title text NOT NULL,
    definition json NOT NULL,
    retention_days integer NOT NULL DEFAULT 180 CHECK (retention_days BETWEEN 1 AND 3650),
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL,
    PRIMARY KEY (district_id, survey_code)
  )`,
  `COMMENT ON TABLE survey_drafts IS 'citus:distributed'`,
  `ALTER TABLE survey_drafts ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE survey_drafts FORCE ROW LEVEL SECURITY`,
  `CREATE POLICY own_district ON survey_drafts
    USING (district_id = nullif(current_setting('yixu.district', true), '')::integer)
    WITH CHECK (district_id = nullif(current_setting('yixu.district', true), '')::integer)`,
  `ALTER TABLE surveys DROP CONSTRAINT surveys_status_check`,
  `ALTER TABLE surveys ADD CONSTRAINT surveys_status_check CHECK (status IN ('open', 'paused', 'closed'))`,
  `ALTER TABLE surveys ADD COLUMN opens_at timestamptz, ADD COLUMN closes_at timestamptz`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
