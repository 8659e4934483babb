import { groupInformedConsensus, groupInformedDissent, seenBy } from './consensus.ts'
import type { Presence } from './kinds.ts'
import type { Counts, OpinionOutcome, OpinionResult } from './room.ts'

export type ByChannel = Record<Presence, Counts>

/** The last words of everybody on the options of an opinion question, counted. */
export interface Opinions {
  options: readonly { id: string }[]
  /** By option. */
  votes: ReadonlyMap<string, ByChannel>
  /** Shows of hands, by option. */
  hands: ReadonlyMap<string, Counts>
  /** How many people voted on anything, by what they take part with. */
  voted: Record<Presence, number>
  present: number
}

const none = (): Counts => ({ agree: 0, disagree: 0, pass: 0 })
export const noVotes = (): ByChannel => ({ phone: none(), seat: none() })

const sum = (a: Counts, b: Counts): Counts => ({
  agree: a.agree + b.agree,
  disagree: a.disagree + b.disagree,
  pass: a.pass + b.pass,
})

/** What everybody agrees on first; where that is even, what fewer are against; what nobody voted on last. */
export function inOrder(results: readonly OpinionResult[]): OpinionResult[] {
  const unseen = ({ all }: OpinionResult) => Number(seenBy(all) === 0)
  return results.toSorted((a, b) => unseen(a) - unseen(b) || b.consensus - a.consensus || a.dissent - b.dissent)
}

/**
 * What is locked when an opinion question closes. Everybody is one group in it: opinion groups are added a moment later,
 * where they may be shown.
 */
export function opinionOutcome({ options, votes, hands, voted, present }: Opinions): OpinionOutcome {
  const results = options.map(({ id }) => {
    const byChannel = votes.get(id) ?? noVotes()
    const all = sum(byChannel.phone, byChannel.seat)
    const together = { consensus: groupInformedConsensus([all]), dissent: groupInformedDissent([all]) }
    return { option: id, all, byChannel, hands: hands.get(id) ?? null, ...together }
  })
  return { kind: 'opinion', present, voted, results: inOrder(results), groups: null, withoutGroups: null }
}
