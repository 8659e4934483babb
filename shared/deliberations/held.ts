import type { Kind, Verdict } from './kinds.ts'
import type { Requirement } from './questions-api.ts'
import type { Counts } from './room.ts'

/** What a motion came to. */
export interface HeldMotion {
  title: string
  verdict: Verdict
  counts: Counts
  requirement: Requirement | null
}

/** A closed deliberation as others may tell of it: what came of it, and nothing of who said what. */
export interface Held {
  /** Of the room. */
  code: string
  kind: Kind
  title: string
  startsOn: string
  endsOn: string | null
  closedAt: string
  /** Everybody who signed in. */
  present: number
  /** Those that were taken, also into others. */
  statements: number
  services: { service: string; statements: number; agree: number; disagree: number }[]
  /** What most agreed on, in the words that were on the wall. */
  agreed: { text: string; counts: Counts }[]
  /** In the order of being put to the vote. */
  motions: HeldMotion[]
}
