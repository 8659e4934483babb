export type Level = 'high' | 'medium' | 'low'

/** How much each of the two counts at most, the largest rating there is, and from where on it is high or medium. ETC Institute. */
export const ratingScale = { each: 100, most: 200, highFrom: 100, mediumFrom: 50 }

export interface InvestmentRating {
  /** unmet-need rating 0–100 */
  unr: number
  /** importance rating 0–100 */
  ir: number
  /** priority investment rating 0–200, the sum of the two */
  pir: number
  level: Level
}

/**
 * Priority investment rating: each item's unmet need and importance (counts or shares) as a percentage of the largest,
 * added with equal weight. High from 100, medium from 50. A maximum of zero gives 0. The largest are taken from the
 * lists unless `maxima` says what to compare with (then ratings may pass 100). ETC Institute.
 * @throws {RangeError} when the lists differ in length or a number is negative or not finite
 */
export function investmentRating(
  unmet: number[],
  importance: number[],
  maxima: { unmet: number; importance: number } = { unmet: largest(unmet), importance: largest(importance) },
): InvestmentRating[] {
  if (unmet.length !== importance.length) throw new RangeError('every item needs an unmet need and an importance')
  const given = [...unmet, ...importance, maxima.unmet, maxima.importance]
  if (!given.every((value) => value >= 0 && value < Infinity)) throw new RangeError('ratings need non-negative numbers')
  return unmet.map((need, item) => {
    const unr = percentOf(need, maxima.unmet)
    const ir = percentOf(importance[item]!, maxima.importance)
    return { unr, ir, pir: unr + ir, level: levelOf(unr + ir) }
  })
}

/**
 * Importance–satisfaction rating, 0..1: importance · (1 − satisfaction), both shares 0..1; the larger, the more an
 * improvement would be felt. ETC Institute.
 * @throws {RangeError} when a share is outside 0..1
 */
export function importanceSatisfaction(importance: number, satisfaction: number): number {
  for (const share of [importance, satisfaction]) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`a share lies between 0 and 1, got ${share}`)
  }
  return importance * (1 - satisfaction)
}

function largest(values: number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}

function percentOf(value: number, maximum: number): number {
  if (maximum === 0) return 0
  const percent = (ratingScale.each * value) / maximum
  // 100 · 0.3316216696314802 / 0.3316216696314802 is 100.00000000000001: rounding may not lift the largest above itself
  return value > maximum ? percent : Math.min(ratingScale.each, percent)
}

export function levelOf(pir: number): Level {
  if (pir >= ratingScale.highFrom) return 'high'
  return pir >= ratingScale.mediumFrom ? 'medium' : 'low'
}
