import { type Kysely, sql } from 'kysely'

const tables = [
  `CREATE TABLE notices (
    district_id integer NOT NULL REFERENCES districts (id),
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    text text NOT NULL,
    link text,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    PRIMARY KEY (district_id, id)
  )`,
  // Number and text are sealed, and wiped once nobody needs them; the keyed hash is what a resident's request is found by.
  `CREATE TABLE text_messages (
    district_id integer NOT NULL REFERENCES districts (id),
    id uuid NOT NULL,
    purpose text NOT NULL,
    phone_hash bytea NOT NULL,
    phone bytea,
    body bytea,
    status text NOT NULL CHECK (status IN ('waiting', 'outbox', 'sent', 'failed', 'expired')),
    attempts integer NOT NULL DEFAULT 0,
    problem text,
    created_at timestamptz NOT NULL,
    valid_until timestamptz,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, id)
  )`,
  // What a file belongs to is named by the room that keeps it; its content lies on disk under its id.
  `CREATE TABLE files (
    district_id integer NOT NULL REFERENCES districts (id),
    id uuid NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size_bytes integer NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, id)
  )`,
]

const indexes = [
  `CREATE INDEX notices_person_idx ON notices (district_id, person_id, created_at, id)`,
  `CREATE INDEX text_messages_status_idx ON text_messages (district_id, status, created_at)`,
  `CREATE INDEX text_messages_phone_idx ON text_messages (district_id, phone_hash)`,
  `CREATE INDEX files_subject_idx ON files (district_id, subject)`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of [...tables, ...indexes]) await sql.raw(statement).execute(db)
  for (const table of ['notices', 'text_messages', 'files']) {
    await sql.raw(`COMMENT ON TABLE ${table} IS 'citus:distributed'`).execute(db)
  }
}
