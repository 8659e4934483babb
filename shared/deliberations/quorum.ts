import type { Quorum } from './room.ts'

/** Those who count: on the roster, in the room, and who voted. */
export interface House {
  roster: number
  present: number
  voted: number
}

/** A share of 0.07 of 100 people is 7, whatever the computer makes of 0.07 × 100. */
const NOISE = 1e-9

/** How many it takes: of the roster to be present, or of those present to vote. An empty room reaches no quorum. 0 without one. */
export function neededBy(quorum: Quorum | null, { roster, present }: House): number {
  if (!quorum) return 0
  return Math.max(1, Math.ceil(quorum.share * (quorum.of === 'roster' ? roster : present) - NOISE))
}

export function isReached(quorum: Quorum | null, house: House): boolean {
  if (!quorum) return true
  return (quorum.of === 'roster' ? house.present : house.voted) >= neededBy(quorum, house)
}
