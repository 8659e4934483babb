import T, { type Static } from 'typebox'
import { id, maybe } from '../schema.ts'
import { answers, itemKinds, kinds, questionKinds, rules, statuses, verdicts } from './kinds.ts'

/**
 * What everybody in a room sees: phones, the wall and the desk. Nothing in it says who somebody is beyond a seat or the
 * number of their sign-in. A screen reads it whole once and then applies events in the order of `seq`.
 */

const count = T.Integer({ minimum: 0 })
const moment = T.String()

export const RoomHead = T.Object({
  deliberation: id,
  code: T.String(),
  kind: T.Enum([...kinds]),
  title: T.String(),
  communityName: T.String(),
  place: T.String(),
  startsAt: moment,
  endsAt: maybe(moment),
  host: T.String(),
  status: T.Enum([...statuses]),
  moderated: T.Boolean(),
  /** How long one speaker has. */
  speakerSeconds: T.Integer(),
  /** Those who have signed in and not left; of them, by phone and by seat card. */
  present: count,
  byPhone: count,
  bySeat: count,
})
export type RoomHead = Static<typeof RoomHead>

export const RoomItem = T.Object({
  id,
  title: T.String(),
  kind: T.Enum([...itemKinds]),
  minutes: T.Integer(),
  state: T.Enum(['waiting', 'current', 'done']),
  startedAt: maybe(moment),
})
export type RoomItem = Static<typeof RoomItem>

export const RoomSpeaker = T.Object({
  id,
  /** 12号座, or 第5位签到. */
  label: T.String(),
  state: T.Enum(['waiting', 'speaking']),
  /** Has not spoken before in this deliberation. */
  first: T.Boolean(),
  startedAt: maybe(moment),
})
export type RoomSpeaker = Static<typeof RoomSpeaker>

/** A statement that passed moderation and was not merged into another. */
export const RoomStatement = T.Object({
  id,
  number: T.Integer(),
  text: T.String(),
  item: maybe(id),
  proposal: maybe(id),
  service: maybe(T.String()),
  state: T.Enum(['shown', 'discussed']),
  result: maybe(T.String()),
  answer: maybe(T.Enum([...answers])),
  /** Those merged into it, with their own words. */
  merged: T.Array(T.Object({ number: T.Integer(), text: T.String() })),
})
export type RoomStatement = Static<typeof RoomStatement>

export const RoomProposal = T.Object({ id, title: T.String(), text: T.String() })
export type RoomProposal = Static<typeof RoomProposal>

const Counts = T.Object({ agree: count, disagree: count, pass: count })
export type Counts = Static<typeof Counts>

/** Votes on one option of an opinion question. Shares are of those who voted on it. */
export const OpinionResult = T.Object({
  option: id,
  all: Counts,
  byChannel: T.Object({ phone: Counts, seat: Counts }),
  /** A show of hands beside it, never added. */
  hands: maybe(Counts),
  /** Group-informed consensus, the product over groups of (agree + 1) / (seen + 2), 0..1; and the same for disagreeing. */
  consensus: T.Number(),
  dissent: T.Number(),
})
export type OpinionResult = Static<typeof OpinionResult>

/** Opinion groups, only where methods.md lets them be shown. */
export const OpinionGroups = T.Object({
  k: T.Integer(),
  /** Mean silhouette of each k that was tried, and of the one chosen. */
  silhouettes: T.Array(T.Object({ k: T.Integer(), silhouette: T.Number() })),
  /** Adjusted Rand index between the grouping and those of resamples, median. */
  stability: T.Number(),
  seed: T.Integer(),
  engine: T.String(),
  groups: T.Array(
    T.Object({
      size: count,
      centre: T.Tuple([T.Number(), T.Number()]),
      representative: T.Array(
        T.Object({ option: id, agrees: T.Boolean(), share: T.Number(), of: count, ratio: T.Number() }),
      ),
    }),
  ),
  /** Where people stand, in no order that tells who they are. */
  points: T.Array(T.Tuple([T.Number(), T.Number(), T.Integer()])),
})
export type OpinionGroups = Static<typeof OpinionGroups>

const Turnout = T.Object({ phone: count, seat: count })

export const Outcome = T.Union([
  T.Object({
    kind: T.Literal('opinion'),
    present: count,
    voted: Turnout,
    /** In the order of consensus. */
    results: T.Array(OpinionResult),
    groups: maybe(OpinionGroups),
    /** Why there are no groups, in Chinese. */
    withoutGroups: maybe(T.String()),
  }),
  T.Object({
    kind: T.Enum(['dots', 'ranking']),
    present: count,
    voted: Turnout,
    /** Dots, or Borda points, by option, the most first; `byChannel` adds up to `points`. */
    results: T.Array(T.Object({ option: id, points: count, byChannel: Turnout, hands: maybe(count) })),
  }),
  T.Object({
    kind: T.Literal('motion'),
    /** Those present, those invited, and how many the quorum asks for. */
    present: count,
    roster: count,
    needed: count,
    verdict: T.Enum([...verdicts]),
    voted: Turnout,
    all: Counts,
    /** Null in a secret ballot: few on one channel would be told apart. Then `voted` says who came by which. */
    byChannel: maybe(T.Object({ phone: Counts, seat: Counts })),
    hands: maybe(Counts),
  }),
])
export type Outcome = Static<typeof Outcome>
export type OpinionOutcome = Extract<Outcome, { kind: 'opinion' }>
export type PointsOutcome = Extract<Outcome, { kind: 'dots' | 'ranking' }>
export type MotionOutcome = Extract<Outcome, { kind: 'motion' }>

export const Option = T.Object({ id, text: T.String({ minLength: 1, maxLength: 600 }) })
export type Option = Static<typeof Option>

/** `share` of those on the roster must be present, or of those present must vote. */
export const Quorum = T.Object({
  of: T.Enum(['roster', 'attendance']),
  share: T.Number({ exclusiveMinimum: 0, maximum: 1 }),
})
export type Quorum = Static<typeof Quorum>

/** A question that was put to the vote, or is about to be: drafts stay at the desk. */
export const RoomQuestion = T.Object({
  id,
  item: maybe(id),
  kind: T.Enum([...questionKinds]),
  title: T.String(),
  options: T.Array(Option),
  /** How many options somebody may pick (dots), or puts in order (ranking). */
  picks: T.Integer(),
  secret: T.Boolean(),
  rule: maybe(T.Enum([...rules])),
  quorum: maybe(Quorum),
  state: T.Enum(['open', 'closed', 'void']),
  /** Why it was voided. */
  reason: maybe(T.String()),
  rerunOf: maybe(id),
  openedAt: moment,
  /** While it is open nothing but this is said of the votes. */
  voted: count,
  present: count,
  outcome: maybe(Outcome),
})
export type RoomQuestion = Static<typeof RoomQuestion>

export const Room = T.Object({
  seq: T.Integer(),
  head: RoomHead,
  items: T.Array(RoomItem),
  speakers: T.Array(RoomSpeaker),
  statements: T.Array(RoomStatement),
  proposals: T.Array(RoomProposal),
  questions: T.Array(RoomQuestion),
})
export type Room = Static<typeof Room>

/** What an event puts in the place of what was there. `desk` tells the desk alone that it has something to read again. */
export const RoomChange = T.Union([
  T.Object({ kind: T.Literal('head'), head: RoomHead }),
  T.Object({ kind: T.Literal('items'), items: T.Array(RoomItem) }),
  T.Object({ kind: T.Literal('speakers'), speakers: T.Array(RoomSpeaker) }),
  T.Object({ kind: T.Literal('statement'), statement: RoomStatement }),
  T.Object({ kind: T.Literal('statement-gone'), statement: id }),
  T.Object({ kind: T.Literal('proposals'), proposals: T.Array(RoomProposal) }),
  T.Object({ kind: T.Literal('question'), question: RoomQuestion }),
  T.Object({
    kind: T.Literal('desk'),
    about: T.Enum(['plan', 'attendance', 'statements', 'questions', 'minutes', 'follow-ups']),
  }),
])
export type RoomChange = Static<typeof RoomChange>

export const RoomEvent = T.Object({ seq: T.Integer(), change: RoomChange })
export type RoomEvent = Static<typeof RoomEvent>

function placed<E extends { id: string }>(all: readonly E[], one: E): E[] {
  return all.some(({ id }) => id === one.id) ? all.map((each) => (each.id === one.id ? one : each)) : [...all, one]
}

function changed(room: Room, change: RoomChange): Room {
  switch (change.kind) {
    case 'head':
      return { ...room, head: change.head }
    case 'items':
      return { ...room, items: change.items }
    case 'speakers':
      return { ...room, speakers: change.speakers }
    case 'statement':
      // One that was approved late stands where it stands for whoever reads the room anew.
      return { ...room, statements: placed(room.statements, change.statement).sort((a, b) => a.number - b.number) }
    case 'statement-gone':
      return { ...room, statements: room.statements.filter(({ id }) => id !== change.statement) }
    case 'proposals':
      return { ...room, proposals: change.proposals }
    case 'question':
      return { ...room, questions: placed(room.questions, change.question) }
    case 'desk':
      return room
  }
}

/** The room after an event; the same object where the event is not later than what it shows. */
export function follow(room: Room, { seq, change }: RoomEvent): Room {
  return seq <= room.seq ? room : { ...changed(room, change), seq }
}
