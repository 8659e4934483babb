import type { Generated, GeneratedAlways } from 'kysely'
import type { Mapping } from '../../../shared/surveys/mapping.ts'
import type { Json } from './json.ts'

export interface SurveysTables {
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
}
