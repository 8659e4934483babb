import { describe, expect, it } from 'vitest'
import { largestEigen } from '../../../shared/statistics/eigen.ts'
import { principalComponents, scaledScores } from '../../../shared/statistics/pca.ts'
import { seeded } from '../../../shared/statistics/random.ts'

// McNeil (1977), R: datasets::USArrests, by murder, assault, urban population and rape
const arrests = (
  '13.2 236 58 21.2 10 263 48 44.5 8.1 294 80 31 8.8 190 50 19.5 9 276 91 40.6 7.9 204 78 38.7 3.3 110 77 11.1 ' +
  '5.9 238 72 15.8 15.4 335 80 31.9 17.4 211 60 25.8 5.3 46 83 20.2 2.6 120 54 14.2 10.4 249 83 24 7.2 113 65 21 ' +
  '2.2 56 57 11.3 6 115 66 18 9.7 109 52 16.3 15.4 249 66 22.2 2.1 83 51 7.8 11.3 300 67 27.8 4.4 149 85 16.3 ' +
  '12.1 255 74 35.1 2.7 72 66 14.9 16.1 259 44 17.1 9 178 70 28.2 6 109 53 16.4 4.3 102 62 16.5 12.2 252 81 46 ' +
  '2.1 57 56 9.5 7.4 159 89 18.8 11.4 285 70 32.1 11.1 254 86 26.1 13 337 45 16.1 0.8 45 44 7.3 7.3 120 75 21.4 ' +
  '6.6 151 68 20 4.9 159 67 29.3 6.3 106 72 14.9 3.4 174 87 8.3 14.4 279 48 22.5 3.8 86 45 12.8 13.2 188 59 26.9 ' +
  '12.7 201 80 25.5 3.2 120 80 22.9 2.2 48 32 11.2 8.5 156 63 20.7 4 145 73 26.2 5.7 81 39 9.3 2.6 53 66 10.8 ' +
  '6.8 161 60 15.6'
)
  .split(' ')
  .map(Number)
const states = { rows: 50, columns: 4, values: Float64Array.from(arrests) }

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)

describe('principal components', () => {
  // R: prcomp(USArrests)$sdev -> 83.732400 14.212402; $rotation, up to signs
  it('are those of R', () => {
    const { directions, spreads } = principalComponents(states)
    expect(spreads.map((spread) => Math.sqrt(spread / 49))).toEqual([
      expect.closeTo(83.7324, 4),
      expect.closeTo(14.212402, 6),
    ])
    const rotation = [
      [0.0417043, 0.9952213, 0.0463358, 0.075156],
      [-0.0448217, -0.05876, 0.9768575, 0.2007181],
    ]
    for (const [at, direction] of directions.entries())
      for (const [column, value] of direction.entries()) expect(value).toBeCloseTo(rotation[at]![column]!, 6)
  })

  it('are the same from either side, for more columns than rows and for rows that count twice', () => {
    const random = seeded('pca')
    const values = Float64Array.from({ length: 6 * 9 }, () => (random() < 0.2 ? NaN : Math.floor(random() * 3) - 1))
    const wide = principalComponents({ rows: 6, columns: 9, values })
    const tall = principalComponents({ rows: 12, columns: 9, values: Float64Array.of(...values, ...values) })
    const counted = principalComponents({ rows: 6, columns: 9, values }, [2, 2, 2, 2, 2, 2])
    for (const at of [0, 1] as const) {
      expect(wide.directions[at].every((value, column) => Math.abs(value - tall.directions[at][column]!) < 1e-12)).toBe(
        true,
      )
      expect(counted.spreads[at]).toBeCloseTo(tall.spreads[at], 10)
      expect(wide.spreads[at] * 2).toBeCloseTo(tall.spreads[at], 10)
    }
    expect(dot(...wide.directions)).toBeCloseTo(0, 12)
  })

  it('fill gaps with the mean of the column, and put rows with gaps further out', () => {
    const matrix = { rows: 3, columns: 2, values: Float64Array.of(1, 1, -1, -1, 1, NaN) }
    const components = principalComponents(matrix)
    expect([...components.centre]).toEqual([1 / 3, 0])
    const [full, , half] = scaledScores(matrix, components)
    const [x, y] = components.directions.map(([first]) => first! * (2 / 3) * Math.SQRT2)
    expect(half).toEqual([expect.closeTo(x!, 12), expect.closeTo(y!, 12)])
    expect(full![0]).toBeGreaterThan(0)
  })

  it('are nothing where rows do not differ, and in one direction only where they differ in one', () => {
    const alike = principalComponents({ rows: 3, columns: 2, values: Float64Array.of(1, 0, 1, 0, 1, NaN) })
    expect(alike.spreads).toEqual([0, 0])
    const line = principalComponents({ rows: 3, columns: 2, values: Float64Array.of(0, 0, 1, 1, 2, 2) })
    expect(line.spreads[0]).toBeCloseTo(4, 12)
    expect([...line.directions[1]]).toEqual([0, 0])
    expect(() => principalComponents({ rows: 2, columns: 2, values: new Float64Array(3) })).toThrow(RangeError)
  })
})

describe('the largest eigenvalues of a symmetric matrix', () => {
  // Of the second-difference matrix of n rows they are 2 − 2·cos(πk / (n + 1)).
  it('are those of a matrix whose eigenvalues are known, with vectors that it only stretches', () => {
    const n = 30
    const matrix = Float64Array.from({ length: n * n }, (_, at) => {
      const apart = Math.abs(Math.floor(at / n) - (at % n))
      return apart === 0 ? 2 : apart === 1 ? -1 : 0
    })
    for (const [rank, { value, vector }] of largestEigen(matrix, 3).entries()) {
      expect(value).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (n - rank)) / (n + 1)), 12)
      const image = vector.map((_, row) => dot(matrix.subarray(row * n, (row + 1) * n), vector))
      for (const [row, entry] of image.entries()) expect(entry).toBeCloseTo(value * vector[row]!, 10)
    }
  })

  it('are found where some are the same, each with a vector of its own', () => {
    const matrix = Float64Array.of(5, 0, 0, 0, 5, 0, 0, 0, 1)
    const [first, second] = largestEigen(matrix, 2)
    expect([first!.value, second!.value]).toEqual([expect.closeTo(5, 12), expect.closeTo(5, 12)])
    expect(dot(first!.vector, second!.vector)).toBeCloseTo(0, 12)
    expect(() => largestEigen(matrix, 4)).toThrow(RangeError)
    expect(() => largestEigen(new Float64Array(3), 1)).toThrow(RangeError)
  })
})
