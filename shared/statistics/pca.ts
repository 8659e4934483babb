import { largestEigen } from './eigen.ts'

/** Numbers row by row; NaN where nothing is known. */
export interface Matrix {
  rows: number
  columns: number
  values: Float64Array
}

/** The two directions in which rows differ most. */
export interface Components {
  /** Mean of what is known of each column. */
  centre: Float64Array
  /** Of length 1, at right angles, the first with the greatest variance; the largest entry by size is positive. */
  directions: [Float64Array, Float64Array]
  /** Sums of squares along them. */
  spreads: [number, number]
}

/**
 * The first two principal components of a matrix whose gaps are filled with the means of their columns, without scaling: the
 * eigenvectors of the smaller of its two Gram matrices. `times` says how often each row counts, once by default. Where rows
 * differ in fewer directions, what is left is a direction of zeros. Pearson (1901); Jolliffe (2002), Principal Component Analysis.
 * @throws {RangeError} when the numbers do not fill the matrix
 */
export function principalComponents(matrix: Matrix, times?: ArrayLike<number>): Components {
  const { rows, columns, values } = matrix
  if (values.length !== rows * columns)
    throw new RangeError(`${values.length} numbers do not fill ${rows} × ${columns}`)
  const centre = columnMeans(matrix, times)
  const centred = centredRows(matrix, centre, times)
  const wide = columns > centred.length
  const gram = wide ? gramOf(turned(centred, columns), centred.length) : gramOf(centred, columns)
  const size = Math.sqrt(gram.length)
  const [first, second] = largestEigen(gram, Math.min(2, size))
  const least = Math.max(0, first?.value ?? 0) * 1e-12
  const pairs = [first, second].map((eigen) => {
    const spread = eigen && eigen.value > least ? eigen.value : 0
    if (!eigen || spread === 0) return { spread, direction: new Float64Array(columns) }
    return { spread, direction: signed(wide ? combined(centred, eigen.vector, columns) : eigen.vector) }
  })
  const [one, two] = pairs as [(typeof pairs)[number], (typeof pairs)[number]]
  return { centre, directions: [one.direction, two.direction], spreads: [one.spread, two.spread] }
}

function columnMeans({ rows, columns, values }: Matrix, times?: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(columns)
  const known = new Float64Array(columns)
  for (let row = 0; row < rows; row += 1) {
    const count = times ? times[row]! : 1
    if (count === 0) continue
    for (let column = 0; column < columns; column += 1) {
      const value = values[row * columns + column]!
      if (Number.isNaN(value)) continue
      sums[column] = sums[column]! + count * value
      known[column] = known[column]! + count
    }
  }
  return sums.map((sum, column) => (known[column] === 0 ? 0 : sum / known[column]!))
}

/** Distances from the means, none where nothing is known; a row that counts n times is √n times as long. */
function centredRows(
  { rows, columns, values }: Matrix,
  centre: Float64Array,
  times?: ArrayLike<number>,
): Float64Array[] {
  const kept: Float64Array[] = []
  for (let row = 0; row < rows; row += 1) {
    const count = times ? times[row]! : 1
    if (count === 0) continue
    const length = Math.sqrt(count)
    const own = new Float64Array(columns)
    for (let column = 0; column < columns; column += 1) {
      const value = values[row * columns + column]!
      if (!Number.isNaN(value)) own[column] = (value - centre[column]!) * length
    }
    kept.push(own)
  }
  return kept
}

/** Sums of products of every two columns. Only what stands on or below the diagonal has to be filled: nobody reads the rest. */
function gramOf(rows: readonly Float64Array[], columns: number): Float64Array {
  const gram = new Float64Array(columns * columns)
  const own = turned(rows, columns)
  const last = columns - 1
  // Two columns with two others at a time: each number is fetched half as often, which takes two thirds of the time.
  for (let i = 0; i < columns; i += 2) {
    const next = Math.min(i + 1, last)
    for (let j = 0; j <= next; j += 2) {
      const beside = Math.min(j + 1, last)
      const [a, b, c, d] = [own[i]!, own[next]!, own[j]!, own[beside]!]
      let ac = 0
      let ad = 0
      let bc = 0
      let bd = 0
      for (let row = 0; row < a.length; row += 1) {
        const p = a[row]!
        const q = b[row]!
        ac += p * c[row]!
        ad += p * d[row]!
        bc += q * c[row]!
        bd += q * d[row]!
      }
      gram[i * columns + j] = ac
      gram[i * columns + beside] = ad
      gram[next * columns + j] = bc
      gram[next * columns + beside] = bd
    }
  }
  return gram
}

function turned(rows: readonly Float64Array[], columns: number): Float64Array[] {
  const own = Array.from({ length: columns }, () => new Float64Array(rows.length))
  for (let row = 0; row < rows.length; row += 1)
    for (let column = 0; column < columns; column += 1) own[column]![row] = rows[row]![column]!
  return own
}

/** From the space of rows into the space of columns, of length 1. */
function combined(rows: readonly Float64Array[], shares: Float64Array, columns: number): Float64Array {
  const direction = new Float64Array(columns)
  for (const [at, row] of rows.entries())
    for (let column = 0; column < columns; column += 1)
      direction[column] = direction[column]! + shares[at]! * row[column]!
  const length = Math.hypot(...direction)
  return direction.map((value) => value / length)
}

/** A direction and its opposite are the same: this one is the one whose largest entry is positive. */
function signed(direction: Float64Array): Float64Array {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-9 ? value : most), 0)
  return largest < 0 ? direction.map((value) => -value) : direction
}

/**
 * Where each row stands along the two directions, by what is known of it alone, and moved outwards by √(columns / known), so
 * that rows of which little is known do not all end up in the middle. Small et al. (2021), Polis. A row of nothing is 0, 0.
 */
export function scaledScores(
  { rows, columns, values }: Matrix,
  { centre, directions }: Components,
): [number, number][] {
  const [first, second] = directions
  return Array.from({ length: rows }, (_, row) => {
    let [x, y, known] = [0, 0, 0]
    for (let column = 0; column < columns; column += 1) {
      const value = values[row * columns + column]!
      if (Number.isNaN(value)) continue
      const distance = value - centre[column]!
      x += distance * first[column]!
      y += distance * second[column]!
      known += 1
    }
    const scale = known === 0 ? 0 : Math.sqrt(columns / known)
    return [x * scale, y * scale]
  })
}
