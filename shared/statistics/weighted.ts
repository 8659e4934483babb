/** Share of a weighted tally. p and se are shares 0..1; null where there is nothing to say (never 0). */
export interface WeightedShare {
  /** answers */
  n: number
  p: number | null
  /** linearised standard error; null below two answers */
  se: number | null
  /** degrees of freedom, n − 1 (0 without answers) */
  df: number
  sumW: number
}

/**
 * Kish's design effect n·Σw²/(Σw)² of people counted by cell, each carrying the cell's weight, and the number of equally
 * weighted answers that would say as much, n/deff. Without answers (or weight) deff is 1 and effectiveN 0. Kish (1965).
 * @throws {RangeError} when the lists differ in length or hold a negative number
 */
export function kish(counts: number[], weights: number[]): { deff: number; effectiveN: number } {
  requireCells(counts.length, counts, weights)
  const n = sumOver(counts.length, (cell) => counts[cell]!)
  const sumW = sumOver(counts.length, (cell) => counts[cell]! * weights[cell]!)
  if (!(sumW > 0)) return { deff: 1, effectiveN: 0 }
  // Shares of the sum, since the square of a weight of 1e-200 is nought.
  const deff = n * sumOver(counts.length, (cell) => counts[cell]! * (weights[cell]! / sumW) ** 2)
  return { deff, effectiveN: n / deff }
}

/**
 * Weighted share p = Σwy/Σw of people counted by cell (`yes` out of `of`), with the linearised standard error
 * sqrt(n/(n−1) · Σ(w(y−p)/Σw)²), weights taken as given. Särndal, Swensson and Wretman (1992) ch. 5; R survey's svymean.
 * @throws {RangeError} when the lists differ in length, hold a negative number, or a cell has more yes than answers
 */
export function weightedShare(cells: { yes: number[]; of: number[]; weights: number[] }): WeightedShare {
  const { yes, of, weights } = cells
  requireCells(of.length, yes, of, weights)
  if (yes.some((count, cell) => count > of[cell]!)) throw new RangeError('a cell says yes more often than it answers')
  const n = sumOver(of.length, (cell) => of[cell]!)
  const sumW = sumOver(of.length, (cell) => weights[cell]! * of[cell]!)
  const df = Math.max(n - 1, 0)
  if (!(sumW > 0)) return { n, p: null, se: null, df, sumW }
  const p = sumOver(of.length, (cell) => weights[cell]! * yes[cell]!) / sumW
  if (n < 2) return { n, p, se: null, df, sumW }
  const squares = sumOver(of.length, (cell) => {
    const no = of[cell]! - yes[cell]!
    return weights[cell]! ** 2 * (yes[cell]! * (1 - p) ** 2 + no * p ** 2)
  })
  return { n, p, se: Math.sqrt((n / (n - 1)) * squares) / sumW, df, sumW }
}

export interface SharedTally {
  /** answers of each cell, the common base of all shares */
  n: number[]
  /** how many of a cell say yes to each of the m indicators: cell × m */
  yes: number[][]
  /** how many of a cell say yes to indicators i and j at once; both(cell, i, i) is yes[cell][i] */
  both: (cell: number, i: number, j: number) => number
  weights: number[]
}

/**
 * Covariance matrix (m × m) of m weighted shares asked of the same people, from counts and pairwise co-counts by cell:
 * n/(n−1) · Σw²(y_i−p_i)(y_j−p_j)/(Σw)². Its diagonal is weightedShare's se². Särndal, Swensson and Wretman (1992) ch. 5.
 * @throws {RangeError} when the lists differ in length or hold a negative number, below two answers, or without weight
 */
export function weightedCovariance({ n, yes, both, weights }: SharedTally): number[][] {
  if (yes.length !== n.length) throw new RangeError('every cell needs a count of each indicator')
  const m = yes[0]?.length ?? 0
  requireCells(n.length, n, weights)
  requireCells(m, ...yes)
  const people = sumOver(n.length, (cell) => n[cell]!)
  const sumW = sumOver(n.length, (cell) => weights[cell]! * n[cell]!)
  if (!(people >= 2 && sumW > 0)) throw new RangeError('a covariance needs two answers that carry weight')
  const p = Array.from({ length: m }, (_, i) => sumOver(n.length, (c) => weights[c]! * yes[c]![i]!) / sumW)
  const factor = people / (people - 1) / (sumW * sumW)
  const matrix = p.map(() => new Array<number>(m).fill(0))
  for (let i = 0; i < m; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const products = sumOver(n.length, (c) => {
        const together = i === j ? yes[c]![i]! : both(c, i, j)
        return weights[c]! ** 2 * (together - p[j]! * yes[c]![i]! - p[i]! * yes[c]![j]! + p[i]! * p[j]! * n[c]!)
      })
      matrix[i]![j] = factor * products
      matrix[j]![i] = matrix[i]![j]!
    }
  }
  return matrix
}

function requireCells(length: number, ...lists: number[][]) {
  const valid = (value: number) => value >= 0 && value < Infinity
  if (lists.some((list) => list.length !== length)) throw new RangeError('the lists must have the same length')
  if (!lists.every((list) => list.every(valid))) throw new RangeError('counts and weights are never negative')
}

function sumOver(cells: number, value: (cell: number) => number): number {
  let sum = 0
  for (let cell = 0; cell < cells; cell += 1) sum += value(cell)
  return sum
}
