import type { Signal } from '../signal.ts'

/** A wish for a place that was approved, however far it is. */
export interface PlaceWish {
  number: number
  community: string
  /** Which service it is about, where somebody knows. */
  service: string | null
  /** Whoever wished it, also what was merged into it, and whoever joined them: each person once. */
  people: number
}

/**
 * What wishes for places say of services: of each how many people want it. They are never weighted and never added to the
 * shares of a survey: whoever wishes is no sample. A wish of which nobody knows the service says nothing of any.
 */
export function signals(wishes: readonly PlaceWish[]): Signal[] {
  return wishes.flatMap(({ community, service, people }): Signal[] =>
    service === null ? [] : [{ source: 'wish', community, service, kind: 'wish', n: people }],
  )
}
