import { type Kysely, sql } from 'kysely'

const tables = [
  `CREATE TABLE deliberations (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[0-9]{6}$'),
    kind text NOT NULL CHECK (kind IN ('forum', 'council', 'workshop', 'consultation')),
    title text NOT NULL,
    community_code text NOT NULL,
    compounds jsonb NOT NULL,
    place text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    host text NOT NULL,
    status text NOT NULL CHECK (status IN ('planned', 'open', 'closed')),
    moderated boolean NOT NULL,
    speaker_seconds integer NOT NULL CHECK (speaker_seconds > 0),
    seats integer NOT NULL CHECK (seats >= 0),
    revision integer NOT NULL,
    sequence bigint NOT NULL,
    participants integer NOT NULL,
    statements integer NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    opened_at timestamptz,
    closed_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT deliberations_code_key UNIQUE (district_id, code),
    CONSTRAINT deliberations_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code)
  )`,
  `CREATE TABLE agenda_items (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    position integer NOT NULL,
    title text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('inform', 'gather', 'prioritise', 'resolve')),
    minutes integer NOT NULL CHECK (minutes > 0),
    state text NOT NULL CHECK (state IN ('waiting', 'current', 'done')),
    started_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT agenda_items_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  // The roster. Names lie sealed, and are erased some time after the meeting.
  `CREATE TABLE invitees (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    position integer NOT NULL,
    name bytea,
    compound text,
    seat integer,
    PRIMARY KEY (district_id, id),
    CONSTRAINT invitees_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  // Attendance. Whoever came with a phone and sits on a numbered seat is one row.
  `CREATE TABLE participants (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    number integer NOT NULL,
    channel text NOT NULL CHECK (channel IN ('phone', 'seat')),
    seat integer CHECK (seat > 0),
    name bytea,
    compound text,
    invitee_id uuid,
    ticket_hash bytea,
    names_me boolean NOT NULL,
    signed_in_at timestamptz NOT NULL,
    left_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT participants_number_key UNIQUE (district_id, deliberation_id, number),
    CONSTRAINT participants_seat_key UNIQUE (district_id, deliberation_id, seat),
    CONSTRAINT participants_ticket_key UNIQUE (district_id, deliberation_id, ticket_hash),
    CONSTRAINT participants_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  `CREATE TABLE speakers (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    agenda_item_id uuid,
    participant_id uuid,
    seat integer,
    state text NOT NULL CHECK (state IN ('waiting', 'speaking', 'done', 'withdrawn')),
    asked_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT speakers_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  // An item of a draft action plan that residents are asked about.
  `CREATE TABLE proposals (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    position integer NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (district_id, id),
    CONSTRAINT proposals_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  `CREATE TABLE statements (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    agenda_item_id uuid,
    proposal_id uuid,
    participant_id uuid,
    seat integer,
    channel text NOT NULL CHECK (channel IN ('phone', 'desk')),
    state text NOT NULL CHECK (state IN ('received', 'shown', 'rejected', 'merged', 'discussed')),
    reason text,
    merged_into uuid,
    service text,
    suggested text,
    suggested_at timestamptz,
    coded_by text,
    answer text CHECK (answer IN ('adopted', 'partly', 'not')),
    result text,
    answered_by text,
    answered_at timestamptz,
    created_at timestamptz NOT NULL,
    moderated_by text,
    moderated_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT statements_number_key UNIQUE (district_id, deliberation_id, number),
    CONSTRAINT statements_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id),
    CONSTRAINT statements_merged_fkey FOREIGN KEY (district_id, merged_into) REFERENCES statements (district_id, id)
  )`,
  // What is put to the vote. `options` as they stood when it was opened.
  `CREATE TABLE questions (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    agenda_item_id uuid,
    kind text NOT NULL CHECK (kind IN ('opinion', 'dots', 'ranking', 'motion')),
    title text NOT NULL,
    options jsonb NOT NULL,
    picks integer NOT NULL,
    secret boolean NOT NULL,
    rule text CHECK (rule IN ('simple', 'present', 'two-thirds', 'consensus')),
    quorum jsonb,
    requirement jsonb,
    state text NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'void')),
    reason text,
    rerun_of uuid,
    created_at timestamptz NOT NULL,
    opened_at timestamptz,
    closed_at timestamptz,
    outcome jsonb,
    PRIMARY KEY (district_id, id),
    CONSTRAINT questions_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  // The last word of each participant on each subject of an open vote.
  `CREATE TABLE votes (
    district_id integer NOT NULL,
    question_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    choice jsonb NOT NULL,
    channel text NOT NULL CHECK (channel IN ('phone', 'seat')),
    cast_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, question_id, subject_id, participant_id),
    CONSTRAINT votes_question_fkey FOREIGN KEY (district_id, question_id) REFERENCES questions (district_id, id)
  )`,
  // Everything that was cast in open votes, in the order of coming in; nothing in it is ever changed.
  `CREATE TABLE vote_log (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    question_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    choice jsonb NOT NULL,
    channel text NOT NULL,
    actor text NOT NULL,
    cast_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, question_id, id)
  )`,
  // Totals of a show of hands: kept apart from what people cast one by one.
  `CREATE TABLE hand_counts (
    district_id integer NOT NULL,
    question_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    counts jsonb NOT NULL,
    actor text NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, question_id, subject_id),
    CONSTRAINT hand_counts_question_fkey FOREIGN KEY (district_id, question_id) REFERENCES questions (district_id, id)
  )`,
  // Who has voted in a secret ballot. Says neither when nor what.
  `CREATE TABLE ballot_roll (
    district_id integer NOT NULL,
    question_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('phone', 'seat')),
    PRIMARY KEY (district_id, question_id, participant_id),
    CONSTRAINT ballot_roll_question_fkey FOREIGN KEY (district_id, question_id) REFERENCES questions (district_id, id)
  )`,
  // While a secret ballot is open its ballots lie sealed here, since rows written in one transaction can be told to belong together.
  `CREATE TABLE sealed_ballots (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    question_id uuid NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (district_id, id),
    CONSTRAINT sealed_ballots_question_fkey FOREIGN KEY (district_id, question_id) REFERENCES questions (district_id, id)
  )`,
  // The box, filled when the ballot closes, all at once and shuffled.
  `CREATE TABLE ballots (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    question_id uuid NOT NULL,
    choice text NOT NULL CHECK (choice IN ('agree', 'disagree', 'pass')),
    PRIMARY KEY (district_id, id),
    CONSTRAINT ballots_question_fkey FOREIGN KEY (district_id, question_id) REFERENCES questions (district_id, id)
  )`,
  // What happened in a room, for screens that follow it: numbered without gaps.
  `CREATE TABLE deliberation_events (
    district_id integer NOT NULL,
    deliberation_id uuid NOT NULL,
    seq bigint NOT NULL,
    audience text NOT NULL CHECK (audience IN ('all', 'desk')),
    body jsonb NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (district_id, deliberation_id, seq)
  )`,
  `CREATE TABLE minutes (
    district_id integer NOT NULL,
    deliberation_id uuid NOT NULL,
    revision integer NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'approved', 'published')),
    texts jsonb NOT NULL,
    document text,
    sha256 bytea,
    edited_by text NOT NULL,
    edited_at timestamptz NOT NULL,
    approved_by text,
    approved_at timestamptz,
    published_at timestamptz,
    PRIMARY KEY (district_id, deliberation_id),
    CONSTRAINT minutes_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  `CREATE TABLE follow_ups (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    deliberation_id uuid NOT NULL,
    number integer NOT NULL,
    text text NOT NULL,
    owner text NOT NULL,
    due_on date NOT NULL,
    statement_ids jsonb NOT NULL,
    question_id uuid,
    state text NOT NULL CHECK (state IN ('open', 'in-progress', 'done', 'cannot')),
    outcome text,
    revision integer NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    reminded_on date,
    PRIMARY KEY (district_id, id),
    CONSTRAINT follow_ups_number_key UNIQUE (district_id, deliberation_id, number),
    CONSTRAINT follow_ups_deliberation_fkey FOREIGN KEY (district_id, deliberation_id) REFERENCES deliberations (district_id, id)
  )`,
  // What a district says belongs to which service, where it is not what is shipped.
  `CREATE TABLE statement_keywords (
    district_id integer NOT NULL,
    service text NOT NULL,
    words jsonb NOT NULL,
    PRIMARY KEY (district_id, service)
  )`,
]

const indexes = [
  `CREATE INDEX deliberations_community_idx ON deliberations (district_id, community_code, starts_at)`,
  `CREATE INDEX agenda_items_deliberation_idx ON agenda_items (district_id, deliberation_id, position)`,
  `CREATE INDEX invitees_deliberation_idx ON invitees (district_id, deliberation_id, position)`,
  `CREATE INDEX speakers_deliberation_idx ON speakers (district_id, deliberation_id, asked_at)`,
  `CREATE INDEX proposals_deliberation_idx ON proposals (district_id, deliberation_id, position)`,
  `CREATE INDEX questions_deliberation_idx ON questions (district_id, deliberation_id, created_at)`,
  `CREATE INDEX statements_participant_idx ON statements (district_id, deliberation_id, participant_id)`,
  `CREATE INDEX statements_unread_idx ON statements (district_id) WHERE suggested_at IS NULL`,
  `CREATE INDEX votes_participant_idx ON votes (district_id, participant_id)`,
  `CREATE INDEX sealed_ballots_question_idx ON sealed_ballots (district_id, question_id)`,
  `CREATE INDEX ballots_question_idx ON ballots (district_id, question_id)`,
  `CREATE INDEX follow_ups_due_idx ON follow_ups (district_id, due_on) WHERE state IN ('open', 'in-progress')`,
]

const names = tables.map((statement) => /^CREATE TABLE (\w+)/.exec(statement)![1]!)

const OWN = `district_id = nullif(current_setting('yixu.district', true), '')::integer`

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of [...tables, ...indexes]) await sql.raw(statement).execute(db)
  for (const table of names) {
    await sql.raw(`COMMENT ON TABLE ${table} IS 'citus:distributed'`).execute(db)
    await sql.raw(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`).execute(db)
    await sql.raw(`CREATE POLICY own_district ON ${table} USING (${OWN}) WITH CHECK (${OWN})`).execute(db)
  }
}
