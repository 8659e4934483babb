import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distribute, distributeTarget } from '../../../shared/campaigns/distribute.ts'

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
const weighing = (...weights: number[]) => weights.map((weight) => ({ weight, least: 0 }))

describe('a total divided by largest remainders', () => {
  test('gives the seats of the published example: 100 of 47,000, 16,000, 15,800, 12,000, 6,100 and 3,100 votes in 10 seats', () => {
    // Hare quota 10,000: https://en.wikipedia.org/wiki/Quota_method, example of the largest remainder method.
    expect(distribute(10, weighing(47_000, 16_000, 15_800, 12_000, 6_100, 3_100))).toEqual([5, 2, 1, 1, 1, 0])
  })

  test('gives nobody fewer than their least, and what that takes is shared by the others', () => {
    const parts = [
      { weight: 1, least: 20 },
      { weight: 4, least: 0 },
      { weight: 5, least: 0 },
    ]
    expect(distribute(100, parts)).toEqual([20, 36, 44])
  })

  test('takes weights of nothing but zero as equal, and refuses what cannot be', () => {
    expect(distribute(5, weighing(0, 0, 0))).toEqual([2, 2, 1])
    expect(() => distribute(5, [{ weight: 1, least: 6 }])).toThrow(RangeError)
    expect(() => distribute(1.5, weighing(1))).toThrow(RangeError)
    expect(() => distribute(1, [])).toThrow(RangeError)
    expect(() => distribute(1, weighing(Number.NaN))).toThrow(RangeError)
  })

  test('adds up exactly, keeps every least and strays from the share by less than one where nothing binds', () => {
    const part = fc.record({ weight: fc.nat(5_000), least: fc.nat(30) })
    const given = fc.record({ parts: fc.array(part, { minLength: 1, maxLength: 40 }), more: fc.nat(20_000) })
    fc.assert(
      fc.property(given, ({ parts, more }) => {
        const total = sum(parts.map(({ least }) => least)) + more
        const out = distribute(total, parts)
        expect(sum(out)).toBe(total)
        out.forEach((value, at) => {
          expect(Number.isInteger(value)).toBe(true)
          expect(value).toBeGreaterThanOrEqual(parts[at]!.least)
        })
        const weights = sum(parts.map(({ weight }) => weight))
        if (weights === 0 || parts.some(({ least }) => least > 0)) return
        const strayed = out.map((value, at) => Math.abs(value - (total * parts[at]!.weight) / weights))
        expect(Math.max(...strayed)).toBeLessThan(1)
      }),
      { numRuns: 300 },
    )
  })
})

test('a district’s target is divided by people over communities and age bands, above the minimum and what is in', () => {
  const places = [
    { people: [600, 300, 100], reached: [0, 0, 0] },
    { people: [60, 30, 10], reached: [0, 0, 9] },
    { people: [2_000, 800, 100], reached: [0, 0, 0] },
  ]
  const rows = distributeTarget(400, 30, places)
  expect(sum(rows.flat())).toBe(400)
  expect(rows.map(sum)).toEqual([95, 30, 275])
  expect(rows[1]).toEqual([14, 7, 9])
})
