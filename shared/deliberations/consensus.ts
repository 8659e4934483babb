import type { Counts } from './room.ts'

export const seenBy = ({ agree, disagree, pass }: Counts): number => agree + disagree + pass

function product(groups: readonly Counts[], yes: (group: Counts) => number): number {
  return groups.reduce((product, group) => product * ((yes(group) + 1) / (seenBy(group) + 2)), 1)
}

/**
 * Group-informed consensus of a statement, 0..1: the product over groups of (agree + 1) / (seen + 2), so that a statement
 * which one group rejects stays low however large the others are. A group is what its members said of the statement; those
 * who passed have seen it. No group is 1. Small, Bjorkegren, Erkkilä, Shaw and Megill (2021), Polis: scaling deliberation
 * by mapping high dimensional opinion spaces.
 */
export function groupInformedConsensus(groups: readonly Counts[]): number {
  return product(groups, ({ agree }) => agree)
}

/** The same for disagreeing: high where every group is against. */
export function groupInformedDissent(groups: readonly Counts[]): number {
  return product(groups, ({ disagree }) => disagree)
}
