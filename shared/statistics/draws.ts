import { cholesky } from './cholesky.ts'
import { normal } from './random.ts'

/**
 * `count` draws from the multivariate normal distribution with the given mean (length m) and covariance (m × m), each an
 * array of m numbers; reproducible with a seeded `random`. By the Cholesky factor: Gentle (2009).
 * @throws {RangeError} when mean and covariance do not fit or the covariance is not positive semidefinite
 */
export function multivariateNormalDraws(
  mean: number[],
  covariance: number[][],
  count: number,
  random: () => number,
): Float64Array[] {
  if (covariance.length !== mean.length) throw new RangeError('mean and covariance must have the same size')
  const lower = cholesky(covariance)
  return Array.from({ length: count }, () => {
    const noise = mean.map(() => normal(random))
    return Float64Array.from(mean, (middle, row) => {
      let value = middle
      for (let column = 0; column <= row; column += 1) value += lower[row]![column]! * noise[column]!
      return value
    })
  })
}

/**
 * The value below which a share p (0..1) of ascending numbers lies, interpolating between neighbours: type 7 of Hyndman
 * and Fan (1996), R's default.
 * @throws {RangeError} when there are no numbers or p is outside 0..1
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('a quantile needs at least one number')
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, got ${p}`)
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}
