import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kish, weightedCovariance, weightedShare } from '../../../shared/statistics/weighted.ts'
import { oaklandCells, ticked } from './oakland.ts'
import { oracle, readCsv, readJson } from './oracle-data.ts'

interface Expected {
  n: number
  p_weighted: number
  se: number
}

interface District {
  n: number
  sum_w: number
  n_eff_kish: number
  [option: string]: unknown
}

/** Cells of one person each, with the published weights. */
function oaklandPeople(keep: (row: Record<string, string>) => boolean) {
  const { people } = oaklandCells([], (row) => row.q5 !== '' && keep(row))
  return { people, weights: people.map(({ wt }) => Number(wt)), of: people.map(() => 1) }
}

/** R takes n/(n−1) over all 6,748 people of the design, also where only some of them were asked; we over those asked. */
function asDomain(n: number) {
  return Math.sqrt(((n - 1) / n) * (6748 / 6747))
}

function tallied(people: Record<string, string>[], option: string) {
  return people.map((row) => (ticked(row, option) ? 1 : 0))
}

describe.skipIf(!oracle)('weighted shares of the Oakland survey', () => {
  test('have the share and standard error that R survey computes', () => {
    const { q5_overall } = readJson('oakland/oakland2025_expected.json')
    const { people, weights, of } = oaklandPeople(() => true)
    for (const [option, expected] of Object.entries<Expected>(q5_overall)) {
      const found = weightedShare({ yes: tallied(people, option), of, weights })
      expect(found.n).toBe(expected.n)
      expect(found.df).toBe(expected.n - 1)
      expect(found.p).toBeCloseTo(expected.p_weighted, 10)
      expect(found.se! * asDomain(found.n)).toBeCloseTo(expected.se, 11)
      expect(found.se).toBeCloseTo(expected.se, 8)
    }
  })

  test('by district have the share and standard error that R computes', () => {
    const { q5_by_district } = readJson('oakland/oakland2025_expected.json')
    for (const [district, { n, sum_w, n_eff_kish, ...options }] of Object.entries<District>(q5_by_district)) {
      const { people, weights, of } = oaklandPeople((row) => row.district === district)
      expect(kish(of, weights).effectiveN).toBeCloseTo(n_eff_kish, 6)
      for (const [option, expected] of Object.entries(options as Record<string, Expected>)) {
        const found = weightedShare({ yes: tallied(people, option), of, weights })
        expect(found.sumW).toBeCloseTo(sum_w, 6)
        expect(found.p).toBeCloseTo(expected.p_weighted, 9)
        expect(found.se! * asDomain(n)).toBeCloseTo(expected.se, 9)
      }
    }
  })

  test('and Kish design effect agree with R', () => {
    const expected = readJson('oakland/oakland2025_expected.json').kish
    const { people } = oaklandCells([])
    const found = kish(
      people.map(() => 1),
      people.map(({ wt }) => Number(wt)),
    )
    expect(found.deff).toBeCloseTo(expected.deff_kish, 9)
    expect(found.effectiveN).toBeCloseTo(expected.n_eff, 5)
  })
})

test.skipIf(!oracle)('weighted shares of the school samples are those of R survey', () => {
  const api = readJson('r_survey_api/api_expected.json')
  for (const [file, design] of [
    ['apistrat', 'strat'],
    ['apiclus1', 'clus1'],
  ] as const) {
    const rows = readCsv(`r_survey_api/${file}.csv`)
    const yes = rows.map((row) => (row['sch.wide'] === 'Yes' ? 1 : 0))
    const share = weightedShare({ yes, of: rows.map(() => 1), weights: rows.map(({ pw }) => Number(pw)) })
    expect(share.p).toBeCloseTo(api[design].prop_schwide.coef['sch.wideYes'], 9)
  }
  const weights = readCsv('r_survey_api/apistrat.csv').map(({ pw }) => Number(pw))
  expect(
    kish(
      weights.map(() => 1),
      weights,
    ).deff,
  ).toBeCloseTo(api.kish.strat, 9)
})

test('unweighted, the standard error is the textbook one of a simple random sample', () => {
  // Cochran (1977) 3.8: sqrt(pq / (n − 1))
  const { p, se } = weightedShare({ yes: [3, 5], of: [4, 16], weights: [1, 1] })
  expect(p).toBe(0.4)
  expect(se).toBeCloseTo(Math.sqrt(0.24 / 19), 12)
})

test('no answers are no data, and one answer has no standard error', () => {
  expect(weightedShare({ yes: [0], of: [0], weights: [1] })).toEqual({ n: 0, p: null, se: null, df: 0, sumW: 0 })
  expect(weightedShare({ yes: [1], of: [1], weights: [2] })).toEqual({ n: 1, p: 1, se: null, df: 0, sumW: 2 })
  expect(weightedShare({ yes: [1], of: [3], weights: [0] }).p).toBeNull()
  expect(kish([0, 0], [1, 1])).toEqual({ deff: 1, effectiveN: 0 })
})

test('somebody whom margins that contradict each other leave next to no weight still counts as one', () => {
  expect(kish([1], [2.6e-175])).toEqual({ deff: 1, effectiveN: 1 })
  expect(kish([4], [1e-300]).effectiveN).toBeCloseTo(4, 12)
})

const person = fc.record({
  weight: fc.double({ min: 0.1, max: 5, noNaN: true }),
  says: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
})
const crowd = fc.array(person, { minLength: 2, maxLength: 40 })

function tallyOf(people: { weight: number; says: boolean[] }[]) {
  return {
    n: people.map(() => 1),
    yes: people.map(({ says }) => says.map(Number)),
    both: (cell: number, i: number, j: number) => Number(people[cell]!.says[i]! && people[cell]!.says[j]!),
    weights: people.map(({ weight }) => weight),
  }
}

test('the diagonal of the covariance is the squared standard error of each share', () => {
  fc.assert(
    fc.property(crowd, (people) => {
      const tally = tallyOf(people)
      weightedCovariance(tally).forEach((row, i) => {
        const { se } = weightedShare({ yes: tally.yes.map((says) => says[i]!), of: tally.n, weights: tally.weights })
        expect(row[i]).toBeCloseTo(se! ** 2, 12)
      })
    }),
  )
})

test('the covariance gives the variance of any difference of two shares, taken person by person', () => {
  fc.assert(
    fc.property(crowd, (people) => {
      const tally = tallyOf(people)
      const covariance = weightedCovariance(tally)
      const sumW = tally.weights.reduce((sum, weight) => sum + weight, 0)
      const differences = tally.yes.map(([first, second]) => first! - second!)
      const mean = differences.reduce((sum, value, at) => sum + value * tally.weights[at]!, 0) / sumW
      const squares = differences.reduce((sum, value, at) => sum + (tally.weights[at]! * (value - mean)) ** 2, 0)
      const direct = ((people.length / (people.length - 1)) * squares) / sumW ** 2
      const [[a, ab], [, b]] = covariance as [[number, number, number], [number, number, number]]
      expect(a + b - 2 * ab).toBeCloseTo(direct, 10)
    }),
  )
})

test('counting people together in cells of equal weight changes nothing', () => {
  fc.assert(
    fc.property(crowd, (people) => {
      const equal = people.map(({ says }, at) => ({ says, weight: 1 + (at % 3) }))
      const single = tallyOf(equal)
      const groups = [0, 1, 2].map((rest) => equal.filter((_, at) => at % 3 === rest))
      const pooled = {
        n: groups.map((group) => group.length),
        yes: groups.map((group) => [0, 1, 2].map((i) => group.filter(({ says }) => says[i]).length)),
        both: (cell: number, i: number, j: number) => groups[cell]!.filter(({ says }) => says[i] && says[j]).length,
        weights: [1, 2, 3],
      }
      weightedCovariance(pooled)
        .flat()
        .forEach((value, at) => {
          expect(value).toBeCloseTo(weightedCovariance(single).flat()[at]!, 12)
        })
    }),
  )
})

test('tallies that cannot be are refused', () => {
  expect(() => kish([1], [1, 2])).toThrow(RangeError)
  expect(() => weightedShare({ yes: [2], of: [1], weights: [1] })).toThrow(RangeError)
  expect(() => weightedShare({ yes: [0], of: [1], weights: [-1] })).toThrow(RangeError)
  expect(() => weightedCovariance({ n: [1], yes: [[1]], both: () => 1, weights: [1] })).toThrow(RangeError)
})
