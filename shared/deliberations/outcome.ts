import type { Presence, Rule } from './kinds.ts'
import { type House, isReached, neededBy } from './quorum.ts'
import type { Counts, MotionOutcome, PointsOutcome, Quorum } from './room.ts'

/** What somebody picked, or put in order. */
export interface Picked {
  options: readonly string[]
  channel: Presence
}

/**
 * Whether a motion passes. Votes cast are those for and against, as in Robert's Rules of Order (12th ed., 44:1 and 44:3):
 * whoever abstains is not counted, but for `present`, which asks for more than half of everybody in the room (44:9).
 */
export function passes(rule: Rule, { agree, disagree }: Counts, present: number): boolean {
  switch (rule) {
    case 'simple':
      return agree > disagree
    case 'present':
      return 2 * agree > present
    case 'two-thirds':
      return agree > 0 && 3 * agree >= 2 * (agree + disagree)
    case 'consensus':
      return agree > 0 && disagree === 0
  }
}

export interface Motion {
  rule: Rule
  quorum: Quorum | null
  present: number
  roster: number
  voted: Record<Presence, number>
  all: Counts
  /** Null in a secret ballot. */
  byChannel: Record<Presence, Counts> | null
  hands: Counts | null
}

/** Too few people, and nothing is decided, whatever they said. */
export function motionOutcome({ rule, quorum, present, roster, voted, all, byChannel, hands }: Motion): MotionOutcome {
  const house: House = { roster, present, voted: voted.phone + voted.seat }
  const decided = passes(rule, all, present) ? 'passed' : 'failed'
  const verdict = isReached(quorum, house) ? decided : 'no-quorum'
  const needed = neededBy(quorum, house)
  return { kind: 'motion', present, roster, needed, verdict, voted, all, byChannel, hands }
}

/** One dot for each option that was picked. */
export const dots = (): number => 1

/**
 * Points as Borda gave them (Mémoire sur les élections au scrutin, 1784): the last of `places` places is worth one, and
 * each place before it one more. Where fewer places are asked for than there are options, or somebody fills fewer, what
 * was put in no place gets nothing, and the first place is worth the same to everybody. (Emerson's modified count would
 * give less to those who fill fewer.)
 */
export const borda =
  (places: number) =>
  (place: number): number =>
    places - place

export interface Points {
  kind: PointsOutcome['kind']
  options: readonly { id: string }[]
  /** How many may be picked, or are put in order. */
  picks: number
  /** One for each person. */
  picked: readonly Picked[]
  hands: ReadonlyMap<string, number>
  present: number
}

/** The most points first; those that are even stay in the order of the options. */
export function pointsOutcome({ kind, options, picks, picked, hands, present }: Points): PointsOutcome {
  const worth = kind === 'ranking' ? borda(picks) : dots
  const given = new Map(options.map(({ id }) => [id, { phone: 0, seat: 0 }]))
  for (const { options, channel } of picked) {
    options.forEach((option, place) => {
      given.get(option)![channel] += worth(place)
    })
  }
  const results = options.map(({ id }) => {
    const byChannel = given.get(id)!
    return { option: id, points: byChannel.phone + byChannel.seat, byChannel, hands: hands.get(id) ?? null }
  })
  return { kind, present, voted: turnout(picked), results: results.sort((a, b) => b.points - a.points) }
}

export function turnout(people: readonly { channel: Presence }[]): Record<Presence, number> {
  const seat = people.filter(({ channel }) => channel === 'seat').length
  return { phone: people.length - seat, seat }
}

export function countsOf(votes: readonly { choice: keyof Counts }[]): Counts {
  const counts = { agree: 0, disagree: 0, pass: 0 }
  for (const { choice } of votes) counts[choice] += 1
  return counts
}
