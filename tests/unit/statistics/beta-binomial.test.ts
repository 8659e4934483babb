import fc from 'fast-check'
import { expect, test } from 'vitest'
import { betaBinomialPrior, shrunk } from '../../../shared/statistics/beta-binomial.ts'

/** Tumours in 71 groups of rats: Tarone (1982), table 5.1 of Gelman et al., Bayesian Data Analysis (2013). */
const RATS = `0/20 0/20 0/20 0/20 0/20 0/20 0/20 0/19 0/19 0/19 0/19 0/18 0/18 0/17 1/20 1/20 1/20 1/20 1/19 1/19 1/18
  1/18 3/27 2/25 2/24 2/23 2/20 2/20 2/20 2/20 2/20 2/20 1/10 5/49 2/19 5/46 2/17 7/49 7/47 3/20 3/20 2/13 9/48 10/50
  4/20 4/20 4/20 4/20 4/20 4/20 4/20 10/48 4/19 4/19 4/19 5/22 11/46 12/49 5/20 5/20 6/23 5/19 6/22 6/20 6/20 6/20 16/52
  15/46 15/47 9/24 4/14`
  .split(/\s+/)
  .map((pair) => pair.split('/').map(Number) as [number, number])

/** Boys among the first twelve children of 6,115 families of Saxony, from none to twelve: Sokal and Rohlf (1995). */
const SAXONY = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]

test('the prior of the rat tumours is that of R and of scipy', () => {
  const prior = betaBinomialPrior(
    RATS.map(([yes]) => yes),
    RATS.map(([, of]) => of),
  )
  // The vignette of R's BayesGOF (CRAN) gives beta(2.3, 14.1); likelihood maximised with scipy 1.17: 2.34161, 14.11481
  expect(prior.a).toBeCloseTo(2.34161, 4)
  expect(prior.b).toBeCloseTo(14.11481, 3)
})

test('the prior of the Saxon families is the maximum likelihood estimate', () => {
  const yes = SAXONY.flatMap((families, boys) => Array<number>(families).fill(boys))
  const prior = betaBinomialPrior(
    yes,
    yes.map(() => 12),
  )
  // Root of the likelihood equations by mpmath 1.3; Wikipedia "Beta-binomial distribution" gives 34.09558 and 31.5715,
  // where its search stopped on the same flat top
  expect(prior.a / 34.1028576).toBeCloseTo(1, 5)
  expect(prior.b / 31.57823416).toBeCloseTo(1, 5)
  expect(prior.a / 34.09558).toBeCloseTo(1, 3)
  expect(prior.b / 31.5715).toBeCloseTo(1, 3)
})

test('a share under the prior of the rat tumours is the published posterior', () => {
  // Gelman et al. (2013) 5.1: under beta(1.4, 8.6) the 4 of 14 have posterior beta(5.4, 18.6), mean 0.223 (rounded there from unrounded a and b);
  // interval by scipy 1.17 beta.ppf([0.025, 0.975], 5.4, 18.6): 0.08540 0.40779
  const { share, low, high, weight } = shrunk(4, 14, { a: 1.4, b: 8.6 })
  expect(share).toBeCloseTo(0.225, 3)
  expect([low, high]).toEqual([expect.closeTo(0.0854, 5), expect.closeTo(0.40779, 5)])
  expect(weight).toBeCloseTo(14 / 24, 12)
})

test('a shrunk share lies between the raw share and the prior, the nearer the raw share the more answers', () => {
  const count = fc
    .integer({ min: 1, max: 500 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
  const shape = fc.double({ min: 0.1, max: 200, noNaN: true })
  fc.assert(
    fc.property(count, shape, shape, ([yes, of], a, b) => {
      const { share, low, high, weight } = shrunk(yes, of, { a, b })
      const mean = a / (a + b)
      expect(share).toBeCloseTo(weight * (yes / of) + (1 - weight) * mean, 9)
      expect(low).toBeLessThanOrEqual(share)
      expect(high).toBeGreaterThanOrEqual(share)
      expect(shrunk(2 * yes, 2 * of, { a, b }).weight).toBeGreaterThan(weight)
    }),
  )
})

test('a group without answers shows the prior and nothing of its own', () => {
  expect(shrunk(0, 0, { a: 2, b: 6 })).toMatchObject({ share: 0.25, weight: 0 })
})

test('whatever the groups answer, the prior is a proper one', () => {
  const group = fc
    .integer({ min: 0, max: 60 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
  fc.assert(
    fc.property(fc.array(group, { maxLength: 12 }), (groups) => {
      const { a, b } = betaBinomialPrior(
        groups.map(([yes]) => yes),
        groups.map(([, of]) => of),
      )
      expect(a).toBeGreaterThan(0)
      expect(b).toBeGreaterThan(0)
      expect(a + b).toBeLessThanOrEqual(10_001)
    }),
  )
})

test('groups that say nothing of a spread give Jeffreys prior', () => {
  expect(betaBinomialPrior([], [])).toEqual({ a: 0.5, b: 0.5 })
  expect(betaBinomialPrior([3, 0], [10, 0])).toEqual({ a: 0.5, b: 0.5 })
  expect(betaBinomialPrior([1, 0, 1], [1, 1, 1])).toEqual({ a: 0.5, b: 0.5 })
})

test('groups that never say yes give a small share, not an impossible one', () => {
  const { a, b } = betaBinomialPrior([0, 0], [49, 50])
  expect(a / (a + b)).toBeCloseTo(0.005, 12)
})

test('groups that differ by less than chance are all drawn to the common share', () => {
  const prior = betaBinomialPrior([30, 30, 30], [100, 100, 100])
  expect(shrunk(30, 100, prior).weight).toBeLessThan(0.02)
  expect(prior.a / (prior.a + prior.b)).toBeCloseTo(0.3, 4)
})

test('counts that cannot be are refused', () => {
  expect(() => betaBinomialPrior([1], [])).toThrow(RangeError)
  expect(() => betaBinomialPrior([3], [2])).toThrow(RangeError)
  expect(() => shrunk(3, 2, { a: 1, b: 1 })).toThrow(RangeError)
  expect(() => shrunk(1, 2, { a: 0, b: 1 })).toThrow(RangeError)
})
