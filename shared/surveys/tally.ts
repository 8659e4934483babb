import type { Channel } from './api.ts'

export const reviews = ['kept', 'excluded'] as const
export type Review = (typeof reviews)[number]

/** What one tally counts: a survey version in one community, cell, channel, proxy and review state. */
export interface TallyKey {
  community: string
  /** -(k + 1) for the k-th reason to be counted but not weighted. */
  cell: number
  channel: Channel
  proxy: boolean
  review: Review
}

/** One tally. `counts` is laid out by the survey version's TallyPlan; where it is shorter, the rest are zeros. */
export interface TallyRow extends TallyKey {
  /** Answers. */
  n: number
  counts: number[]
}

/** What one answer adds to the tallies (sign 1) or takes from them (sign -1): survey, version, community, cell, channel, proxy, review, sign, positions to count at. */
export type TallyEntry = [
  survey: string,
  version: number,
  community: string,
  cell: number,
  channel: Channel,
  proxy: 0 | 1,
  review: Review,
  sign: 1 | -1,
  hits: number[],
]

/** Text that two entries share exactly when they count in the same tally; it sorts by survey, version and community first. */
export function tallyKeyOf(entry: TallyEntry): string {
  return `${entry[0]} ${entry[1]} ${entry[2]} ${entry[3]} ${entry[4]} ${entry[5]} ${entry[6]}`
}

/** Counts an entry in. Positions beyond the end are zeros until they are hit. */
export function countIn(tally: { n: number; counts: number[] }, sign: 1 | -1, hits: number[]): void {
  const { counts } = tally
  tally.n += sign
  for (const at of hits) {
    while (counts.length <= at) counts.push(0)
    counts[at] = (counts[at] ?? 0) + sign
  }
}

/**
 * Counts as they are stored: -k stands for k zeros in a row, and zeros at the end are left out. One answer touches some
 * hundred of a thousand positions, so a tally is read and written at a fifth of its length.
 * @throws {RangeError} for a count below zero, which would mean that an answer was taken out that had never been put in
 */
export function packCounts(counts: number[]): number[] {
  const packed: number[] = []
  let zeros = 0
  for (const count of counts) {
    if (count < 0) throw new RangeError('a tally below zero')
    if (count === 0) zeros += 1
    else {
      if (zeros > 0) packed.push(-zeros)
      packed.push(count)
      zeros = 0
    }
  }
  return packed
}

/** The counts again, without the zeros at the end. */
export function unpackCounts(packed: Iterable<number>): number[] {
  const counts: number[] = []
  for (const item of packed) {
    if (item > 0) counts.push(item)
    else for (let zeros = -item; zeros > 0; zeros -= 1) counts.push(0)
  }
  return counts
}
