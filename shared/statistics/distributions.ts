const HALF_LOG_TWO_PI = 0.9189385332046727
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]

/** What Stirling's formula leaves out of ln Γ(x); below 10 the argument is raised by the recurrence first. */
function stirlingCorrection(x: number): number {
  if (x < 10) return logGamma(x) - stirling(x)
  const square = 1 / (x * x)
  return STIRLING.reduceRight((sum, term) => sum * square + term, 0) / x
}

function stirling(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI
}

/**
 * Natural logarithm of the gamma function, for x > 0; absolute error below 1e-13 for x up to 100.
 * Stirling's series, Abramowitz and Stegun (1964) 6.1.41, with the recurrence 6.1.15 below 10.
 * @throws {RangeError} when x is not a positive finite number
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`logGamma needs a positive number, got ${x}`)
  let raised = x
  let product = 1
  while (raised < 10) {
    product *= raised
    raised += 1
  }
  return stirling(raised) + stirlingCorrection(raised) - Math.log(product)
}

/** ln(x^a (1-x)^b / B(a, b)), written as a distance from the mean so that large a and b do not cancel. */
function logBetaKernel(x: number, a: number, b: number): number {
  const mean = a / (a + b)
  const rest = b / (a + b)
  const distance = a * logRatio(x, mean, x - mean) + b * logRatio(1 - x, rest, mean - x)
  const correction = stirlingCorrection(a) + stirlingCorrection(b) - stirlingCorrection(a + b)
  return distance + 0.5 * Math.log(mean * b) - HALF_LOG_TWO_PI - correction
}

/** ln(value / base), given value − base to full precision where the two are close. */
function logRatio(value: number, base: number, difference: number): number {
  return Math.abs(difference) < base / 2 ? Math.log1p(difference / base) : Math.log(value / base)
}

/** The continued fraction of the incomplete beta function, by the modified Lentz method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / apart(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / apart(1 + even * d)
    c = apart(1 + even / c)
    const half = c * d
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / apart(1 + odd * d)
    c = apart(1 + odd / c)
    const step = half * (c * d)
    fraction *= step
    if (Math.abs(step - 1) < 1e-15) break
  }
  return fraction
}

function apart(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}

function requireShape(a: number, b: number) {
  if (!(a > 0 && a < Infinity && b > 0 && b < Infinity)) {
    throw new RangeError(`the beta distribution needs two positive shapes, got ${a} and ${b}`)
  }
}

function requireProbability(p: number) {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability lies between 0 and 1, got ${p}`)
}

/**
 * Regularised incomplete beta function I_x(a, b): the probability that a beta(a, b) variable is at most x, 0..1.
 * Press et al., Numerical Recipes (2007) 6.4.
 * @throws {RangeError} when x is outside 0..1 or a shape is not positive
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  requireProbability(x)
  requireShape(a, b)
  if (x === 0 || x === 1) return x
  const kernel = Math.exp(logBetaKernel(x, a, b))
  if (x < (a + 1) / (a + b + 2)) return (kernel * betaFraction(x, a, b)) / a
  return 1 - (kernel * betaFraction(1 - x, b, a)) / b
}

/**
 * Quantile of the beta(a, b) distribution: the x in 0..1 below which a share p of it lies.
 * Newton's steps on the incomplete beta function, kept inside a shrinking bracket.
 * @throws {RangeError} when p is outside 0..1 or a shape is not positive
 */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability(p)
  requireShape(a, b)
  if (p === 0 || p === 1) return p
  let low = 0
  let high = 1
  let x = a / (a + b)
  for (let pass = 0; pass < 1200 && high - low > 2e-16 * high; pass += 1) {
    const excess = incompleteBeta(x, a, b) - p
    if (excess === 0) return x
    if (excess > 0) high = x
    else low = x
    const density = Math.exp(logBetaKernel(x, a, b)) / (x * (1 - x))
    const newton = x - excess / density
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 4e-16 * x) return next
    x = next
  }
  return x
}

/**
 * Quantile of Student's t with df degrees of freedom (df = Infinity is the normal distribution).
 * Abramowitz and Stegun (1964) 26.5.27 and 26.7.1.
 * @throws {RangeError} when p is not strictly between 0 and 1, or df is not positive
 */
export function tQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a t quantile needs 0 < p < 1, got ${p}`)
  if (!(df > 0)) throw new RangeError(`a t quantile needs positive degrees of freedom, got ${df}`)
  if (df === Infinity) return normalQuantile(p)
  if (p > 0.5) return -tQuantile(1 - p, df)
  if (p > 5e-4) {
    const y = betaQuantile(1 - 2 * p, 0.5, df / 2)
    return -Math.sqrt((df * y) / (1 - y))
  }
  const x = betaQuantile(2 * p, df / 2, 0.5)
  return -Math.sqrt((df * (1 - x)) / x)
}

function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x - HALF_LOG_TWO_PI)
}

/** Probability above x > 0 far from the middle: the continued fraction of Mills' ratio. */
function normalTail(x: number): number {
  let fraction = x
  for (let k = 200; k >= 1; k -= 1) fraction = x + k / fraction
  return normalDensity(x) / fraction
}

/**
 * Probability that a standard normal variable is at most x, 0..1.
 * Series 26.2.11 of Abramowitz and Stegun (1964) within 3 of the middle, continued fraction 26.2.14 beyond.
 * @throws {RangeError} when x is not a number
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('normalCdf needs a number')
  if (x < -3) return x === -Infinity ? 0 : normalTail(-x)
  if (x > 3) return x === Infinity ? 1 : 1 - normalTail(x)
  let term = x
  let sum = x
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return 0.5 + sum * normalDensity(x)
}

/**
 * Quantile of the standard normal distribution: the x below which a share p of it lies.
 * Hastings' approximation (Abramowitz and Stegun 1964, 26.2.23), polished by Halley's steps.
 * @throws {RangeError} when p is not strictly between 0 and 1
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a normal quantile needs 0 < p < 1, got ${p}`)
  if (p > 0.5) return -normalQuantile(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  let x = above / below - t
  for (let step = 0; step < 3; step += 1) {
    const error = (normalCdf(x) - p) / normalDensity(x)
    x -= error / (1 + (x * error) / 2)
  }
  return x
}
