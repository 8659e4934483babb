import type { Json } from './json.ts'

export interface QualityTables {
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
}
