import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importanceSatisfaction, investmentRating } from '../../../shared/statistics/importance.ts'

test('the item with the most unmet need and the highest importance scores 200', () => {
  // ETC Institute in the Parks and Recreation Master Plan of 2024 (fliphtml5.com/gavqz/aluq): special events, PIR = 200
  const [first, second] = investmentRating([0.4, 0.1], [0.5, 0.25])
  expect(first).toEqual({ unr: 100, ir: 100, pir: 200, level: 'high' })
  expect(second).toEqual({ unr: 25, ir: 50, pir: 75, level: 'medium' })
})

test('levels are cut where ETC Institute cuts them', () => {
  // The same plan lists 101 as the last of its high priorities, before 98; medium starts at 50
  const published = [
    [101, 'high'],
    [98, 'medium'],
    [50, 'medium'],
    [43, 'low'],
  ] as const
  for (const [pir, level] of published) {
    const [rating] = investmentRating([pir / 2], [pir / 2], { unmet: 100, importance: 100 })
    expect(rating).toMatchObject({ pir, level })
  }
  expect(investmentRating([50], [50], { unmet: 100, importance: 100 })[0]!.level).toBe('high')
})

test('where nobody needs or names anything, every rating is 0', () => {
  expect(investmentRating([0, 0], [0, 0])).toEqual(Array(2).fill({ unr: 0, ir: 0, pir: 0, level: 'low' }))
  expect(investmentRating([], [])).toEqual([])
})

test('the largest of a list rates exactly 100, also where multiplying and dividing would round above it', () => {
  expect((100 * 0.3316216696314802) / 0.3316216696314802).toBeGreaterThan(100)
  const [only] = investmentRating([0.3316216696314802], [0.9349301221432764])
  expect(only).toEqual({ unr: 100, ir: 100, pir: 200, level: 'high' })
})

test('a rating against the maxima of a larger area is never higher than inside', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(share, share), { minLength: 1 }), (items) => {
      const [unmet, importance] = [items.map(([need]) => need), items.map(([, named]) => named)]
      const inside = investmentRating(unmet, importance)
      const district = investmentRating(unmet, importance, { unmet: 1, importance: 1 })
      inside.forEach(({ pir, unr, ir }, item) => {
        expect(pir).toBe(unr + ir)
        expect(pir).toBeLessThanOrEqual(200)
        expect(district[item]!.pir).toBeLessThanOrEqual(pir + 1e-9)
      })
    }),
  )
})

test('importance weighs only in so far as people are not satisfied', () => {
  expect(importanceSatisfaction(0.48, 0.36)).toBeCloseTo(0.3072, 12)
  expect(importanceSatisfaction(0.9, 1)).toBe(0)
  expect(importanceSatisfaction(1, 0)).toBe(1)
})

test('figures that are no shares or do not match are refused', () => {
  expect(() => investmentRating([1], [])).toThrow(RangeError)
  expect(() => investmentRating([-1], [1])).toThrow(RangeError)
  expect(() => importanceSatisfaction(48, 0.36)).toThrow(RangeError)
})
