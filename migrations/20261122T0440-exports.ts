import { type Kysely, sql } from 'kysely'

// Where no district is named nothing is equal to it: no rows, and no error.
const OWN = `district_id = nullif(current_setting('yixu.district', true), '')::integer`

const statements = [
  // What was asked for and how far it is; the file itself lies on disk under the id, for as long as it is kept.
  `CREATE TABLE exports (
    district_id integer NOT NULL REFERENCES districts (id),
    id uuid NOT NULL,
    survey_code text NOT NULL,
    format text NOT NULL CHECK (format IN ('csv', 'xlsx', 'sav', 'geojson')),
    edition text CHECK (edition IN ('staff', 'public')),
    excluded boolean NOT NULL,
    reach json,
    made_by text NOT NULL,
    status text NOT NULL CHECK (status IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
    rows_done integer NOT NULL DEFAULT 0,
    rows_total integer,
    size_bytes bigint,
    sha256 text,
    problem text,
    about json,
    columns json,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, id)
  )`,
  `CREATE INDEX exports_survey_idx ON exports (district_id, survey_code, created_at)`,
  `COMMENT ON TABLE exports IS 'citus:distributed'`,
  `ALTER TABLE exports ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE exports FORCE ROW LEVEL SECURITY`,
  `CREATE POLICY own_district ON exports USING (${OWN}) WITH CHECK (${OWN})`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
