import { type Kysely, sql } from 'kysely'

const tables = [
  // A place with a code on its wall at which couriers post wishes.
  `CREATE TABLE stations (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    community_code text NOT NULL,
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, id),
    CONSTRAINT stations_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code)
  )`,
  // Name and phone of the wisher lie sealed.
  `CREATE TABLE wishes (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    community_code text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('goods', 'service', 'company', 'place')),
    text text NOT NULL,
    original text NOT NULL,
    place jsonb,
    cost text NOT NULL CHECK (cost IN ('none', 'under-100', 'under-500', 'over-500')),
    needed_by date,
    service text,
    state text NOT NULL CHECK (state IN ('submitted', 'returned', 'open', 'claimed', 'delivered', 'disputed', 'fulfilled',
      'rejected', 'withdrawn', 'merged', 'lapsed')),
    reason text,
    flags jsonb NOT NULL,
    hardship boolean NOT NULL,
    publish boolean NOT NULL,
    fallback boolean NOT NULL,
    merged_into uuid,
    supporters integer NOT NULL,
    contact bytea,
    name bytea,
    -- Keyed hashes: the number, to find it again where somebody asks what is held about it; and what was posted, to know it
    -- again when it comes twice.
    contact_hash bytea,
    posted_hash bytea,
    photo_id uuid,
    ticket_hash bytea,
    person_id text,
    station_id uuid,
    posted_by text NOT NULL,
    thanks text,
    rating integer CHECK (rating BETWEEN 1 AND 5),
    revision integer NOT NULL,
    created_at timestamptz NOT NULL,
    opened_at timestamptz,
    changed_at timestamptz NOT NULL,
    fulfilled_at timestamptz,
    -- Where on the board it stands: 0 to be claimed, 1 held, 2 fulfilled and shown; and since when.
    board smallint GENERATED ALWAYS AS (CASE WHEN state = 'open' THEN 0
      WHEN state IN ('claimed', 'delivered', 'disputed') THEN 1 WHEN state = 'fulfilled' AND publish THEN 2 END) STORED,
    board_at timestamptz GENERATED ALWAYS AS (CASE WHEN state = 'fulfilled' THEN fulfilled_at ELSE opened_at END) STORED,
    -- Spans of 64 days: those needed within so many days lie in a few of them, each in the order of the board.
    needed_span integer GENERATED ALWAYS AS ((needed_by - DATE '1970-01-01') / 64) STORED,
    PRIMARY KEY (district_id, id),
    CONSTRAINT wishes_number_key UNIQUE (district_id, number),
    CONSTRAINT wishes_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code),
    CONSTRAINT wishes_merged_fkey FOREIGN KEY (district_id, merged_into) REFERENCES wishes (district_id, id)
  )`,
  // How many numbers were given, and how often the board has changed: one row a district.
  `CREATE TABLE wish_counters (
    district_id integer NOT NULL,
    numbers integer NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (district_id)
  )`,
  `CREATE TABLE wish_supporters (
    district_id integer NOT NULL,
    wish_id uuid NOT NULL,
    supporter_hash bytea NOT NULL,
    -- The phone of whoever is counted by account: it is not counted again when they have signed out.
    device_hash bytea,
    at timestamptz NOT NULL,
    PRIMARY KEY (district_id, wish_id, supporter_hash),
    CONSTRAINT wish_supporters_wish_fkey FOREIGN KEY (district_id, wish_id) REFERENCES wishes (district_id, id)
  )`,
  // Every step of every wish.
  `CREATE TABLE wish_steps (
    district_id integer NOT NULL,
    wish_id uuid NOT NULL,
    seq integer NOT NULL,
    step text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    actor text NOT NULL,
    role text NOT NULL CHECK (role IN ('wisher', 'staff', 'sponsor', 'clock')),
    reason text,
    at timestamptz NOT NULL,
    PRIMARY KEY (district_id, wish_id, seq),
    CONSTRAINT wish_steps_wish_fkey FOREIGN KEY (district_id, wish_id) REFERENCES wishes (district_id, id)
  )`,
  // What a district has set: words that a moderator is shown, and what a claim is given.
  `CREATE TABLE wish_rules (
    district_id integer NOT NULL,
    words jsonb NOT NULL,
    claim_days integer NOT NULL CHECK (claim_days BETWEEN 1 AND 90),
    extension_days integer NOT NULL CHECK (extension_days BETWEEN 1 AND 90),
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (district_id)
  )`,
  `CREATE TABLE sponsors (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    fallback_for text,
    claim_limit integer NOT NULL CHECK (claim_limit > 0),
    active boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, id),
    CONSTRAINT sponsors_name_key UNIQUE (district_id, name)
  )`,
  `CREATE TABLE sponsor_members (
    district_id integer NOT NULL,
    person_id uuid NOT NULL,
    sponsor_id uuid NOT NULL,
    PRIMARY KEY (district_id, person_id),
    CONSTRAINT sponsor_members_sponsor_fkey FOREIGN KEY (district_id, sponsor_id) REFERENCES sponsors (district_id, id)
  )`,
  `CREATE TABLE claims (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    wish_id uuid NOT NULL,
    sponsor_id uuid NOT NULL,
    person_id text NOT NULL,
    claimed_at timestamptz NOT NULL,
    due_on date NOT NULL,
    extended boolean NOT NULL,
    reminded integer NOT NULL,
    ended_at timestamptz,
    ended text CHECK (ended IN ('fulfilled', 'released', 'expired', 'reassigned', 'withdrawn')),
    reason text,
    note text,
    done_on date,
    delivered_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT claims_wish_fkey FOREIGN KEY (district_id, wish_id) REFERENCES wishes (district_id, id),
    CONSTRAINT claims_sponsor_fkey FOREIGN KEY (district_id, sponsor_id) REFERENCES sponsors (district_id, id),
    CONSTRAINT claims_ending_check CHECK ((ended_at IS NULL) = (ended IS NULL))
  )`,
]

const indexes = [
  // A wish is held once: whoever comes second meets this index.
  `CREATE UNIQUE INDEX claims_live_key ON claims (district_id, wish_id) WHERE ended_at IS NULL`,
  `CREATE INDEX sponsor_members_sponsor_idx ON sponsor_members (district_id, sponsor_id)`,
  `CREATE INDEX claims_wish_idx ON claims (district_id, wish_id, claimed_at)`,
  `CREATE INDEX claims_sponsor_idx ON claims (district_id, sponsor_id, claimed_at)`,
  `CREATE INDEX claims_due_idx ON claims (district_id, due_on) WHERE ended_at IS NULL`,
  `CREATE INDEX claims_recent_idx ON claims (district_id, claimed_at) WHERE ended_at IS NULL`,
  `CREATE INDEX claims_ended_idx ON claims (district_id, ended_at) WHERE ended_at IS NOT NULL`,
  // How many there are of each state: short, since an entry is kept once for all that are alike.
  `CREATE INDEX wishes_state_idx ON wishes (district_id, state)`,
  `CREATE INDEX wishes_community_idx ON wishes (district_id, community_code, state)`,
  // The board: every page of every filter is a merge of a few short stretches of one of these, however many wishes there are.
  `CREATE INDEX wishes_board_idx ON wishes (district_id, board, kind, cost, board_at, id) WHERE board IS NOT NULL`,
  `CREATE INDEX wishes_board_community_idx ON wishes (district_id, community_code, board, kind, cost, board_at, id)
    WHERE board IS NOT NULL`,
  `CREATE INDEX wishes_board_needed_idx ON wishes (district_id, board, kind, cost, needed_span, board_at, id, needed_by)
    WHERE board IS NOT NULL AND needed_span IS NOT NULL`,
  `CREATE INDEX wishes_board_community_needed_idx ON wishes
    (district_id, community_code, board, kind, cost, needed_span, board_at, id, needed_by)
    WHERE board IS NOT NULL AND needed_span IS NOT NULL`,
  // What wishes say of places.
  `CREATE INDEX wishes_places_idx ON wishes (district_id, community_code, service)
    WHERE kind = 'place' AND state IN ('open', 'claimed', 'delivered', 'disputed', 'fulfilled')`,
  // What stands in another, when that one is merged again.
  `CREATE INDEX wishes_merged_idx ON wishes (district_id, merged_into) WHERE merged_into IS NOT NULL`,
  `CREATE INDEX wishes_ticket_idx ON wishes (district_id, ticket_hash) WHERE ticket_hash IS NOT NULL`,
  `CREATE INDEX wishes_person_idx ON wishes (district_id, person_id) WHERE person_id IS NOT NULL`,
  `CREATE INDEX wishes_contact_idx ON wishes (district_id, contact_hash) WHERE contact_hash IS NOT NULL`,
  // The desk: of one state, the oldest first.
  `CREATE INDEX wishes_desk_idx ON wishes (district_id, state, number)`,
  `CREATE INDEX wishes_needed_idx ON wishes (district_id, needed_by) WHERE needed_by IS NOT NULL`,
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
