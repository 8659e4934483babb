import { type Kysely, sql } from 'kysely'

const tables = [
  `CREATE TABLE quotas (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    community_code text NOT NULL,
    channel text NOT NULL,
    age_band text NOT NULL,
    target integer NOT NULL CHECK (target > 0),
    PRIMARY KEY (district_id, survey_code, community_code, channel, age_band),
    CONSTRAINT quotas_survey_fkey FOREIGN KEY (district_id, survey_code) REFERENCES surveys (district_id, code),
    CONSTRAINT quotas_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code)
  )`,
  // Visits that ended without an answer. One that was taken back keeps its id, so that a late retry cannot count it again.
  `CREATE TABLE contacts (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    survey_code text NOT NULL,
    community_code text NOT NULL,
    day date NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('refused', 'not-home')),
    doors integer NOT NULL CHECK (doors > 0),
    actor text NOT NULL,
    recorded_at timestamptz NOT NULL,
    undone_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT contacts_survey_fkey FOREIGN KEY (district_id, survey_code) REFERENCES surveys (district_id, code),
    CONSTRAINT contacts_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code)
  )`,
  `CREATE TABLE household_slips (
    district_id integer NOT NULL,
    code text NOT NULL,
    survey_code text NOT NULL,
    community_code text NOT NULL,
    compound_code text,
    batch uuid NOT NULL,
    issued_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, code),
    CONSTRAINT household_slips_survey_fkey FOREIGN KEY (district_id, survey_code) REFERENCES surveys (district_id, code),
    CONSTRAINT household_slips_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code)
  )`,
  // How often quotas, contacts and slips of a community have changed: what was summed up before is read again only then.
  `CREATE TABLE campaign_versions (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    community_code text NOT NULL,
    campaign_version bigint NOT NULL,
    PRIMARY KEY (district_id, survey_code, community_code)
  )`,
  // Answers by the day in China on which they came in, whatever became of them in review.
  `CREATE TABLE coverage_days (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text NOT NULL,
    channel text NOT NULL,
    day date NOT NULL,
    n integer NOT NULL,
    PRIMARY KEY (district_id, survey_code, version, community_code, channel, day)
  )`,
]

const indexes = [
  `CREATE INDEX contacts_place_idx ON contacts (district_id, survey_code, community_code, recorded_at)`,
  `CREATE INDEX household_slips_place_idx ON household_slips (district_id, survey_code, community_code)`,
  // Only answers that came with a slip are in it: the others cost nothing.
  `CREATE INDEX responses_slip_idx ON responses (district_id, survey_code, slip) WHERE slip IS NOT NULL`,
]

const OWN = `district_id = nullif(current_setting('yixu.district', true), '')::integer`

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of [...tables, ...indexes]) await sql.raw(statement).execute(db)
  for (const table of ['quotas', 'contacts', 'household_slips', 'campaign_versions', 'coverage_days']) {
    await sql.raw(`COMMENT ON TABLE ${table} IS 'citus:distributed'`).execute(db)
    await sql.raw(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`CREATE POLICY own_district ON ${table} USING (${OWN}) WITH CHECK (${OWN})`).execute(db)
  }
  const districts = await sql<{ id: number }>`SELECT id FROM districts ORDER BY id`.execute(db)
  for (const { id } of districts.rows) {
    await sql.raw(`SET LOCAL yixu.district = ${id}`).execute(db)
    // Answers whose entries still wait in the outbox are counted here as well: those entries have no day, and add none.
    await sql`
      INSERT INTO coverage_days (district_id, survey_code, version, community_code, channel, day, n)
      SELECT ${id}::integer, survey_code, version, community_code, channel,
        (received_at AT TIME ZONE 'UTC' + interval '8 hours')::date, count(*)::int
      FROM responses WHERE district_id = ${id} AND withdrawn_at IS NULL
      GROUP BY 2, 3, 4, 5, 6`.execute(db)
  }
  await sql.raw(`SET LOCAL yixu.district = ''`).execute(db)
}
