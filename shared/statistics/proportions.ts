function requireCount(yes: number, of: number): void {
  if (!(of > 0 && yes >= 0 && yes <= of)) throw new RangeError(`not a share: ${yes} of ${of}`)
}

/**
 * How far `yes` out of `of` lies from a supposed share, in standard errors of that share (score test, without continuity
 * correction). Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 2.1.
 * @throws {RangeError} when not 0 ≤ yes ≤ of, `of` > 0, and 0 < share < 1
 */
export function oneProportionZ(yes: number, of: number, share: number): number {
  requireCount(yes, of)
  if (!(share > 0 && share < 1)) throw new RangeError(`a supposed share lies between 0 and 1, got ${share}`)
  return (yes / of - share) / Math.sqrt((share * (1 - share)) / of)
}

/**
 * How far two shares lie apart in standard errors of their pooled share, positive where the first is greater; 0 where nobody
 * or everybody says yes on both sides. Fleiss, Levin and Paik (2003), 3.1, without continuity correction.
 * @throws {RangeError} when not 0 ≤ yes ≤ of and `of` > 0 on both sides
 */
export function twoProportionsZ(yes: number, of: number, otherYes: number, otherOf: number): number {
  requireCount(yes, of)
  requireCount(otherYes, otherOf)
  const pooled = (yes + otherYes) / (of + otherOf)
  if (pooled === 0 || pooled === 1) return 0
  return (yes / of - otherYes / otherOf) / Math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / otherOf))
}
