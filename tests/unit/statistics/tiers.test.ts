import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tiers } from '../../../shared/statistics/tiers.ts'

test('a tier closes where a row lies wholly below its first', () => {
  const rows = [
    { value: 180, low: 160, high: 195 },
    { value: 150, low: 130, high: 165 },
    { value: 140, low: 110, high: 159 },
    { value: 120, low: 100, high: 130 },
    { value: 60, low: 40, high: 90 },
  ]
  // 165 still reaches 160; 159 does not; 130 reaches 110, the first of the second tier
  expect(tiers(rows)).toEqual([0, 0, 1, 1, 2])
})

test('rows that touch stay together', () => {
  expect(
    tiers([
      { value: 2, low: 1, high: 3 },
      { value: 0, low: 0, high: 1 },
    ]),
  ).toEqual([0, 0])
  expect(tiers([])).toEqual([])
})

const row = fc
  .tuple(fc.double({ min: 0, max: 200, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true }))
  .map(([value, reach]) => ({ value, low: value - reach, high: value + reach }))

test('tiers follow the values, whatever the order of the rows', () => {
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: ({ value }) => value }), (rows) => {
      const found = tiers(rows)
      const backwards = tiers(rows.toReversed()).toReversed()
      expect(backwards).toEqual(found)
      rows.forEach((one, i) => {
        rows.forEach((other, j) => {
          if (one.value > other.value) expect(found[i]!).toBeLessThanOrEqual(found[j]!)
        })
      })
    }),
  )
})

test('every tier starts wholly below the first row of the tier above', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const found = tiers(rows)
      for (let tier = 1; tier <= Math.max(0, ...found); tier += 1) {
        const [above, here] = [tier - 1, tier].map((at) => rows.filter((_, i) => found[i] === at))
        const first = above!.reduce((best, one) => (one.value > best.value ? one : best))
        expect(Math.max(...here!.map(({ value }) => value))).toBeLessThan(first.low)
      }
    }),
  )
})

test('a row without an interval is refused', () => {
  expect(() => tiers([{ value: 1, low: 2, high: 1 }])).toThrow(RangeError)
  expect(() => tiers([{ value: 1, low: Number.NaN, high: 1 }])).toThrow(RangeError)
})
