import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kornGraubard, kornGraubardAt, logitInterval, wilson } from '../../../shared/statistics/intervals.ts'
import { oracle, readJson } from './oracle-data.ts'

interface Expected {
  n: number
  p_weighted: number
  se: number
  ci_logit: number[]
  ci_beta: number[]
}

describe('wilson', () => {
  test('agrees with R', () => {
    // R: prop.test(8, 10, correct = FALSE)$conf.int -> 0.490162472 0.943317849
    expect(wilson(8, 10).low).toBeCloseTo(0.490162472, 9)
    expect(wilson(8, 10).high).toBeCloseTo(0.943317849, 9)
  })

  test('agrees with the worked examples of Newcombe (1998), table I, method 3', () => {
    const printed = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [yes, of, low, high] of printed) {
      expect(wilson(yes, of).low).toBeCloseTo(low, 4)
      expect(wilson(yes, of).high).toBeCloseTo(high, 4)
    }
  })

  test('holds the observed share, stays within 0..1, and mirrors when yes and no change places', () => {
    const count = fc
      .integer({ min: 1, max: 5000 })
      .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))
    fc.assert(
      fc.property(count, ([yes, of]) => {
        const { low, high } = wilson(yes, of)
        const mirrored = wilson(of - yes, of)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(yes / of)
        expect(high).toBeGreaterThanOrEqual(yes / of)
        expect(high).toBeLessThanOrEqual(1)
        expect(mirrored.low).toBeCloseTo(1 - high, 9)
      }),
    )
  })

  test('narrows with more answers and widens with the level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (yes, no) => {
        const width = ({ low, high }: { low: number; high: number }) => high - low
        expect(width(wilson(4 * yes, 4 * (yes + no)))).toBeLessThan(width(wilson(yes, yes + no)))
        expect(width(wilson(yes, yes + no, 0.99))).toBeGreaterThan(width(wilson(yes, yes + no, 0.9)))
      }),
    )
  })
})

describe.skipIf(!oracle)('intervals of a weighted share agree with R survey svyciprop', () => {
  test('in the stratified school sample, with its p, standard error and 197 degrees of freedom', () => {
    const api = readJson('r_survey_api/api_expected.json')
    const p = api.strat.prop_schwide.coef['sch.wideYes']
    const se = api.strat.prop_schwide.se['sch.wideYes']
    const expected = api.svyciprop_schwide_strat
    const logit = logitInterval(p, se, 197)
    const beta = kornGraubard(p, se, 200, 197)
    expect([logit.low, logit.high]).toEqual(expected.logit.ci.map((end: number) => expect.closeTo(end, 8)))
    expect([beta.low, beta.high]).toEqual(expected.beta.ci.map((end: number) => expect.closeTo(end, 8)))
  })

  test('in the clustered school sample, where 15 clusters leave 14 degrees of freedom for 183 answers', () => {
    const api = readJson('r_survey_api/api_expected.json')
    const p = api.clus1.prop_schwide.coef['sch.wideYes']
    const se = api.clus1.prop_schwide.se['sch.wideYes']
    const expected = api.svyciprop_schwide_clus1
    const logit = logitInterval(p, se, 14)
    const beta = kornGraubard(p, se, 183, 14)
    expect([logit.low, logit.high]).toEqual(expected.logit.ci.map((end: number) => expect.closeTo(end, 8)))
    expect([beta.low, beta.high]).toEqual(expected.beta.ci.map((end: number) => expect.closeTo(end, 8)))
  })

  test('in the Oakland survey, whatever the answer', () => {
    const { q5_overall } = readJson('oakland/oakland2025_expected.json')
    for (const { p_weighted: p, se, n, ci_logit, ci_beta } of Object.values<Expected>(q5_overall)) {
      const logit = logitInterval(p, se, n - 1)
      const beta = kornGraubard(p, se, n, n - 1)
      expect([logit.low, logit.high]).toEqual(ci_logit.map((end: number) => expect.closeTo(end, 8)))
      expect([beta.low, beta.high]).toEqual(ci_beta.map((end: number) => expect.closeTo(end, 8)))
    }
  })
})

describe('kornGraubard', () => {
  test('is the Clopper–Pearson interval when the standard error is that of a simple random sample', () => {
    // R: binom.test(8, 10)$conf.int -> 0.4439045 0.9747893
    const se = Math.sqrt((0.8 * 0.2) / 10)
    expect(kornGraubard(0.8, se, 10, 9).low).toBeCloseTo(0.4439045, 7)
    expect(kornGraubard(0.8, se, 10, 9).high).toBeCloseTo(0.9747893, 7)
  })

  test('holds the share, stays within 0..1, and widens with the standard error', () => {
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true })
    const deff = fc.double({ min: 1, max: 4, noNaN: true })
    fc.assert(
      fc.property(share, fc.integer({ min: 30, max: 5000 }), deff, (p, n, factor) => {
        const se = Math.sqrt((factor * p * (1 - p)) / n)
        const narrow = kornGraubard(p, se, n, n - 1)
        const wide = kornGraubard(p, se * 1.1, n, n - 1)
        expect(narrow.low).toBeGreaterThanOrEqual(0)
        expect(narrow.low).toBeLessThan(p)
        expect(narrow.high).toBeGreaterThan(p)
        expect(narrow.high).toBeLessThanOrEqual(1)
        expect(wide.low).toBeLessThan(narrow.low)
        expect(wide.high).toBeGreaterThan(narrow.high)
      }),
    )
  })

  test('at 0 and 1 uses the exact binomial bound', () => {
    // R: binom.test(0, 10)$conf.int -> 0 0.3084971; by hand 1 - 0.025^(1/10)
    expect(kornGraubardAt(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.3084971, 7) })
    expect(kornGraubardAt(1, 10)).toEqual({ low: expect.closeTo(1 - 0.3084971, 7), high: 1 })
    expect(kornGraubardAt(0, 7.5).high).toBeCloseTo(1 - 0.025 ** (1 / 7.5), 10)
  })
})

test('figures that make no interval are refused', () => {
  expect(() => wilson(0, 0)).toThrow(RangeError)
  expect(() => wilson(3, 2)).toThrow(RangeError)
  expect(() => wilson(1, 2, 1)).toThrow(RangeError)
  expect(() => kornGraubard(0, 0, 10, 9)).toThrow(RangeError)
  expect(() => kornGraubard(0.5, 0.1, 1, 0)).toThrow(RangeError)
  expect(() => kornGraubardAt(0.5, 10)).toThrow(RangeError)
  expect(() => kornGraubardAt(0, 0)).toThrow(RangeError)
  expect(() => logitInterval(1, 0.1, 9)).toThrow(RangeError)
})
