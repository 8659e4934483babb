import { tQuantile } from './distributions.ts'
import type { Interval } from './intervals.ts'

/** A share (0..1) of people asked independently of those it is compared with. */
export interface Estimate {
  p: number
  se: number
  /** Degrees of freedom of the standard error; Infinity where it is known. */
  df: number
}

export interface Difference extends Interval {
  /** later − earlier, −1..1 */
  difference: number
}

/**
 * Difference of two independent shares with its 95 % interval: d ± t · sqrt(se₁² + se₂²), t at the degrees of freedom of
 * Welch (1947) and Satterthwaite (1946), (se₁² + se₂²)² / (se₁⁴/df₁ + se₂⁴/df₂). Cut to −1..1.
 * @throws {RangeError} when a standard error is not positive, or degrees of freedom are not
 */
export function shareDifference(earlier: Estimate, later: Estimate, level = 0.95): Difference {
  for (const { se, df } of [earlier, later]) {
    if (!(se > 0 && se < Infinity && df > 0))
      throw new RangeError(`no difference from a standard error ${se} with df ${df}`)
  }
  const parts = [earlier, later].map(({ se, df }) => ({ variance: se * se, df }))
  const variance = parts.reduce((sum, part) => sum + part.variance, 0)
  const doubt = parts.reduce((sum, part) => sum + part.variance ** 2 / part.df, 0)
  const reach = tQuantile((1 + level) / 2, doubt > 0 ? variance ** 2 / doubt : Infinity) * Math.sqrt(variance)
  const difference = later.p - earlier.p
  return { difference, low: Math.max(-1, difference - reach), high: Math.min(1, difference + reach) }
}

/**
 * Difference of two independent shares from their own intervals, for shares of 0 and 1, which have no standard error:
 * d − sqrt((p₂−l₂)² + (u₁−p₁)²) to d + sqrt((u₂−p₂)² + (p₁−l₁)²). Newcombe (1998) method 10, Zou and Donner (2008).
 * @throws {RangeError} when a share lies outside its interval
 */
export function differenceOfIntervals(earlier: Interval & { p: number }, later: Interval & { p: number }): Difference {
  for (const { p, low, high } of [earlier, later]) {
    if (!(low <= p && p <= high)) throw new RangeError(`${p} lies outside ${low}–${high}`)
  }
  const difference = later.p - earlier.p
  const down = Math.hypot(later.p - later.low, earlier.high - earlier.p)
  const up = Math.hypot(later.high - later.p, earlier.p - earlier.low)
  return { difference, low: Math.max(-1, difference - down), high: Math.min(1, difference + up) }
}
