import type { Generated } from 'kysely'
import type { Json } from './json.ts'

export interface ResultsTables {
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
  published_demand: {
    district_id: number
    survey_code: string
    version: number
    community_code: string
    n: number
    tallies: string
    published_at: Date
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
}
