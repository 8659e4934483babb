import type {
  AnswerKind,
  Choice,
  FollowUpState,
  ItemKind,
  Kind,
  Presence,
  QuestionKind,
  Rule,
  StatementState,
  Status,
} from '../../../shared/deliberations/kinds.ts'
import type { MinutesTexts } from '../../../shared/deliberations/minutes-api.ts'
import type { Requirement } from '../../../shared/deliberations/questions-api.ts'
import type { Counts, Option, Outcome, Quorum, RoomChange } from '../../../shared/deliberations/room.ts'
import type { Json } from './json.ts'

export interface DeliberationsTables {
  deliberations: {
    district_id: number
    id: string
    code: string
    kind: Kind
    title: string
    community_code: string
    compounds: Json<string[]>
    place: string
    starts_at: Date
    ends_at: Date | null
    host: string
    status: Status
    moderated: boolean
    speaker_seconds: number
    seats: number
    /** Of the plan; two who change it at once are told. */
    revision: number
    /** Of the last event. */
    sequence: number
    /** The highest numbers given so far. */
    participants: number
    statements: number
    created_by: string
    created_at: Date
    opened_at: Date | null
    closed_at: Date | null
  }
  agenda_items: {
    district_id: number
    id: string
    deliberation_id: string
    position: number
    title: string
    kind: ItemKind
    minutes: number
    state: 'waiting' | 'current' | 'done'
    started_at: Date | null
    ended_at: Date | null
  }
  invitees: {
    district_id: number
    id: string
    deliberation_id: string
    position: number
    /** Erased some time after the meeting. */
    name: Buffer | null
    compound: string | null
    seat: number | null
  }
  participants: {
    district_id: number
    id: string
    deliberation_id: string
    number: number
    channel: Presence
    seat: number | null
    name: Buffer | null
    compound: string | null
    invitee_id: string | null
    ticket_hash: Buffer | null
    names_me: boolean
    signed_in_at: Date
    left_at: Date | null
  }
  speakers: {
    district_id: number
    id: string
    deliberation_id: string
    agenda_item_id: string | null
    participant_id: string | null
    seat: number | null
    state: 'waiting' | 'speaking' | 'done' | 'withdrawn'
    asked_at: Date
    started_at: Date | null
    ended_at: Date | null
  }
  proposals: {
    district_id: number
    id: string
    deliberation_id: string
    position: number
    title: string
    text: string
  }
  statements: {
    district_id: number
    id: string
    deliberation_id: string
    number: number
    text: string
    agenda_item_id: string | null
    proposal_id: string | null
    participant_id: string | null
    seat: number | null
    channel: 'phone' | 'desk'
    state: StatementState
    reason: string | null
    merged_into: string | null
    service: string | null
    suggested: string | null
    /** When its words were last read for a suggestion. */
    suggested_at: Date | null
    coded_by: string | null
    answer: AnswerKind | null
    result: string | null
    answered_by: string | null
    answered_at: Date | null
    created_at: Date
    moderated_by: string | null
    moderated_at: Date | null
  }
  questions: {
    district_id: number
    id: string
    deliberation_id: string
    agenda_item_id: string | null
    kind: QuestionKind
    title: string
    options: Json<Option[]>
    picks: number
    secret: boolean
    rule: Rule | null
    quorum: Json<Quorum> | null
    requirement: Json<Requirement> | null
    state: 'draft' | 'open' | 'closed' | 'void'
    reason: string | null
    rerun_of: string | null
    created_at: Date
    opened_at: Date | null
    closed_at: Date | null
    outcome: Json<Outcome> | null
  }
  votes: {
    district_id: number
    question_id: string
    subject_id: string
    participant_id: string
    choice: Json<Choice | string[]>
    channel: Presence
    cast_at: Date
  }
  vote_log: {
    district_id: number
    id: string
    question_id: string
    subject_id: string
    participant_id: string
    choice: Json<Choice | string[]>
    channel: Presence
    actor: string
    cast_at: Date
  }
  hand_counts: {
    district_id: number
    question_id: string
    subject_id: string
    counts: Json<Counts>
    actor: string
    counted_at: Date
  }
  ballot_roll: { district_id: number; question_id: string; participant_id: string; channel: Presence }
  sealed_ballots: { district_id: number; id: string; question_id: string; sealed: Buffer }
  ballots: { district_id: number; id: string; question_id: string; choice: Choice }
  deliberation_events: {
    district_id: number
    deliberation_id: string
    seq: number
    audience: 'all' | 'desk'
    body: Json<RoomChange>
    at: Date
  }
  minutes: {
    district_id: number
    deliberation_id: string
    revision: number
    status: 'draft' | 'approved' | 'published'
    texts: Json<MinutesTexts>
    document: string | null
    sha256: Buffer | null
    edited_by: string
    edited_at: Date
    approved_by: string | null
    approved_at: Date | null
    published_at: Date | null
  }
  follow_ups: {
    district_id: number
    id: string
    deliberation_id: string
    number: number
    text: string
    owner: string
    due_on: string
    statement_ids: Json<string[]>
    question_id: string | null
    state: FollowUpState
    outcome: string | null
    revision: number
    created_by: string
    created_at: Date
    changed_at: Date
    reminded_on: string | null
  }
  statement_keywords: { district_id: number; service: string; words: Json<string[]> }
}
