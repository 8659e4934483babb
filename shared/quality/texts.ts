import { fnv1a } from '../statistics/random.ts'
import type { Sign } from './signs.ts'

/** Shorter remarks are the same by chance: 无, 没有, 希望多办活动. */
const LEAST_CHARACTERS = 8
const LEAST_ALIKE = 0.8
const BANDS = 6
const ROWS = 4

/** What of a remark is compared: its letters, digits and characters. */
export const plainText = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

export const isTelling = (text: string): boolean => [...plainText(text)].length >= LEAST_CHARACTERS

function pairsOf(text: string): Set<string> {
  const characters = [...plainText(text)]
  return new Set(characters.slice(1).map((character, at) => characters[at]! + character))
}

/** How alike two remarks are, by the pairs of neighbouring characters that they share. Jaccard (1901). */
export function likeness(one: string, other: string): number {
  const [own, others] = [pairsOf(one), pairsOf(other)]
  let shared = 0
  for (const pair of own) if (others.has(pair)) shared += 1
  const all = own.size + others.size - shared
  return all === 0 ? 0 : shared / all
}

export const isAlike = (one: string, other: string): boolean => likeness(one, other) >= LEAST_ALIKE

/** Marks of a remark; near-identical ones share at least one nearly always. Broder (1997), On the resemblance of documents. */
export function textMarks(text: string): string[] {
  if (!isTelling(text)) return []
  const hashes = [...pairsOf(text)].map(fnv1a)
  const least = Array.from({ length: BANDS * ROWS }, (_, row) => {
    return hashes.reduce((smallest, hash) => Math.min(smallest, mixed(hash, row)), 0xffffffff)
  })
  return Array.from({ length: BANDS }, (_, band) => {
    return `${band}.${fnv1a(least.slice(band * ROWS, (band + 1) * ROWS).join()).toString(36)}`
  })
}

/** A permutation of 32-bit numbers for each row (finaliser of MurmurHash3). */
function mixed(hash: number, row: number): number {
  let x = (hash ^ Math.imul(row + 1, 0x9e3779b9)) >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

const HOUR_MS = 3_600_000
/** So far apart the same words are nothing. */
export const TEXT_MS = 24 * HOUR_MS
const LEAST_OTHERS = 3
const TIMES_MORE = 4
/** So many near ones are no longer all of a day. */
const MANY = 150

/**
 * What many wish for themselves is said in the same words day after day; what was copied comes at once. `own` and `others`
 * are the moments when near-identical remarks were handed in: a burst is at least four within an hour, and four times as
 * many as the hours around would have let expect.
 */
export function textSign(own: number, others: readonly number[]): Sign | undefined {
  const apart = others.map((at) => Math.abs(at - own) / HOUR_MS)
  const atOnce = apart.filter((hours) => hours <= 1).length
  const hours = apart.length < MANY ? TEXT_MS / HOUR_MS : Math.max(2, ...apart)
  const expected = (apart.length - atOnce) / (hours - 1)
  if (atOnce < LEAST_OTHERS || atOnce < TIMES_MORE * expected) return undefined
  return { sign: 'text', points: 3, words: `前后一小时内另有${atOnce}份答卷写了几乎一样的话` }
}
