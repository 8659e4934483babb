import { betaQuantile, logGamma } from './distributions.ts'

/** A beta distribution of shares: mean a/(a+b), worth as much as a+b answers. */
export interface BetaPrior {
  a: number
  b: number
}

export interface Shrunk {
  /** posterior mean, 0..1 */
  share: number
  /** 95 % posterior interval */
  low: number
  high: number
  /** how much the group's own share counts, 0..1; the rest is the prior's */
  weight: number
}

/** What a lone or silent group gets: Jeffreys' prior, worth one answer. */
const JEFFREYS: BetaPrior = { a: 0.5, b: 0.5 }
const LEAST_WORTH = 0.01
/** Groups that differ by no more than chance would make the prior infinitely sure. */
const MOST_WORTH = 10_000

/**
 * How the true shares of groups are spread, estimated from `yes` out of `of` answers in each (may be fractional, such as
 * effective numbers): the beta distribution of greatest beta-binomial likelihood. Griffiths (1973).
 * Fewer than two groups with answers, or none with two answers, say nothing of a spread and give Jeffreys' prior; groups
 * that all say no (or all yes) give the pooled share half an answer away from the end. The prior is never worth more
 * than 10,000 answers.
 * @throws {RangeError} when the lists differ in length or a group has not 0 ≤ yes ≤ of
 */
export function betaBinomialPrior(yes: number[], of: number[]): BetaPrior {
  if (yes.length !== of.length) throw new RangeError('every group needs yes and of')
  of.forEach((answers, group) => {
    requireCount(yes[group]!, answers)
  })
  const asked = of.reduce((sum, count) => sum + count, 0)
  const agreed = yes.reduce((sum, count) => sum + count, 0)
  if (of.filter((answers) => answers > 0).length < 2 || !of.some((answers) => answers > 1)) return { ...JEFFREYS }
  if (agreed === 0 || agreed === asked) return priorOf((agreed + 0.5) / (asked + 1), Math.min(asked + 1, MOST_WORTH))
  return mostLikely(distinct(yes, of), agreed / asked)
}

/**
 * A group's share drawn towards the prior: the posterior mean (yes + a)/(of + a + b) and 95 % interval, shares 0..1.
 * Gelman et al., Bayesian Data Analysis (2013) 2.4.
 * @throws {RangeError} when not 0 ≤ yes ≤ of, or the prior's a or b is not positive
 */
export function shrunk(yes: number, of: number, prior: BetaPrior): Shrunk {
  requireCount(yes, of)
  if (!(prior.a > 0 && prior.b > 0)) throw new RangeError(`not a prior: beta(${prior.a}, ${prior.b})`)
  const a = prior.a + yes
  const b = prior.b + of - yes
  return {
    share: a / (a + b),
    low: betaQuantile(0.025, a, b),
    high: betaQuantile(0.975, a, b),
    weight: of / (a + b),
  }
}

interface Group {
  yes: number
  of: number
  times: number
}

function requireCount(yes: number, of: number) {
  if (!(yes >= 0 && yes <= of && of < Infinity)) throw new RangeError(`not a count: ${yes} of ${of}`)
}

function distinct(yes: number[], of: number[]): Group[] {
  const groups = new Map<string, Group>()
  of.forEach((answers, at) => {
    const key = `${yes[at]} ${answers}`
    const group = groups.get(key) ?? { yes: yes[at]!, of: answers, times: 0 }
    group.times += 1
    groups.set(key, group)
  })
  return [...groups.values()].filter((group) => group.of > 0)
}

function priorOf(mean: number, worth: number): BetaPrior {
  return { a: mean * worth, b: (1 - mean) * worth }
}

/** Mean and worth hardly depend on each other in the likelihood, so a few turns of climbing along each suffice. */
function mostLikely(groups: Group[], pooled: number): BetaPrior {
  const start = Math.log(pooled / (1 - pooled))
  const at = (logit: number, logWorth: number) =>
    logLikelihood(groups, priorOf(1 / (1 + Math.exp(-logit)), Math.exp(logWorth)))
  let logit = start
  let logWorth = 0
  for (let turn = 0; turn < 25; turn += 1) {
    const before = { logit, logWorth }
    logWorth = highest((x) => at(before.logit, x), Math.log(LEAST_WORTH), Math.log(MOST_WORTH))
    logit = highest((x) => at(x, logWorth), start - 6, start + 6)
    if (Math.abs(logit - before.logit) + Math.abs(logWorth - before.logWorth) < 1e-6) break
  }
  return priorOf(1 / (1 + Math.exp(-logit)), Math.exp(logWorth))
}

function logLikelihood(groups: Group[], { a, b }: BetaPrior): number {
  const rising = (from: number, by: number) => (by === 0 ? 0 : logGamma(from + by) - logGamma(from))
  return groups.reduce(
    (sum, { yes, of, times }) => sum + times * (rising(a, yes) + rising(b, of - yes) - rising(a + b, of)),
    0,
  )
}

/** Where a function with one peak is highest, by golden-section search. Kiefer (1953). */
function highest(height: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [from, to]
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)]
  let [leftHeight, rightHeight] = [height(left), height(right)]
  while (high - low > 1e-7) {
    if (leftHeight >= rightHeight) {
      high = right
      ;[right, rightHeight] = [left, leftHeight]
      left = high - ratio * (high - low)
      leftHeight = height(left)
    } else {
      low = left
      ;[left, leftHeight] = [right, rightHeight]
      right = low + ratio * (high - low)
      rightHeight = height(right)
    }
  }
  return (low + high) / 2
}
