import { type Kysely, sql } from 'kysely'

// The tables of better-auth, as its schema asks for them (core and two-factor), with our names for the columns and three
// of our own in auth_user: username, district_id and administrator.
const signIn = [
  `CREATE TABLE auth_user (
    id text PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL CONSTRAINT auth_user_email_key UNIQUE,
    email_verified boolean NOT NULL DEFAULT false,
    image text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    two_factor_enabled boolean NOT NULL DEFAULT false,
    username text CONSTRAINT auth_user_username_key UNIQUE,
    district_id integer NOT NULL,
    administrator boolean NOT NULL DEFAULT false
  )`,
  `CREATE TABLE auth_session (
    id text PRIMARY KEY,
    expires_at timestamptz NOT NULL,
    token text NOT NULL CONSTRAINT auth_session_token_key UNIQUE,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    ip_address text,
    user_agent text,
    user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE
  )`,
  `CREATE TABLE auth_account (
    id text PRIMARY KEY,
    account_id text NOT NULL,
    provider_id text NOT NULL,
    user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  `CREATE TABLE auth_verification (
    id text PRIMARY KEY,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  `CREATE TABLE auth_two_factor (
    id text PRIMARY KEY,
    secret text NOT NULL,
    backup_codes text NOT NULL,
    user_id text NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
    verified boolean NOT NULL DEFAULT false,
    failed_verification_count integer NOT NULL DEFAULT 0,
    locked_until timestamptz
  )`,
  // How often something was tried lately, by account, phone or address; the keys are hashed.
  `CREATE TABLE sign_in_attempts (
    key text PRIMARY KEY,
    tries integer NOT NULL,
    until timestamptz NOT NULL
  )`,
]

// A person has the id of their account.
const people = [
  `CREATE TABLE people (
    district_id integer NOT NULL REFERENCES districts (id),
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('staff', 'resident')),
    username text NOT NULL,
    name bytea NOT NULL,
    phone bytea,
    phone_hash bytea,
    status text NOT NULL CHECK (status IN ('invited', 'active', 'disabled')),
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT people_username_key UNIQUE (district_id, username),
    CONSTRAINT people_phone_key UNIQUE (district_id, kind, phone_hash),
    CONSTRAINT people_phone_check CHECK ((phone IS NULL) = (phone_hash IS NULL))
  )`,
  `CREATE TABLE grants (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    level text NOT NULL CHECK (level IN ('district', 'subdistrict', 'community')),
    code text NOT NULL CHECK ((level = 'district') = (code = '')),
    PRIMARY KEY (district_id, id),
    CONSTRAINT grants_once_key UNIQUE (district_id, person_id, role, level, code),
    CONSTRAINT grants_person_fkey FOREIGN KEY (district_id, person_id) REFERENCES people (district_id, id) ON DELETE CASCADE
  )`,
  // The code that was last sent to a phone; never the code itself.
  `CREATE TABLE phone_codes (
    district_id integer NOT NULL REFERENCES districts (id),
    phone_hash bytea NOT NULL,
    code_hash bytea NOT NULL,
    tries integer NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (district_id, phone_hash)
  )`,
]

const comments: Record<string, 'local' | 'distributed'> = {
  auth_user: 'local',
  auth_session: 'local',
  auth_account: 'local',
  auth_verification: 'local',
  auth_two_factor: 'local',
  sign_in_attempts: 'local',
  people: 'distributed',
  grants: 'distributed',
  phone_codes: 'distributed',
}

const indexes = [
  `CREATE INDEX auth_session_user_idx ON auth_session (user_id)`,
  `CREATE INDEX auth_session_expires_idx ON auth_session (expires_at)`,
  `CREATE INDEX auth_account_user_idx ON auth_account (user_id)`,
  `CREATE INDEX auth_verification_identifier_idx ON auth_verification (identifier)`,
  `CREATE INDEX auth_two_factor_user_idx ON auth_two_factor (user_id)`,
  `CREATE INDEX grants_role_idx ON grants (district_id, role)`,
  `CREATE INDEX auth_user_administrator_idx ON auth_user (id) WHERE administrator`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of [...signIn, ...people, ...indexes]) await sql.raw(statement).execute(db)
  for (const [table, kind] of Object.entries(comments)) {
    await sql.raw(`COMMENT ON TABLE ${table} IS 'citus:${kind}'`).execute(db)
  }
}
