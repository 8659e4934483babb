import { betaQuantile, normalQuantile, tQuantile } from './distributions.ts'

/** A plausible range of a share; both ends lie in 0..1. */
export interface Interval {
  low: number
  high: number
}

/** The probability left out at each end by a two-sided interval. */
function tailOf(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`a confidence level lies between 0 and 1, got ${level}`)
  return (1 - level) / 2
}

function requireInnerShare(p: number, se: number) {
  if (!(p > 0 && p < 1)) throw new RangeError(`this interval needs a share strictly between 0 and 1, got ${p}`)
  if (!(se > 0 && se < Infinity)) throw new RangeError(`this interval needs a positive standard error, got ${se}`)
}

/**
 * Wilson score interval: the plausible range (95 %) of a true share, given `yes` out of `of` unweighted answers.
 * Shares are 0..1. Wilson (1927).
 * @throws {RangeError} when `of` is below one, `yes` is not in 0..of, or the level is not strictly between 0 and 1
 */
export function wilson(yes: number, of: number, level = 0.95): Interval {
  if (!(of >= 1 && of < Infinity)) throw new RangeError(`a share needs at least one answer, got ${of}`)
  if (!(yes >= 0 && yes <= of)) throw new RangeError(`yes must lie between 0 and ${of}, got ${yes}`)
  const z = normalQuantile(1 - tailOf(level))
  const share = yes / of
  const middle = share + (z * z) / (2 * of)
  const reach = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return {
    low: yes === 0 ? 0 : (middle - reach) / scale,
    high: yes === of ? 1 : (middle + reach) / scale,
  }
}

/**
 * Korn–Graubard interval of a weighted share p (0..1) with standard error se, from n answers and df degrees of
 * freedom: the Clopper–Pearson interval at the effective number of answers p(1−p)/se², corrected for df.
 * Korn and Graubard (1998); the form of R survey's svyciprop(method = "beta").
 * @throws {RangeError} when p is 0 or 1 (then kornGraubardAt is meant), se is not positive, n < 2, or df is not positive
 */
export function kornGraubard(p: number, se: number, n: number, df: number, level = 0.95): Interval {
  requireInnerShare(p, se)
  if (!(n >= 2)) throw new RangeError(`an interval from a standard error needs two answers, got ${n}`)
  const tail = tailOf(level)
  const correction = df === n - 1 ? 1 : knownT(tail, n - 1) / knownT(tail, df)
  return clopperPearson(p, ((p * (1 - p)) / (se * se)) * correction * correction, tail)
}

/** Shares of the same answers ask for the same few quantiles again and again: so many are kept. */
const MOST_KNOWN = 1_000
const known = new Map<string, number>()

function knownT(tail: number, df: number): number {
  const key = `${tail}/${df}`
  const found = known.get(key) ?? tQuantile(tail, df)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, found)
  return found
}

/**
 * Korn–Graubard interval at the ends of the scale, where the standard error is zero: p is 0 or 1 and nEffective is the
 * Kish effective number of answers (may be fractional). Clopper and Pearson (1934).
 * @throws {RangeError} when p is neither 0 nor 1, or nEffective is not positive
 */
export function kornGraubardAt(p: number, nEffective: number, level = 0.95): Interval {
  if (p !== 0 && p !== 1) throw new RangeError(`kornGraubardAt is for shares of 0 and 1, got ${p}`)
  if (!(nEffective > 0 && nEffective < Infinity)) {
    throw new RangeError(`the effective number of answers must be positive, got ${nEffective}`)
  }
  return clopperPearson(p, nEffective, tailOf(level))
}

function clopperPearson(p: number, n: number, tail: number): Interval {
  const yes = n * p
  const no = n * (1 - p)
  return {
    low: yes === 0 ? 0 : betaQuantile(tail, yes, no + 1),
    high: no === 0 ? 1 : betaQuantile(1 - tail, yes + 1, no),
  }
}

/**
 * Logit interval of a weighted share p (0..1) with standard error se and df degrees of freedom: a t interval for
 * ln(p/(1−p)), turned back into shares. The form of R survey's svyciprop(method = "logit").
 * @throws {RangeError} when p is 0 or 1, se is not positive, or df is not positive
 */
export function logitInterval(p: number, se: number, df: number, level = 0.95): Interval {
  requireInnerShare(p, se)
  const middle = Math.log(p / (1 - p))
  const reach = (tQuantile(1 - tailOf(level), df) * se) / (p * (1 - p))
  const share = (logit: number) => 1 / (1 + Math.exp(-logit))
  return { low: share(middle - reach), high: share(middle + reach) }
}
