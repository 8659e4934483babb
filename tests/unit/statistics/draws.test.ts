import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cholesky } from '../../../shared/statistics/cholesky.ts'
import { multivariateNormalDraws, quantile } from '../../../shared/statistics/draws.ts'
import { seeded } from '../../../shared/statistics/random.ts'

function times(lower: number[][]): number[][] {
  return lower.map((row) => lower.map((other) => row.reduce((sum, value, at) => sum + value * other[at]!, 0)))
}

test('the Cholesky factor is that of the textbook example', () => {
  // numpy.linalg.cholesky and Wikipedia "Cholesky decomposition"
  const matrix = [
    [4, 12, -16],
    [12, 37, -43],
    [-16, -43, 98],
  ]
  expect(cholesky(matrix)).toEqual([
    [2, 0, 0],
    [6, 1, 0],
    [-8, 5, 3],
  ])
})

test('a covariance with dependent or constant figures still has a factor', () => {
  const dependent = [
    [1, 0, 1],
    [0, 0, 0],
    [1, 0, 1],
  ]
  expect(times(cholesky(dependent))).toEqual(dependent)
  expect(cholesky([])).toEqual([])
})

test('the factor times its transpose is the matrix again, of any rank', () => {
  const entry = fc.integer({ min: -9, max: 9 })
  const shape = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  const vectors = shape.chain(([size, rank]) =>
    fc.array(fc.array(entry, { minLength: rank, maxLength: rank }), { minLength: size, maxLength: size }),
  )
  fc.assert(
    fc.property(vectors, (rows) => {
      const matrix = times(rows)
      const again = times(cholesky(matrix))
      matrix.forEach((row, i) => {
        row.forEach((value, j) => {
          expect(Math.abs(again[i]![j]! - value)).toBeLessThan(1e-3)
        })
      })
    }),
  )
})

test('a matrix that is no covariance is refused', () => {
  expect(() => cholesky([[-1]])).toThrow(RangeError)
  expect(() =>
    cholesky([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow(RangeError)
  expect(() =>
    cholesky([
      [1, 2],
      [3, 9],
    ]),
  ).toThrow(RangeError)
  expect(() => cholesky([[1, 2]])).toThrow(RangeError)
  expect(() => multivariateNormalDraws([0], [], 1, Math.random)).toThrow(RangeError)
})

test('draws have the mean and covariance that were asked for', () => {
  const mean = [0.3, 0.5]
  const covariance = [
    [0.04, 0.03],
    [0.03, 0.09],
  ]
  const draws = multivariateNormalDraws(mean, covariance, 20_000, seeded(1))
  const average = (value: (draw: Float64Array) => number) => draws.reduce((sum, draw) => sum + value(draw), 0) / 20_000
  for (const i of [0, 1]) {
    // within four standard errors of a mean and of a covariance of 20,000 draws
    expect(Math.abs(average((draw) => draw[i]!) - mean[i]!)).toBeLessThan(4 * Math.sqrt(covariance[i]![i]! / 20_000))
    for (const j of [0, 1]) {
      const found = average((draw) => (draw[i]! - mean[i]!) * (draw[j]! - mean[j]!))
      const spread = Math.sqrt((covariance[i]![i]! * covariance[j]![j]! + covariance[i]![j]! ** 2) / 20_000)
      expect(Math.abs(found - covariance[i]![j]!)).toBeLessThan(4 * spread)
    }
  }
})

test('draws without uncertainty are the mean, and seeded draws repeat', () => {
  expect([
    ...multivariateNormalDraws(
      [1, 2],
      [
        [0, 0],
        [0, 0],
      ],
      1,
      seeded(1),
    )[0]!,
  ]).toEqual([1, 2])
  const draw = () => multivariateNormalDraws([0], [[1]], 3, seeded('x'))
  expect(draw()).toEqual(draw())
})

test('quantiles are those of R', () => {
  // R: quantile(1:10) -> 1.00 3.25 5.50 7.75 10.00; 6.8 by hand: 4 + 0.7 · 4
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(ten, p))).toEqual([1, 3.25, 5.5, 7.75, 10])
  expect(quantile(Float64Array.of(1, 2, 4, 8), 0.9)).toBeCloseTo(6.8, 12)
  expect(quantile([3], 0.4)).toBe(3)
  expect(() => quantile([], 0.5)).toThrow(RangeError)
  expect(() => quantile([1], 2)).toThrow(RangeError)
})
