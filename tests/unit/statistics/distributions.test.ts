import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  betaQuantile,
  incompleteBeta,
  logGamma,
  normalCdf,
  normalQuantile,
  tQuantile,
} from '../../../shared/statistics/distributions.ts'

test('the logarithm of the gamma function agrees with tables', () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12)
  expect(logGamma(10)).toBeCloseTo(Math.log(362880), 12)
  // mpmath 1.3 loggamma
  expect(logGamma(0.001)).toBeCloseTo(6.907178885383853, 12)
  expect(logGamma(3.7)).toBeCloseTo(1.428072326665388, 12)
  expect(logGamma(1e5)).toBeCloseTo(1051287.7089736569, 8)
})

test('the logarithm of the gamma function obeys its recurrence', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), (x) => {
      expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 9)
    }),
  )
})

test('the incomplete beta function agrees with other implementations', () => {
  // I_0.3(2, 3) as a binomial tail by hand; the rest from mpmath 1.3 betainc(regularized=True)
  expect(incompleteBeta(0.3, 2, 3)).toBeCloseTo(0.3483, 12)
  expect(incompleteBeta(1e-8, 0.01, 5)).toBeCloseTo(0.849213828462413, 12)
  expect(incompleteBeta(0.999, 0.5, 0.5)).toBeCloseTo(0.9798649583666225, 12)
  expect(incompleteBeta(0.5, 1000, 1010)).toBeCloseTo(0.5882698275437275, 12)
  expect(incompleteBeta(0.0001, 3, 30000)).toBeCloseTo(0.5768659299162031, 12)
  expect(incompleteBeta(0.99, 5000, 20) / 3.847192015322758e-7).toBeCloseTo(1, 11)
})

test('beta quantiles agree with scipy, also far from the middle', () => {
  // scipy 1.17 special.betaincinv
  expect(betaQuantile(0.025, 2, 3)).toBeCloseTo(0.06758598648854294, 12)
  expect(betaQuantile(0.975, 2, 3)).toBeCloseTo(0.8058795503167565, 12)
  expect(betaQuantile(0.025, 0.5, 20)).toBeCloseTo(2.4860208631304374e-5, 14)
  expect(betaQuantile(0.025, 5000, 20.5)).toBeCloseTo(0.9939739489413892, 12)
  expect(betaQuantile(0.975, 1e5, 1e5)).toBeCloseTo(0.5021912985683079, 12)
  expect(betaQuantile(0.025, 0.01, 5) / 7.803601735629069e-162).toBeCloseTo(1, 10)
})

test('a beta quantile is undone by the distribution function', () => {
  const shape = fc.double({ min: 0.5, max: 5000, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), shape, shape, (p, a, b) => {
      expect(incompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 8)
    }),
  )
})

test('t quantiles agree with printed tables', () => {
  // Abramowitz and Stegun table 26.10 to its digits, scipy 1.17 stats.t.ppf beyond
  expect(tQuantile(0.975, 1)).toBeCloseTo(12.706204736174694, 10)
  expect(tQuantile(0.975, 2)).toBeCloseTo(4.302652729749462, 11)
  expect(tQuantile(0.975, 197)).toBeCloseTo(1.9720790337785026, 11)
  expect(tQuantile(0.025, 6735)).toBeCloseTo(-1.9603162770962357, 11)
  expect(tQuantile(0.6, 3)).toBeCloseTo(0.2766706623326898, 11)
  expect(tQuantile(1e-6, 5)).toBeCloseTo(-24.771029720515948, 10)
  expect(tQuantile(0.975, Infinity)).toBeCloseTo(1.959963984540054, 12)
})

test('the normal distribution agrees with printed tables in the middle and in the tails', () => {
  // Abramowitz and Stegun table 26.1; tails from mpmath 1.3 ncdf; Wichura (1988) gives the quantiles of 0.25, 0.001, 1e-20
  expect(normalCdf(0)).toBe(0.5)
  expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 13)
  expect(normalCdf(-3)).toBeCloseTo(0.0013498980316301, 14)
  expect(normalCdf(-10) / 7.619853024160525e-24).toBeCloseTo(1, 11)
  expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 12)
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 12)
  expect(normalQuantile(1e-20)).toBeCloseTo(-9.26234008979841, 12)
  expect(normalCdf(Infinity) - normalCdf(-Infinity)).toBe(1)
})

test('arguments outside the domain are refused', () => {
  expect(() => logGamma(0)).toThrow(RangeError)
  expect(() => incompleteBeta(1.1, 1, 1)).toThrow(RangeError)
  expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError)
  expect(() => betaQuantile(Number.NaN, 1, 1)).toThrow(RangeError)
  expect(() => tQuantile(1, 5)).toThrow(RangeError)
  expect(() => tQuantile(0.5, 0)).toThrow(RangeError)
  expect(() => normalQuantile(0)).toThrow(RangeError)
  expect(() => normalCdf(Number.NaN)).toThrow(RangeError)
})
