import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'
import type { Level, Role } from '../../shared/people/roles.ts'
import type { Profile, Room } from '../../shared/places/api.ts'
import type { Mapping } from '../../shared/surveys/mapping.ts'

/** json columns go in as text that is already JSON (no second parse on the way) and come out parsed. */
type Json<T> = ColumnType<T, string, string>

export interface Tables {
  districts: { id: number; code: string; name: string; demo: boolean; created_at: Generated<Date> }
  place_versions: { district_id: number; version: number; changed_at: Date }
  catalogues: { district_id: number; version: number; body: JSONColumnType<object>; changed_at: Date }
  subdistricts: { district_id: number; code: string; name: string }
  communities: {
    district_id: number
    code: string
    subdistrict_code: string
    name: string
    kind: string
    pilot: boolean
    profile: Json<Profile>
  }
  blocks: { district_id: number; code: string; name: string }
  compounds: {
    district_id: number
    code: string
    community_code: string
    block_code: string | null
    name: string
    lon: number
    lat: number
    households: number
  }
  facilities: {
    district_id: number
    code: string
    community_code: string
    name: string
    service: string
    function: string | null
    is_public: boolean
    usable: boolean
    capacity: number | null
    area_m2: number | null
    lon: number
    lat: number
  }
  sites: {
    district_id: number
    code: string
    community_code: string
    name: string
    former_use: string
    fire_class: 'I' | 'II' | 'III' | 'IV'
    high_rise: boolean
    outdoor_m2: number
    lon: number | null
    lat: number | null
    rooms: Json<Room[]>
  }
  surveys: {
    district_id: number
    code: string
    title: string
    status: 'open' | 'paused' | 'closed'
    current_version: number
    created_at: Date
    /** Null until it is closed. */
    closed_at: Date | null
    /** Not before this moment, where there is one. */
    opens_at: Date | null
    /** From this moment on it is closed, whatever its status says. */
    closes_at: Date | null
  }
  survey_drafts: {
    district_id: number
    survey_code: string
    /** The version that it was made from. */
    base_version: number | null
    /** Counts how often it was saved. */
    revision: number
    title: string
    definition: Json<unknown>
    retention_days: number
    updated_at: Date
    /** Id of a person, or `key`, `local`. */
    updated_by: string
  }
  survey_versions: {
    district_id: number
    survey_code: string
    version: number
    definition: Json<unknown>
    published_at: Date
    /** So long after the survey is closed its answers are kept. */
    retention_days: Generated<number>
    /** Its answers are gone, its tallies stay. */
    erased_at: Date | null
    round: Generated<number>
    /** How the version before continues in this one. */
    mapping: Json<Mapping> | null
    /** Answers to the version before count on in this one. */
    counts_on: Generated<boolean>
    /** Id of a person, `key` or `local`. */
    published_by: string | null
  }
  survey_links: { district_id: number; code: string; survey_code: string; community_code: string }
  responses: {
    district_id: number
    id: string
    survey_code: string
    version: number
    community_code: string | null
    channel: string | null
    proxy: boolean | null
    review: Generated<string>
    started_at: Date | null
    submitted_at: Date | null
    received_at: Date
    consent_version: string | null
    answers: Json<Record<string, unknown>> | null
    slip: string | null
    device_hash: string | null
    network_hash: string | null
    /** Id of the member of the staff who took it down. */
    taken_by: string | null
    receipt: string | null
    withdrawn_at: Date | null
  }
  response_reviews: {
    district_id: number
    response_id: string
    /** From 1 on; the last one holds. */
    number: number
    survey_code: string
    decision: 'kept' | 'excluded' | 'open'
    reason: string | null
    /** Id of a person, or `key`, `local`. */
    decided_by: string
    decided_at: Date
  }
  response_signs: {
    district_id: number
    response_id: string
    survey_code: string
    version: number
    community_code: string
    channel: string
    score: number
    signs: Json<unknown>
    scored_at: Date
  }
  response_traces: {
    district_id: number
    survey_code: string
    kind: 'device' | 'network' | 'text'
    mark: string
    response_id: string
    at: Date
  }
  answer_paces: {
    district_id: number
    survey_code: string
    version: number
    channel: string
    counts: Json<number[]>
  }
  worker_sums: {
    district_id: number
    survey_code: string
    version: number
    worker: string
    community_code: string
    n: number
    nights: number
    counts: Json<number[]>
  }
  quality_progress: { district_id: number; scored_until: Date }
  response_conflicts: {
    district_id: number
    response_id: string
    content_hash: Buffer
    body: Json<unknown>
    received_at: Date
  }
  tally_outbox: { district_id: number; id: GeneratedAlways<number>; entries: string }
  tallies: {
    district_id: number
    survey_code: string
    version: number
    community_code: string
    cell: number
    channel: string
    proxy: boolean
    review: string
    n: number
    /** Packed, see PackedCounts. */
    counts: string
  }
  tally_versions: {
    district_id: number
    survey_code: string
    version: number
    community_code: string
    tally_version: number
  }
  /** Answers by the day on which they came in. */
  coverage_days: {
    district_id: number
    survey_code: string
    version: number
    community_code: string
    channel: string
    day: string
    n: number
  }
  quotas: {
    district_id: number
    survey_code: string
    community_code: string
    channel: string
    age_band: string
    target: number
  }
  contacts: {
    district_id: number
    id: string
    survey_code: string
    community_code: string
    day: string
    outcome: 'refused' | 'not-home'
    doors: number
    actor: string
    recorded_at: Date
    undone_at: Date | null
  }
  household_slips: {
    district_id: number
    code: string
    survey_code: string
    community_code: string
    compound_code: string | null
    batch: string
    issued_at: Date
  }
  campaign_versions: {
    district_id: number
    survey_code: string
    community_code: string
    campaign_version: number
  }
  demand_snapshots: {
    district_id: number
    survey_code: string
    version: number
    community_code: string
    tally_version: number
    place_version: number
    summary: Json<unknown>
    detail: Json<unknown>
    covariance: Json<number[][]> | null
    /** Which answers are counted in: those that were kept, or the excluded ones as well. */
    review: Generated<'kept' | 'all'>
  }
  briefs: {
    district_id: number
    site_code: string
    audience: 'staff' | 'public'
    edition: number
    hash: string
    document: string
    facts: string
    composed_at: Date
  }
  published_demand: {
    district_id: number
    survey_code: string
    version: number
    community_code: string
    n: number
    tallies: string
    published_at: Date
  }
  auth_user: {
    id: string
    name: string
    email: string
    created_at: Date
    updated_at: Date
    two_factor_enabled: Generated<boolean>
    username: string | null
    district_id: number
    /** Holds that role somewhere; whether anybody does must be known without looking into any district. */
    administrator: Generated<boolean>
  }
  auth_session: {
    id: string
    expires_at: Date
    token: string
    created_at: Date
    updated_at: Date
    ip_address: string | null
    user_agent: string | null
    user_id: string
  }
  auth_account: {
    id: string
    account_id: string
    provider_id: string
    user_id: string
    password: string | null
    created_at: Date
    updated_at: Date
  }
  auth_verification: { id: string; identifier: string; value: string; expires_at: Date }
  auth_two_factor: { id: string; user_id: string; verified: boolean }
  sign_in_attempts: { key: string; tries: number; until: Date }
  people: {
    district_id: number
    id: string
    kind: 'staff' | 'resident' | 'erased'
    username: string
    name: Buffer
    phone: Buffer | null
    phone_hash: Buffer | null
    status: 'invited' | 'active' | 'disabled'
    created_at: Date
    last_seen_at: Date | null
  }
  grants: { district_id: number; id: string; person_id: string; role: Role; level: Level; code: string }
  phone_codes: { district_id: number; phone_hash: Buffer; code_hash: Buffer; tries: number; until: Date }
  notices: {
    district_id: number
    id: string
    person_id: string
    text: string
    link: string | null
    created_at: Date
    read_at: Date | null
  }
  text_messages: {
    district_id: number
    id: string
    purpose: string
    phone_hash: Buffer
    phone: Buffer | null
    body: Buffer | null
    status: 'waiting' | 'outbox' | 'sent' | 'failed' | 'expired'
    attempts: Generated<number>
    problem: string | null
    created_at: Date
    valid_until: Date | null
    changed_at: Date
  }
  files: {
    district_id: number
    id: string
    subject: string
    name: string
    media_type: string
    size_bytes: number
    sha256: Buffer
    created_at: Date
  }
  /** The words of an open answer are in `responses` alone. */
  open_answers: {
    district_id: number
    response_id: string
    question: string
    survey_code: string
    version: number
    community_code: string
    state: Generated<'waiting' | 'confirmed' | 'none' | 'set_aside'>
    /** Revision of the dictionary; -1: not looked at yet. */
    suggested_with: Generated<number>
    /** The last one that touched it. */
    decision: string | null
  }
  open_answer_codes: {
    district_id: number
    response_id: string
    question: string
    code: string
    state: 'suggested' | 'confirmed' | 'rejected'
    /** Before the last decision; null where there was nothing. */
    was: string | null
    decision: string | null
    decided_by: string | null
    decided_at: Date | null
  }
  code_dictionaries: { district_id: number; revision: number; body: Json<unknown>; changed_at: Date }
  quotations: {
    district_id: number
    id: string
    survey_code: string
    response_id: string
    question: string
    code: string
    community_code: string
    pieces: Json<[number, number][]>
    masked_length: number
    is_public: boolean
    chosen_by: string
    chosen_at: Date
  }
  open_answer_marks: { district_id: number; survey_code: string; read_to: Date; counted: number }
  open_words: { district_id: number; survey_code: string; word: string; answers: number }
  exports: {
    district_id: number
    id: string
    survey_code: string
    format: string
    edition: string | null
    excluded: boolean
    /** Null for the whole district. */
    reach: Json<string[]> | null
    made_by: string
    status: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
    rows_done: Generated<number>
    rows_total: number | null
    size_bytes: number | null
    sha256: string | null
    problem: string | null
    about: Json<string[]> | null
    columns: Json<unknown[]> | null
    created_at: Date
    expires_at: Date
  }
  secret_keys: { name: string; sealed: Buffer }
  audit_entries: {
    district_id: number
    /** From 1 on, without gaps. */
    seq: number
    at: Date
    actor: string
    action: string
    subject: string
    /** JSON as it was written. */
    before: string | null
    after: string | null
    purpose: string | null
    from_address: string | null
    previous: Buffer
    hash: Buffer
  }
}
