import type { Channel } from './api.ts'
import { eachPair } from './tally-plan.ts'

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

/**
 * What one answer adds to the tallies (sign 1) or takes from them (sign -1): survey, version, community, cell, channel,
 * proxy, review, sign, positions to count at, and how many indicators there are: those of them that it hits are counted
 * by pairs as well. (Without that number the positions of the pairs are among the others.) Last the day in China on which
 * the answer came in, as days since 1970: an entry without one is older than the counts by day, which then hold its answer.
 */
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
  indicators?: number,
  day?: number,
]

/** Text that two entries share exactly when they count in the same tally; it sorts by survey, version and community first. */
export function tallyKeyOf(entry: TallyEntry): string {
  return `${entry[0]} ${entry[1]} ${entry[2]} ${entry[3]} ${entry[4]} ${entry[5]} ${entry[6]}`
}

/**
 * Counts as they are stored and carried: as text, in which -k stands for k zeros in a row and zeros at the end are left
 * out. One answer hits some hundred of a thousand positions, so a tally has a fifth of its length, and thousands of them
 * can be added to without making an array for each.
 */
export type PackedCounts = string

/** Grows as needed; all zeros between calls. */
let scratch = new Int32Array(2_048)
const written: number[] = []

/**
 * The counts with these entries counted in or taken out.
 * @throws {RangeError} for a count below zero: an answer was taken out that had never been put in
 */
export function addEntries(packed: PackedCounts, entries: readonly TallyEntry[]): PackedCounts {
  let end = spread(packed)
  for (const [, , , , , , , sign, hits, indicators = 0] of entries) end = hitAll(sign, hits, indicators, end)
  return gather(end)
}

function hitAll(sign: 1 | -1, hits: readonly number[], indicators: number, end: number): number {
  let last = end
  const hit = (at: number) => {
    makeRoom(at)
    last = Math.max(last, at + 1)
    scratch[at] = (scratch[at] as number) + sign
  }
  for (const at of hits) hit(at)
  eachPair(indicators, hits, hit)
  return last
}

/** The first `most` counts one by one, without the zeros at the end. */
export function unpackCounts(packed: PackedCounts, most = Number.POSITIVE_INFINITY): number[] {
  const counts: number[] = []
  eachItem(packed, (value, zeros) => {
    for (let k = 0; k < zeros && counts.length < most; k += 1) counts.push(0)
    if (zeros === 0) counts.push(value)
    return counts.length < most
  })
  return counts
}

/** The opposite of `unpackCounts`. @throws {RangeError} for a count below zero */
export function packCounts(counts: readonly number[]): PackedCounts {
  makeRoom(counts.length)
  scratch.set(counts)
  return gather(counts.length)
}

function makeRoom(at: number): void {
  if (at < scratch.length) return
  const larger = new Int32Array(2 * (at + 1))
  larger.set(scratch)
  scratch = larger
}

const MINUS = 45
const COMMA = 44
const ZERO = 48

/** Writes the counts into the scratch array; returns how many. */
function spread(packed: PackedCounts): number {
  let at = 0
  eachItem(packed, (value, zeros) => {
    at += zeros || 1
    makeRoom(at)
    if (zeros === 0) scratch[at - 1] = value
    return true
  })
  return at
}

/** Reads a count, or a number of zeros in a row, after the other, until `take` has enough. */
function eachItem(packed: PackedCounts, take: (value: number, zeros: number) => boolean): void {
  for (let place = 0; place < packed.length; place += 1) {
    const zeros = packed.charCodeAt(place) === MINUS
    if (zeros) place += 1
    let value = 0
    for (; place < packed.length && packed.charCodeAt(place) !== COMMA; place += 1) {
      value = value * 10 + packed.charCodeAt(place) - ZERO
    }
    if (!take(zeros ? 0 : value, zeros ? value : 0)) return
  }
}

/** Packs the first `end` counts of the scratch array, which is all zeros again afterwards. */
function gather(end: number): PackedCounts {
  written.length = 0
  let zeros = 0
  let least = 0
  for (let at = 0; at < end; at += 1) {
    const count = scratch[at] as number
    least = Math.min(least, count)
    if (count !== 0 && zeros > 0) written.push(-zeros)
    if (count !== 0) written.push(count)
    zeros = count === 0 ? zeros + 1 : 0
  }
  scratch.fill(0, 0, end)
  if (least < 0) throw new RangeError('a tally below zero')
  return written.join(',')
}
