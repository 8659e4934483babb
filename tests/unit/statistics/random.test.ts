import { expect, test } from 'vitest'
import { normalCdf } from '../../../shared/statistics/distributions.ts'
import { fnv1a, normal, seeded, xoshiro128 } from '../../../shared/statistics/random.ts'

test('the generator gives the numbers of the reference implementation', () => {
  // Blackman and Vigna's xoshiro128starstar.c from the state 1, 2, 3, 4; also the vector of Rust's rand_xoshiro
  const next = xoshiro128([1, 2, 3, 4])
  const reference = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]
  expect(reference.map(() => next())).toEqual(reference)
  expect(() => xoshiro128([0, 0, 0, 0])).toThrow(RangeError)
})

test('seeds are hashed as FNV-1a publishes', () => {
  // Test vectors of the FNV reference code
  expect(fnv1a('')).toBe(0x811c9dc5)
  expect(fnv1a('a')).toBe(0xe40c292c)
  expect(fnv1a('foobar')).toBe(0xbf9cf968)
})

test('the same seed gives the same series and another seed another', () => {
  const series = (seed: string | number) => Array.from({ length: 8 }, seeded(seed))
  expect(series('甘棠')).toEqual(series('甘棠'))
  expect(series(7)).toEqual(series('7'))
  expect(series(7)).not.toEqual(series(8))
  expect(series('甘棠')).not.toEqual(series('棠甘'))
})

test('uniform numbers fill the unit interval evenly', () => {
  const random = seeded('uniform')
  const bins = new Array<number>(20).fill(0)
  for (let draw = 0; draw < 20_000; draw += 1) bins[Math.floor(random() * 20)]! += 1
  const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
  // 0.999 quantile of chi-square with 19 degrees of freedom, Abramowitz and Stegun table 26.8
  expect(chiSquare).toBeLessThan(43.82)
})

test('normal numbers follow the normal distribution', () => {
  const random = seeded('normal')
  const sorted = Array.from({ length: 10_000 }, () => normal(random)).sort((one, other) => one - other)
  const distance = Math.max(...sorted.map((value, rank) => Math.abs(normalCdf(value) - (rank + 0.5) / 10_000)))
  // Kolmogorov's bound at 0.001: 1.95 / sqrt(n)
  expect(distance).toBeLessThan(1.95 / 100)
})
