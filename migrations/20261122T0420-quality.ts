import { type Kysely, sql } from 'kysely'

const columns = [
  // Who of the staff took the answer down, and, under the rules of the device hash, a keyed hash of the sender's network.
  `ALTER TABLE responses ADD COLUMN taken_by uuid, ADD COLUMN network_hash text`,
  // Answers that nobody took down are not in it: those that residents send themselves cost nothing.
  `CREATE INDEX responses_taken_by_idx ON responses (district_id, taken_by) WHERE taken_by IS NOT NULL`,
  // Empty as long as nothing was excluded.
  `CREATE INDEX tallies_excluded_idx ON tallies (district_id, survey_code, version, community_code)
    WHERE review = 'excluded'`,
  `ALTER TABLE demand_snapshots ADD COLUMN review text NOT NULL DEFAULT 'kept' CHECK (review IN ('kept', 'all'))`,
  `ALTER TABLE demand_snapshots DROP CONSTRAINT demand_snapshots_pkey`,
  `ALTER TABLE demand_snapshots ADD CONSTRAINT demand_snapshots_pkey
    PRIMARY KEY (district_id, survey_code, version, review, community_code)`,
]

const tables = [
  // What a person decided about an answer; the last one holds.
  `CREATE TABLE response_reviews (
    district_id integer NOT NULL,
    response_id uuid NOT NULL,
    number integer NOT NULL,
    survey_code text NOT NULL,
    decision text NOT NULL CHECK (decision IN ('kept', 'excluded', 'open')),
    reason text,
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, response_id, number)
  )`,
  // A row for each answer that was looked at; signs are what speaks against it.
  `CREATE TABLE response_signs (
    district_id integer NOT NULL,
    response_id uuid NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text NOT NULL,
    channel text NOT NULL,
    score smallint NOT NULL,
    signs json NOT NULL,
    scored_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, response_id)
  )`,
  // By what answers are found that resemble one another: hashes of device and network, and of pieces of what was written.
  `CREATE TABLE response_traces (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('device', 'network', 'text')),
    mark text NOT NULL,
    response_id uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (district_id, survey_code, kind, mark, at, response_id)
  )`,
  // How long answers took, as counts of a histogram.
  `CREATE TABLE answer_paces (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    channel text NOT NULL,
    counts json NOT NULL,
    PRIMARY KEY (district_id, survey_code, version, channel)
  )`,
  // What each member of the staff was told in each community, summed up.
  `CREATE TABLE worker_sums (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    worker uuid NOT NULL,
    community_code text NOT NULL,
    n integer NOT NULL,
    nights integer NOT NULL,
    counts json NOT NULL,
    PRIMARY KEY (district_id, survey_code, version, worker, community_code)
  )`,
  `CREATE TABLE quality_progress (
    district_id integer NOT NULL,
    scored_until timestamptz NOT NULL,
    PRIMARY KEY (district_id)
  )`,
]

const indexes = [
  `CREATE INDEX response_signs_flagged_idx ON response_signs (district_id, survey_code, score) WHERE score >= 3`,
  `CREATE INDEX response_reviews_survey_idx ON response_reviews (district_id, survey_code)`,
  `CREATE INDEX response_traces_response_idx ON response_traces (district_id, response_id)`,
]

const OWN = `district_id = nullif(current_setting('yixu.district', true), '')::integer`
const names = [
  'response_reviews',
  'response_signs',
  'response_traces',
  'answer_paces',
  'worker_sums',
  'quality_progress',
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of [...columns, ...tables, ...indexes]) await sql.raw(statement).execute(db)
  for (const table of names) {
    await sql.raw(`COMMENT ON TABLE ${table} IS 'citus:distributed'`).execute(db)
    await sql.raw(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`CREATE POLICY own_district ON ${table} USING (${OWN}) WITH CHECK (${OWN})`).execute(db)
  }
  // Snapshots say how many answers are excluded from now on: those without a covariance are made anew.
  const districts = await sql<{ id: number }>`SELECT id FROM districts ORDER BY id`.execute(db)
  for (const { id } of districts.rows) {
    await sql.raw(`SET LOCAL yixu.district = ${id}`).execute(db)
    await sql`UPDATE demand_snapshots SET covariance = NULL WHERE district_id = ${id}`.execute(db)
  }
  await sql.raw(`SET LOCAL yixu.district = ''`).execute(db)
}
