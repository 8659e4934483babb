/** Eigenvalues from the largest on, each with its eigenvector of length 1. */
export interface Eigen {
  value: number
  vector: Float64Array
}

/**
 * The `wanted` largest eigenvalues of a symmetric matrix (n × n, row by row) with their vectors: Householder's reduction to
 * tridiagonal form, bisection by Sturm sequences, inverse iteration. Golub and Van Loan (2013), Matrix Computations, 8.3–8.4.
 * @throws {RangeError} when the matrix is not square or more are wanted than it has
 */
export function largestEigen(matrix: Float64Array, wanted: number): Eigen[] {
  const n = Math.sqrt(matrix.length)
  if (!Number.isInteger(n)) throw new RangeError(`not a square matrix: ${matrix.length} entries`)
  if (!(wanted >= 0 && wanted <= n)) throw new RangeError(`a matrix of ${n} rows has no ${wanted} eigenvalues`)
  const { diagonal, off, reflectors } = tridiagonal(matrix.slice(), n)
  const found: Eigen[] = []
  const own: Float64Array[] = []
  for (let rank = 0; rank < wanted; rank += 1) {
    const value = eigenvalue(diagonal, off, rank)
    const vector = inverseIteration(diagonal, off, value, own)
    own.push(vector)
    found.push({ value, vector: reflected(vector, reflectors) })
  }
  return found
}

/** A reflection that leaves the first `from` coordinates alone. */
interface Reflector {
  from: number
  unit: Float64Array
}

interface Tridiagonal {
  diagonal: Float64Array
  off: Float64Array
  reflectors: Reflector[]
}

/** Works in `a` itself. */
function tridiagonal(a: Float64Array, n: number): Tridiagonal {
  const reflectors: Reflector[] = []
  const off = new Float64Array(Math.max(0, n - 1))
  for (let k = 0; k < n - 1; k += 1) {
    const unit = new Float64Array(n - k - 1)
    for (let i = 0; i < unit.length; i += 1) unit[i] = a[(k + 1 + i) * n + k]!
    const length = norm(unit)
    off[k] = unit[0]!
    if (k === n - 2 || length === 0 || Math.abs(unit[0]!) === length) continue
    off[k] = unit[0]! > 0 ? -length : length
    unit[0] = unit[0]! - off[k]!
    scale(unit, 1 / norm(unit))
    reflect(a, n, k + 1, unit)
    reflectors.push({ from: k + 1, unit })
  }
  return { diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), off, reflectors }
}

/**
 * Reflects the rows and columns of `a` from `from` on; only what stands on or below the diagonal is kept up. Two rows at a
 * time, here as in `product`: what goes by column is fetched half as often, which takes two thirds of the time.
 */
function reflect(a: Float64Array, n: number, from: number, unit: Float64Array): void {
  const w = product(a, n, from, unit)
  subtract(w, unit, dot(w, unit))
  for (let i = 0; i < unit.length; i += 2) {
    const row = (from + i) * n + from
    const hasNext = i + 1 < unit.length
    const next = hasNext ? row + n : row
    const [u, v] = [2 * unit[i]!, 2 * w[i]!]
    const [p, q] = hasNext ? [2 * unit[i + 1]!, 2 * w[i + 1]!] : [0, 0]
    for (let j = 0; j <= i; j += 1) {
      const x = w[j]!
      const y = unit[j]!
      a[row + j] = a[row + j]! - u * x - v * y
      a[next + j] = a[next + j]! - p * x - q * y
    }
    if (hasNext) a[next + i + 1] = a[next + i + 1]! - p * w[i + 1]! - q * unit[i + 1]!
  }
}

/** `a` from `from` on times a vector. */
function product(a: Float64Array, n: number, from: number, vector: Float64Array): Float64Array {
  const m = vector.length
  const w = new Float64Array(m)
  for (let i = 0; i < m; i += 2) {
    const row = (from + i) * n + from
    const hasNext = i + 1 < m
    const next = hasNext ? row + n : row
    const [p, q] = [vector[i]!, hasNext ? vector[i + 1]! : 0]
    let sum = a[row + i]! * p
    let other = 0
    for (let j = 0; j < i; j += 1) {
      const x = a[row + j]!
      const y = a[next + j]!
      sum += x * vector[j]!
      other += y * vector[j]!
      w[j] = w[j]! + x * p + y * q
    }
    if (hasNext) w[i + 1] = other + a[next + i]! * p + a[next + i + 1]! * q
    w[i] = w[i]! + sum + (hasNext ? a[next + i]! * q : 0)
  }
  return w
}

/** The eigenvalue that `rank` others exceed: between bounds by Gershgorin, halved until they meet. */
function eigenvalue(diagonal: Float64Array, off: Float64Array, rank: number): number {
  const n = diagonal.length
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < n; i += 1) {
    const reach = Math.abs(off[i - 1] ?? 0) + Math.abs(off[i] ?? 0)
    low = Math.min(low, diagonal[i]! - reach)
    high = Math.max(high, diagonal[i]! + reach)
  }
  for (;;) {
    const middle = low + (high - low) / 2
    if (!(middle > low && middle < high)) return middle
    if (below(diagonal, off, middle) < n - rank) low = middle
    else high = middle
  }
}

/** How many eigenvalues are smaller than `x`: negative terms of the Sturm sequence. */
function below(diagonal: Float64Array, off: Float64Array, x: number): number {
  let count = 0
  let pivot = 1
  for (let i = 0; i < diagonal.length; i += 1) {
    const before = i === 0 ? 0 : off[i - 1]!
    pivot = diagonal[i]! - x - (before * before) / pivot
    if (pivot === 0) pivot = -Number.EPSILON * (Math.abs(before) + Number.EPSILON)
    if (pivot < 0) count += 1
  }
  return count
}

const STEPS = 4

function inverseIteration(
  diagonal: Float64Array,
  off: Float64Array,
  value: number,
  others: readonly Float64Array[],
): Float64Array {
  const n = diagonal.length
  // Uneven, so that it is at right angles to no eigenvector but by ill luck.
  let vector: Float64Array = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7) % 11) / 11)
  for (let step = 0; step < STEPS; step += 1) {
    vector = solved(diagonal, off, value, vector)
    for (const other of others) subtract(vector, other, dot(vector, other))
    scale(vector, 1 / norm(vector))
  }
  return vector
}

/** (T − value)⁻¹ right, by elimination with row exchanges; a pivot of nothing counts as almost nothing. */
function solved(diagonal: Float64Array, off: Float64Array, value: number, right: Float64Array): Float64Array {
  const n = diagonal.length
  const tiny = Number.EPSILON * Math.max(Number.MIN_VALUE / Number.EPSILON, norm(diagonal) + norm(off))
  const main = diagonal.map((each) => each - value)
  const upper = Float64Array.from({ length: n }, (_, i) => off[i] ?? 0)
  const second = new Float64Array(n)
  const x = right.slice()
  for (let i = 0; i < n - 1; i += 1) {
    const lower = off[i]!
    if (Math.abs(main[i]!) >= Math.abs(lower)) {
      main[i] ||= tiny
      const times = lower / main[i]!
      main[i + 1] = main[i + 1]! - times * upper[i]!
      x[i + 1] = x[i + 1]! - times * x[i]!
      continue
    }
    const times = main[i]! / lower
    const [below, above] = [main[i + 1]!, upper[i]!]
    main[i] = lower
    upper[i] = below
    main[i + 1] = above - times * below
    second[i] = upper[i + 1]!
    upper[i + 1] = -times * upper[i + 1]!
    const kept = x[i]!
    x[i] = x[i + 1]!
    x[i + 1] = kept - times * x[i + 1]!
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    const rest = x[i]! - upper[i]! * (x[i + 1] ?? 0) - second[i]! * (x[i + 2] ?? 0)
    x[i] = rest / (Math.abs(main[i]!) < tiny ? tiny : main[i]!)
  }
  return x
}

function reflected(vector: Float64Array, reflectors: readonly Reflector[]): Float64Array {
  const turned = vector.slice()
  for (const { from, unit } of reflectors.toReversed())
    subtract(turned.subarray(from), unit, 2 * dot(turned.subarray(from), unit))
  return turned
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < b.length; i += 1) sum += a[i]! * b[i]!
  return sum
}

const norm = (vector: Float64Array): number => Math.sqrt(dot(vector, vector))

function scale(vector: Float64Array, by: number): void {
  for (let i = 0; i < vector.length; i += 1) vector[i] = vector[i]! * by
}

function subtract(vector: Float64Array, other: Float64Array, times: number): void {
  for (let i = 0; i < other.length; i += 1) vector[i] = vector[i]! - times * other[i]!
}
