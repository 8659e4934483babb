import { type Kysely, sql } from 'kysely'

const statements = [
  `CREATE TABLE secret_keys (
    name text PRIMARY KEY,
    sealed bytea NOT NULL
  )`,
  `COMMENT ON TABLE secret_keys IS 'citus:local'`,
  // Text, not jsonb: what was hashed has to come back letter by letter.
  `CREATE TABLE audit_entries (
    district_id integer NOT NULL REFERENCES districts (id),
    seq bigint NOT NULL CHECK (seq > 0),
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    before text,
    after text,
    purpose text,
    from_address text,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (district_id, seq)
  )`,
  `COMMENT ON TABLE audit_entries IS 'citus:distributed'`,
  `CREATE INDEX audit_entries_actor ON audit_entries (district_id, actor, seq)`,
  `CREATE INDEX audit_entries_subject ON audit_entries (district_id, subject text_pattern_ops, seq)`,
  `CREATE INDEX audit_entries_at ON audit_entries (district_id, at)`,
  // Entries are added and read. Whoever owns the table has to give themselves the right back before they can change one.
  `REVOKE UPDATE, DELETE, TRUNCATE ON audit_entries FROM CURRENT_USER`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
