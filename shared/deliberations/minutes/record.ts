import type { AnswerKind, FollowUpState, ItemKind, Kind, QuestionKind, Rule, StatementState } from '../kinds.ts'
import type { Option, Outcome, Quorum } from '../room.ts'

/**
 * What was recorded of a deliberation, as minutes are made from it. Moments are those of the clocks in China, with `+08:00`.
 * Nobody is named in it but those who let themselves be, and seats are in no part of it.
 */
export interface MinutesRecord {
  id: string
  /** Number of the last event in it. */
  sequence: number
  demo: boolean
  kind: Kind
  title: string
  communityName: string
  /** Names of the compounds of a courtyard council; none is the whole community. */
  compounds: string[]
  place: string
  host: string
  startsAt: string
  endsAt: string | null
  openedAt: string | null
  closedAt: string | null
  /** Day of the minutes. */
  date: string
  attendance: {
    /** Those invited, and how many of them came. */
    roster: number
    fromRoster: number
    phone: number
    seat: number
    /** Those who left before the end. */
    left: number
    /** Names of those who let the minutes name them, in the order of signing in. */
    named: string[]
  }
  agenda: RecordedItem[]
  proposals: { id: string; title: string }[]
  statements: RecordedStatement[]
  /** In the order of the catalogue. */
  services: { code: string; name: string }[]
  questions: RecordedQuestion[]
  followUps: RecordedFollowUp[]
}

export interface RecordedItem {
  id: string
  title: string
  kind: ItemKind
  minutes: number
  startedAt: string | null
  endedAt: string | null
}

export interface RecordedStatement {
  id: string
  number: number
  text: string
  channel: 'phone' | 'desk'
  item: string | null
  proposal: string | null
  service: string | null
  state: StatementState
  mergedInto: string | null
  answer: AnswerKind | null
  result: string | null
}

export interface RecordedQuestion {
  id: string
  item: string | null
  kind: QuestionKind
  title: string
  options: Option[]
  secret: boolean
  rule: Rule | null
  quorum: Quorum | null
  /** What a motion asks for on a site, in words. */
  requires: { site: string; service: string } | null
  state: 'open' | 'closed' | 'void'
  reason: string | null
  rerunOf: string | null
  outcome: Outcome | null
}

export interface RecordedFollowUp {
  number: number
  text: string
  owner: string
  dueOn: string
  statements: string[]
  question: string | null
  state: FollowUpState
  outcome: string | null
}
