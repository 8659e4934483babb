import type { Generated } from 'kysely'
import type { Json } from './json.ts'

export interface ThemesTables {
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
}
