import type { ColumnType } from 'kysely'
import type { Where } from '../../../shared/wishes/api.ts'
import type { Flag } from '../../../shared/wishes/desk-api.ts'
import type { Cost, Kind } from '../../../shared/wishes/kinds.ts'
import type { Actor, State, Step } from '../../../shared/wishes/states.ts'
import type { Json } from './json.ts'

/** What the database works out by itself. */
type Made<T> = ColumnType<T, never, never>

export interface WishesTables {
  stations: {
    district_id: number
    id: string
    name: string
    community_code: string
    active: boolean
    created_at: Date
  }
  wishes: {
    district_id: number
    id: string
    number: number
    community_code: string
    kind: Kind
    text: string
    /** As the wisher wrote it, where staff have masked something. */
    original: string
    place: Json<Where> | null
    cost: Cost
    needed_by: string | null
    service: string | null
    state: State
    /** What staff said last to the wisher or the holder. */
    reason: string | null
    flags: Json<Flag[]>
    hardship: boolean
    publish: boolean
    /** Was let go or ran out. */
    fallback: boolean
    merged_into: string | null
    supporters: number
    contact: Buffer | null
    name: Buffer | null
    /** Keyed: of the number, and of all that was posted. */
    contact_hash: Buffer | null
    posted_hash: Buffer | null
    /** A file of the subject wish:<id>; those of evidence are claim:<id>. */
    photo_id: string | null
    ticket_hash: Buffer | null
    person_id: string | null
    station_id: string | null
    posted_by: string
    thanks: string | null
    rating: number | null
    revision: number
    created_at: Date
    opened_at: Date | null
    changed_at: Date
    fulfilled_at: Date | null
    /** Made by the database: 0 to be claimed, 1 held, 2 fulfilled and shown; null where it is not on the board. */
    board: Made<number | null>
    board_at: Made<Date | null>
    needed_span: Made<number | null>
  }
  wish_counters: { district_id: number; numbers: number; seq: number }
  wish_supporters: {
    district_id: number
    wish_id: string
    supporter_hash: Buffer
    device_hash: Buffer | null
    at: Date
  }
  wish_steps: {
    district_id: number
    wish_id: string
    seq: number
    step: Step | 'post'
    from_state: State | null
    to_state: State
    actor: string
    role: Actor
    reason: string | null
    at: Date
  }
  wish_rules: {
    district_id: number
    words: Json<string[]>
    claim_days: number
    extension_days: number
    changed_at: Date
  }
  sponsors: {
    district_id: number
    id: string
    name: string
    fallback_for: string | null
    claim_limit: number
    active: boolean
    created_at: Date
  }
  sponsor_members: { district_id: number; person_id: string; sponsor_id: string }
  claims: {
    district_id: number
    id: string
    wish_id: string
    sponsor_id: string
    person_id: string
    claimed_at: Date
    due_on: string
    extended: boolean
    /** How many reminders were sent: one at half time, one two days before, and one to staff where nobody confirms. */
    reminded: number
    ended_at: Date | null
    ended: 'fulfilled' | 'released' | 'expired' | 'reassigned' | 'withdrawn' | null
    reason: string | null
    note: string | null
    done_on: string | null
    delivered_at: Date | null
  }
}
