import { describe, expect, it } from 'vitest'
import { oneProportionZ, twoProportionsZ } from '../../../shared/statistics/proportions.ts'

describe('tests of shares', () => {
  // R: prop.test(c(15, 25), c(50, 50), correct = FALSE)$statistic -> 4.166667, the square of z
  it('of two shares have the square of R, and the sign of the difference', () => {
    expect(twoProportionsZ(25, 50, 15, 50)).toBeCloseTo(Math.sqrt(4.166667), 6)
    expect(twoProportionsZ(15, 50, 25, 50)).toBeCloseTo(-Math.sqrt(4.166667), 6)
    expect(twoProportionsZ(3, 3, 5, 5)).toBe(0)
    expect(twoProportionsZ(0, 3, 0, 5)).toBe(0)
  })

  // R: prop.test(60, 100, p = 0.5, correct = FALSE)$statistic -> 4
  it('of one share have that of R', () => {
    expect(oneProportionZ(60, 100, 0.5)).toBeCloseTo(2, 12)
    expect(oneProportionZ(40, 100, 0.5)).toBeCloseTo(-2, 12)
  })

  it('refuse what is no share', () => {
    expect(() => oneProportionZ(2, 1, 0.5)).toThrow(RangeError)
    expect(() => oneProportionZ(1, 2, 1)).toThrow(RangeError)
    expect(() => twoProportionsZ(1, 2, 0, 0)).toThrow(RangeError)
  })
})
