import type { Sign } from './signs.ts'

/** What was told to somebody of the staff, or to all others, summed up. */
export interface Told {
  n: number
  /** Answers begun at night. */
  nights: number
  /** How many said yes, indicator by indicator. */
  counts: readonly number[]
}

export const nobodyTold: Told = { n: 0, nights: 0, counts: [] }

export function toldTogether(one: Told, other: Told): Told {
  const length = Math.max(one.counts.length, other.counts.length)
  const counts = Array.from({ length }, (_, at) => (one.counts[at] ?? 0) + (other.counts[at] ?? 0))
  return { n: one.n + other.n, nights: one.nights + other.nights, counts }
}

/** Fewer answers than these say nothing of a person, nor of those they are compared with. */
export const LEAST_OWN = 15
export const LEAST_OTHERS = 60

/** The distance of two shares. Cohen (1988): 0.2 is small, 0.5 medium, 0.8 large. */
function distance(yes: number, n: number, otherYes: number, otherN: number): number {
  return 2 * Math.asin(Math.sqrt(yes / n)) - 2 * Math.asin(Math.sqrt(otherYes / otherN))
}

/** How far somebody stands from the others: the mean square of the distances, over what chance alone would make of it. */
export function deviance(own: Told, others: Told): { times: number; mean: number } {
  const length = Math.max(own.counts.length, others.counts.length)
  const chance = 1 / own.n + 1 / others.n
  let squares = 0
  let sum = 0
  let asked = 0
  for (let at = 0; at < length; at += 1) {
    const [yes, otherYes] = [own.counts[at] ?? 0, others.counts[at] ?? 0]
    // What nobody says or everybody says tells nobody apart.
    if (yes + otherYes === 0 || yes + otherYes === own.n + others.n) continue
    const h = distance(yes, own.n, otherYes, others.n)
    squares += h * h
    sum += Math.abs(h)
    asked += 1
  }
  return asked === 0 ? { times: 0, mean: 0 } : { times: squares / asked / chance, mean: sum / asked }
}

/** Chance makes 1 of it on average; indicators hang together, so that twice that is nothing yet. */
const FAR_TIMES = 4
const FAR_MEAN = 0.3
const LEAST_NIGHTS = 5
const FAR_NIGHTS = 0.8

/** A member of the staff far off the others in comparable communities, by what was said or by when. */
export function workerSign(own: Told, others: Told): Sign | undefined {
  if (own.n < LEAST_OWN || others.n < LEAST_OTHERS) return undefined
  const { times, mean } = deviance(own, others)
  const far = times >= FAR_TIMES && mean >= FAR_MEAN
  const nights = distance(own.nights, own.n, others.nights, others.n)
  const late = own.nights >= LEAST_NIGHTS && nights >= FAR_NIGHTS && nights ** 2 / (1 / own.n + 1 / others.n) > 10
  if (!far && !late) return undefined
  const words = [
    ...(far ? [`这名入户员的${own.n}份答卷与其他入户员在同类社区记下的${others.n}份相差很远`] : []),
    ...(late ? [`其中${own.nights}份在深夜，比例远高于其他入户员`] : []),
  ]
  return { sign: 'worker', points: far && late ? 3 : 2, words: words.join('；') }
}
