const TOLERANCE = 1e-9

/**
 * Lower triangular L with L·Lᵀ = matrix, for a symmetric positive semidefinite matrix such as a covariance. A pivot that
 * is zero but for rounding gives a column of zeros. Golub and Van Loan (2013) 4.2.
 * @throws {RangeError} when the matrix is not square, not symmetric, or has a negative eigenvalue beyond rounding
 */
export function cholesky(matrix: number[][]): number[][] {
  const scale = matrix.reduce((largest, row, i) => Math.max(largest, Math.abs(row[i] ?? 0)), 0)
  requireSymmetric(matrix, scale)
  const lower = matrix.map((row) => row.map(() => 0))
  for (let column = 0; column < matrix.length; column += 1) {
    const pivot = matrix[column]![column]! - dot(lower[column]!, lower[column]!, column)
    if (pivot < -TOLERANCE * scale) throw new RangeError('the matrix is not positive semidefinite')
    const root = pivot > TOLERANCE * scale ? Math.sqrt(pivot) : 0
    lower[column]![column] = root
    for (let row = column + 1; row < matrix.length; row += 1) {
      const rest = matrix[row]![column]! - dot(lower[row]!, lower[column]!, column)
      if (root > 0) lower[row]![column] = rest / root
      else if (Math.abs(rest) > Math.sqrt(TOLERANCE) * scale)
        throw new RangeError('the matrix is not positive semidefinite')
    }
  }
  return lower
}

function dot(first: number[], second: number[], length: number): number {
  let sum = 0
  for (let at = 0; at < length; at += 1) sum += first[at]! * second[at]!
  return sum
}

function requireSymmetric(matrix: number[][], scale: number) {
  const mirrored = (value: number, i: number, j: number) => Math.abs(value - matrix[j]![i]!) <= TOLERANCE * scale
  if (!matrix.every((row) => row.length === matrix.length)) throw new RangeError('the matrix is not square')
  if (!matrix.every((row, i) => row.every((value, j) => mirrored(value, i, j)))) {
    throw new RangeError('the matrix is not symmetric')
  }
}
