import { type Kysely, sql } from 'kysely'

const tables = [
  `CREATE TABLE code_dictionaries (
    district_id integer NOT NULL REFERENCES districts (id),
    revision integer NOT NULL,
    body json NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (district_id)
  )`,
  // The words themselves stay in the answer alone: with it they are withdrawn and erased.
  `CREATE TABLE open_answers (
    district_id integer NOT NULL,
    response_id uuid NOT NULL,
    question text NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text NOT NULL,
    state text NOT NULL DEFAULT 'none' CHECK (state IN ('waiting', 'confirmed', 'none', 'set_aside')),
    suggested_with integer NOT NULL DEFAULT -1,
    decision uuid,
    PRIMARY KEY (district_id, response_id, question)
  )`,
  `CREATE TABLE open_answer_codes (
    district_id integer NOT NULL,
    response_id uuid NOT NULL,
    question text NOT NULL,
    code text NOT NULL,
    state text NOT NULL CHECK (state IN ('suggested', 'confirmed', 'rejected')),
    was text,
    decision uuid,
    decided_by text,
    decided_at timestamptz,
    PRIMARY KEY (district_id, response_id, question, code)
  )`,
  // Where the pieces of the masked text begin and end, not the text.
  `CREATE TABLE quotations (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    survey_code text NOT NULL,
    response_id uuid NOT NULL,
    question text NOT NULL,
    code text NOT NULL,
    community_code text NOT NULL,
    pieces json NOT NULL,
    masked_length integer NOT NULL,
    is_public boolean NOT NULL,
    chosen_by text NOT NULL,
    chosen_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, id)
  )`,
  // How far the answers of a survey have been read, and the state of its tallies then.
  `CREATE TABLE open_answer_marks (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    read_to timestamptz NOT NULL,
    counted bigint NOT NULL,
    PRIMARY KEY (district_id, survey_code)
  )`,
  // Words of five people or more that no keyword knows.
  `CREATE TABLE open_words (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    word text NOT NULL,
    answers integer NOT NULL,
    PRIMARY KEY (district_id, survey_code, word)
  )`,
]

const indexes = [
  `CREATE INDEX open_answers_state_idx ON open_answers (district_id, survey_code, state, response_id, question)`,
  `CREATE INDEX open_answers_community_idx ON open_answers (district_id, survey_code, community_code, state, response_id, question)`,
  `CREATE INDEX open_answers_renew_idx ON open_answers (district_id, survey_code, suggested_with, response_id, question)`,
  `CREATE INDEX open_answers_decision_idx ON open_answers (district_id, decision) WHERE decision IS NOT NULL`,
  `CREATE INDEX open_answer_codes_code_idx ON open_answer_codes (district_id, code, state)`,
  `CREATE INDEX open_answer_codes_decision_idx ON open_answer_codes (district_id, decision) WHERE decision IS NOT NULL`,
  `CREATE INDEX quotations_survey_idx ON quotations (district_id, survey_code, community_code)`,
  `CREATE INDEX quotations_response_idx ON quotations (district_id, response_id)`,
  // Answers lie in the order in which they came: a few bytes a page tell where the new ones are, and cost a submission nothing.
  `CREATE INDEX responses_received_idx ON responses USING brin (received_at) WITH (pages_per_range = 16, autosummarize = on)`,
]

const names = [
  'code_dictionaries',
  'open_answers',
  'open_answer_codes',
  'quotations',
  'open_answer_marks',
  'open_words',
]
const OWN = `district_id = nullif(current_setting('yixu.district', true), '')::integer`

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of [...tables, ...indexes]) await sql.raw(statement).execute(db)
  for (const name of names) {
    await sql.raw(`COMMENT ON TABLE ${name} IS 'citus:distributed'`).execute(db)
    await sql.raw(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`CREATE POLICY own_district ON ${name} USING (${OWN}) WITH CHECK (${OWN})`).execute(db)
  }
}
