import { type Kysely, sql } from 'kysely'

const tables = [
  `CREATE TABLE districts (
    id integer PRIMARY KEY,
    code text NOT NULL CONSTRAINT districts_code_key UNIQUE CHECK (code ~ '^[A-Z]{2,4}$'),
    name text NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE place_versions (
    district_id integer NOT NULL PRIMARY KEY REFERENCES districts (id),
    version bigint NOT NULL,
    changed_at timestamptz NOT NULL
  )`,
  `CREATE TABLE catalogues (
    district_id integer NOT NULL REFERENCES districts (id),
    version integer NOT NULL,
    body jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, version)
  )`,
  `CREATE TABLE subdistricts (
    district_id integer NOT NULL REFERENCES districts (id),
    code text NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (district_id, code)
  )`,
  `CREATE TABLE communities (
    district_id integer NOT NULL REFERENCES districts (id),
    code text NOT NULL,
    subdistrict_code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL DEFAULT '',
    pilot boolean NOT NULL DEFAULT false,
    profile jsonb NOT NULL,
    PRIMARY KEY (district_id, code),
    CONSTRAINT communities_subdistrict_fkey FOREIGN KEY (district_id, subdistrict_code) REFERENCES subdistricts (district_id, code)
  )`,
  `CREATE TABLE blocks (
    district_id integer NOT NULL REFERENCES districts (id),
    code text NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (district_id, code)
  )`,
  `CREATE TABLE compounds (
    district_id integer NOT NULL REFERENCES districts (id),
    code text NOT NULL,
    community_code text NOT NULL,
    block_code text,
    name text NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    households integer NOT NULL CHECK (households >= 0),
    PRIMARY KEY (district_id, code),
    CONSTRAINT compounds_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code),
    CONSTRAINT compounds_block_fkey FOREIGN KEY (district_id, block_code) REFERENCES blocks (district_id, code)
  )`,
  `CREATE TABLE facilities (
    district_id integer NOT NULL REFERENCES districts (id),
    code text NOT NULL,
    community_code text NOT NULL,
    name text NOT NULL,
    service text NOT NULL,
    function text,
    is_public boolean NOT NULL,
    usable boolean NOT NULL,
    capacity integer CHECK (capacity >= 0),
    area_m2 double precision CHECK (area_m2 >= 0),
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    PRIMARY KEY (district_id, code),
    CONSTRAINT facilities_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code),
    CONSTRAINT facilities_size_check CHECK (capacity IS NOT NULL OR area_m2 IS NOT NULL)
  )`,
  `CREATE TABLE sites (
    district_id integer NOT NULL REFERENCES districts (id),
    code text NOT NULL,
    community_code text NOT NULL,
    name text NOT NULL,
    former_use text NOT NULL DEFAULT '',
    fire_class text NOT NULL CHECK (fire_class IN ('I', 'II', 'III', 'IV')),
    high_rise boolean NOT NULL DEFAULT false,
    outdoor_m2 double precision NOT NULL CHECK (outdoor_m2 >= 0),
    lon double precision,
    lat double precision,
    rooms jsonb NOT NULL,
    PRIMARY KEY (district_id, code),
    CONSTRAINT sites_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code)
  )`,
  `CREATE TABLE surveys (
    district_id integer NOT NULL REFERENCES districts (id),
    code text NOT NULL,
    title text NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'closed')),
    current_version integer NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, code)
  )`,
  `CREATE TABLE survey_versions (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    definition json NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, survey_code, version),
    CONSTRAINT survey_versions_survey_fkey FOREIGN KEY (district_id, survey_code) REFERENCES surveys (district_id, code)
  )`,
  `CREATE TABLE survey_links (
    district_id integer NOT NULL,
    code text NOT NULL,
    survey_code text NOT NULL,
    community_code text NOT NULL,
    PRIMARY KEY (district_id, code),
    CONSTRAINT survey_links_place_key UNIQUE (district_id, survey_code, community_code),
    CONSTRAINT survey_links_survey_fkey FOREIGN KEY (district_id, survey_code) REFERENCES surveys (district_id, code),
    CONSTRAINT survey_links_community_fkey FOREIGN KEY (district_id, community_code) REFERENCES communities (district_id, code)
  )`,
  // A withdrawn answer keeps its id here with everything else wiped, so that a late retry of the same id meets the
  // same unique key and can never bring the answer back. No foreign keys: places and version are checked before the
  // batch, and a lookup per row would be paid by every resident who submits.
  `CREATE TABLE responses (
    district_id integer NOT NULL,
    id uuid NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text,
    channel text,
    proxy boolean,
    review text NOT NULL DEFAULT 'kept' CHECK (review IN ('kept', 'excluded')),
    started_at timestamptz,
    submitted_at timestamptz,
    received_at timestamptz NOT NULL,
    consent_version text,
    answers json,
    slip text,
    device_hash text,
    content_hash bytea,
    receipt text,
    withdrawn_at timestamptz,
    PRIMARY KEY (district_id, id),
    CONSTRAINT responses_receipt_key UNIQUE (district_id, receipt)
  )`,
  `CREATE TABLE response_conflicts (
    district_id integer NOT NULL,
    response_id uuid NOT NULL,
    content_hash bytea NOT NULL,
    body json NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, response_id, content_hash)
  )`,
  // One row a commit, not one an answer: what the commit adds to (or takes from) the tallies, waiting to be folded in.
  `CREATE TABLE tally_outbox (
    district_id integer NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    entries json NOT NULL,
    PRIMARY KEY (district_id, id)
  )`,
  `CREATE TABLE tallies (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text NOT NULL,
    cell integer NOT NULL,
    channel text NOT NULL,
    proxy boolean NOT NULL,
    review text NOT NULL,
    n integer NOT NULL,
    counts integer[] NOT NULL,
    PRIMARY KEY (district_id, survey_code, version, community_code, cell, channel, proxy, review)
  )`,
  `CREATE TABLE tally_versions (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text NOT NULL,
    tally_version bigint NOT NULL,
    PRIMARY KEY (district_id, survey_code, version, community_code)
  )`,
  `CREATE TABLE demand_snapshots (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text NOT NULL,
    tally_version bigint NOT NULL,
    place_version bigint NOT NULL,
    summary json NOT NULL,
    detail json NOT NULL,
    PRIMARY KEY (district_id, survey_code, version, community_code)
  )`,
  // Text, not jsonb: a brief must come back byte for byte years later.
  `CREATE TABLE briefs (
    district_id integer NOT NULL REFERENCES districts (id),
    site_code text NOT NULL,
    audience text NOT NULL CHECK (audience IN ('staff', 'public')),
    edition integer NOT NULL,
    hash text NOT NULL,
    document text NOT NULL,
    facts text NOT NULL,
    composed_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, site_code, audience, edition),
    CONSTRAINT briefs_site_fkey FOREIGN KEY (district_id, site_code) REFERENCES sites (district_id, code)
  )`,
  `CREATE TABLE published_demand (
    district_id integer NOT NULL,
    survey_code text NOT NULL,
    version integer NOT NULL,
    community_code text NOT NULL,
    n integer NOT NULL,
    tallies text NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (district_id, survey_code, version, community_code)
  )`,
]

const comments: Record<string, 'reference' | 'distributed'> = {
  districts: 'reference',
  place_versions: 'distributed',
  catalogues: 'distributed',
  subdistricts: 'distributed',
  communities: 'distributed',
  blocks: 'distributed',
  compounds: 'distributed',
  facilities: 'distributed',
  sites: 'distributed',
  surveys: 'distributed',
  survey_versions: 'distributed',
  survey_links: 'distributed',
  responses: 'distributed',
  response_conflicts: 'distributed',
  tally_outbox: 'distributed',
  tallies: 'distributed',
  tally_versions: 'distributed',
  demand_snapshots: 'distributed',
  briefs: 'distributed',
  published_demand: 'distributed',
}

const indexes = [
  `CREATE INDEX compounds_community_idx ON compounds (district_id, community_code)`,
  `CREATE INDEX sites_community_idx ON sites (district_id, community_code)`,
]

// biome-ignore lint/suspicious/noExplicitAny: a migration must not know today's tables
export async function up(db: Kysely<any>): Promise<void> {
  for (const statement of [...tables, ...indexes]) await sql.raw(statement).execute(db)
  for (const [table, kind] of Object.entries(comments)) {
    await sql.raw(`COMMENT ON TABLE ${table} IS 'citus:${kind}'`).execute(db)
  }
}
