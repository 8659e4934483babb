/** One weighting variable: which of its levels each cell belongs to, and what each level should weigh. */
export interface Margin {
  /** level index of each cell */
  of: number[]
  /** share or count wanted for each level; normalised before use */
  targets: number[]
}

export interface RakeInput {
  /** people in each cell */
  counts: number[]
  /** in the order in which they are to be fitted */
  margins: Margin[]
  /** largest weight allowed, as a multiple of the mean; Infinity for none */
  cap?: number
  /** stop when no weight of a cell with people changes by more than this in a pass */
  tolerance?: number
  maxPasses?: number
}

export interface Raking {
  /** weight of each person of a cell; mean 1 over people */
  weights: number[]
  passes: number
  converged: boolean
  /** largest weight carried by anybody */
  largest: number
}

/** In multiples of the mean; dividing by the mean lifts capped weights by a trace, so R's anesrake stops here too. */
const CAP_SLACK = 1e-4

/**
 * Raking (iterative proportional fitting) of cells of people to margins, with a cap: passes over the margins in the
 * order given; after each full pass weights are divided by their mean, then capped and divided again until the cap
 * holds to 0.0001. A level that wants a share but has no people is passed over (the others of its margin share what is left, the
 * caller reports it); people of a level whose target is 0 get weight 0. Deming and Stephan (1940).
 * @throws {RangeError} when nobody is counted, a count or target is negative or not finite, a margin does not fit the
 *   cells or leaves no weight to anybody, or the cap is below 1
 */
export function rake(input: RakeInput): Raking {
  const { counts, margins, cap = 5, tolerance = 1e-8, maxPasses = 1000 } = input
  requireRakeable(counts, margins, cap)
  const people = total(counts)
  const steps = margins.map((margin) => ({ of: margin.of, goals: goalsOf(margin, counts, people) }))
  const weights = counts.map(() => 1)
  let passes = 0
  let change = Infinity
  while (passes < maxPasses && !(change < tolerance)) {
    const before = weights.slice()
    for (const { of, goals } of steps) adjust(weights, counts, of, goals)
    toMeanOne(weights, counts, people)
    holdCap(weights, counts, people, cap)
    change = largestWhere(counts, (cell) => Math.abs(weights[cell]! - before[cell]!))
    passes += 1
  }
  return { weights, passes, converged: change < tolerance, largest: largestWhere(counts, (cell) => weights[cell]!) }
}

function requireRakeable(counts: number[], margins: Margin[], cap: number) {
  const valid = (value: number) => value >= 0 && value < Infinity
  if (!counts.every(valid) || !(total(counts) > 0)) throw new RangeError('raking needs counts of at least one person')
  if (!(cap >= 1)) throw new RangeError(`a cap is a multiple of the mean and at least 1, got ${cap}`)
  for (const { of, targets } of margins) {
    const inside = of.every((level) => Number.isInteger(level) && level >= 0 && level < targets.length)
    if (of.length !== counts.length || !inside) throw new RangeError('every cell needs a level of every margin')
    if (!targets.every(valid)) throw new RangeError('targets are shares or counts, never negative')
  }
}

/** People that each level should stand for; levels without people are left out of the normalisation. */
function goalsOf({ of, targets }: Margin, counts: number[], people: number): number[] {
  const present = sumsByLevel(of, counts, targets.length)
  const wanted = total(targets.filter((_, level) => present[level]! > 0))
  if (!(wanted > 0)) throw new RangeError('a margin must want at least one level that has people')
  return targets.map((target) => (target / wanted) * people)
}

function adjust(weights: number[], counts: number[], of: number[], goals: number[]) {
  const weighted = weights.map((weight, cell) => weight * counts[cell]!)
  const sums = sumsByLevel(of, weighted, goals.length)
  for (let cell = 0; cell < weights.length; cell += 1) {
    const level = of[cell]!
    if (sums[level]! > 0) weights[cell]! *= goals[level]! / sums[level]!
  }
}

/** Stops early where capping no longer helps: then fewer people carry weight than the cap needs. */
function holdCap(weights: number[], counts: number[], people: number, cap: number) {
  let largest = Infinity
  let now = largestWhere(counts, (cell) => weights[cell]!)
  while (now > cap + CAP_SLACK && now < largest - 1e-12) {
    largest = now
    for (let cell = 0; cell < weights.length; cell += 1) weights[cell] = Math.min(weights[cell]!, cap)
    toMeanOne(weights, counts, people)
    now = largestWhere(counts, (cell) => weights[cell]!)
  }
}

function toMeanOne(weights: number[], counts: number[], people: number) {
  const mean = total(weights.map((weight, cell) => weight * counts[cell]!)) / people
  if (!(mean > 0)) throw new RangeError('the margins leave no weight to anybody')
  for (let cell = 0; cell < weights.length; cell += 1) weights[cell]! /= mean
}

function largestWhere(counts: number[], value: (cell: number) => number): number {
  return counts.reduce((largest, count, cell) => (count > 0 ? Math.max(largest, value(cell)) : largest), 0)
}

function sumsByLevel(of: number[], values: number[], levels: number): number[] {
  const sums = new Array<number>(levels).fill(0)
  for (let cell = 0; cell < of.length; cell += 1) sums[of[cell]!]! += values[cell]!
  return sums
}

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
