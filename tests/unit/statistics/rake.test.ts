import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rake } from '../../../shared/statistics/rake.ts'
import { kish, weightedShare } from '../../../shared/statistics/weighted.ts'
import { oaklandCells, oaklandMargins, ticked } from './oakland.ts'
import { oracle, readCsv, readJson } from './oracle-data.ts'

describe.skipIf(!oracle)('raking the Oakland survey', () => {
  test('gives every one of the 6,748 people the weight the city published', () => {
    const { people, cells, cellOf, counts } = oaklandCells()
    const raked = rake({ counts, margins: oaklandMargins(cells) })
    const errors = people.map((row, person) => Math.abs(raked.weights[cellOf[person]!]! - Number(row.wt)))
    expect(people).toHaveLength(6748)
    expect(Math.max(...errors)).toBeLessThan(1e-6)
    expect(raked.converged).toBe(true)
    expect(kish(counts, raked.weights).deff).toBeCloseTo(2.89689, 5)
  })

  test('without a cap agrees with R survey rake() on three margins', () => {
    const { rake3 } = readJson('oakland/oakland2025_expected.json')
    const levels = Object.entries<Record<string, string>[]>(rake3.margins).map(([name, rows]) =>
      rows.map((row) => row[name]),
    )
    const columns = Object.keys(rake3.margins)
    const known = (row: Record<string, string>) => columns.every((name, at) => levels[at]!.includes(row[name]))
    const { people, cells, cellOf, counts } = oaklandCells(columns, known)
    const margins = columns.map((name, at) => ({
      of: cells.map((cell) => levels[at]!.indexOf(cell.split('|')[at])),
      targets: rake3.margins[name].map(({ Freq }: { Freq: number }) => Freq),
    }))
    const { weights } = rake({ counts, margins, cap: Infinity })
    const yes = cells.map(() => 0)
    people.forEach((row, person) => {
      if (ticked(row, 'Affordable housing')) yes[cellOf[person]!]! += 1
    })
    expect(people).toHaveLength(rake3.n)
    expect(kish(counts, weights).deff).toBeCloseTo(rake3.deff_kish, 4)
    expect(weightedShare({ yes, of: counts, weights }).p).toBeCloseTo(rake3.affordable_housing.mean, 6)
  })
})

test.skipIf(!oracle)('raking the clustered school sample agrees with R survey', () => {
  const { rake_clus1 } = readJson('r_survey_api/api_expected.json')
  const rows = readCsv('r_survey_api/apiclus1.csv')
  const cells = Object.keys(rake_clus1.weights)
  const counts = cells.map((cell) => rows.filter((row) => `${row.stype} ${row['sch.wide']}` === cell).length)
  const margins = [
    { of: cells.map((cell) => ['E', 'H', 'M'].indexOf(cell.split(' ')[0]!)), targets: [4421, 755, 1018] },
    { of: cells.map((cell) => ['No', 'Yes'].indexOf(cell.split(' ')[1]!)), targets: [1072, 5122] },
  ]
  const { weights } = rake({ counts, margins, cap: Infinity })
  const schools = weights.map((weight) => (weight * 6194) / 183)
  // R stops its rake() when totals move by less than one school, hence four digits
  schools.forEach((weight, cell) => {
    expect(weight / rake_clus1.weights[cells[cell]!]).toBeCloseTo(1, 3)
  })
})

const raking = fc
  .record({ a: fc.integer({ min: 1, max: 4 }), b: fc.integer({ min: 1, max: 4 }) })
  .chain(({ a, b }) =>
    fc.record({
      counts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: a * b, maxLength: a * b }),
      rows: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: a, maxLength: a }),
      columns: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: b, maxLength: b }),
    }),
  )
  .map(({ counts, rows, columns }) => ({
    counts,
    margins: [
      { of: counts.map((_, cell) => cell % rows.length), targets: rows },
      { of: counts.map((_, cell) => Math.floor(cell / rows.length)), targets: columns },
    ],
  }))

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

test('weights have mean 1 over people and never exceed the cap', () => {
  fc.assert(
    fc.property(raking, fc.double({ min: 1.5, max: 6, noNaN: true }), ({ counts, margins }, cap) => {
      const { weights, largest } = rake({ counts, margins, cap })
      expect(sum(weights.map((weight, cell) => weight * counts[cell]!)) / sum(counts)).toBeCloseTo(1, 9)
      expect(Math.max(...weights)).toBe(largest)
      expect(largest).toBeLessThanOrEqual(cap + 1e-4)
    }),
  )
})

test('without a cap every margin is met', () => {
  fc.assert(
    fc.property(raking, ({ counts, margins }) => {
      const { weights, converged } = rake({ counts, margins, cap: Infinity, tolerance: 1e-10 })
      expect(converged).toBe(true)
      for (const { of, targets } of margins) {
        const met = targets.map((_, level) =>
          sum(weights.map((w, cell) => (of[cell] === level ? w * counts[cell]! : 0))),
        )
        met.forEach((people, level) => {
          expect(people / sum(counts)).toBeCloseTo(targets[level]! / sum(targets), 6)
        })
      }
    }),
  )
})

test('a single margin is met in closed form, a level without people being left to the others', () => {
  const margins = [{ of: [0, 1], targets: [30, 50, 20] }]
  const { weights, converged, passes } = rake({ counts: [10, 10], margins })
  expect(weights).toEqual([expect.closeTo(0.75, 12), expect.closeTo(1.25, 12)])
  expect(converged).toBe(true)
  expect(passes).toBe(2)
})

test('people of a level whose target is zero weigh nothing', () => {
  const { weights } = rake({ counts: [10, 10], margins: [{ of: [0, 1], targets: [1, 0] }] })
  expect(weights).toEqual([expect.closeTo(2, 12), 0])
})

test('raking that runs out of passes says that it has not converged', () => {
  const margins = [
    { of: [0, 0, 1, 1], targets: [9, 1] },
    { of: [0, 1, 0, 1], targets: [1, 9] },
  ]
  const { converged, passes } = rake({ counts: [10, 1, 1, 10], margins, cap: Infinity, maxPasses: 2 })
  expect({ converged, passes }).toEqual({ converged: false, passes: 2 })
})

test('cells and margins that do not fit together are refused', () => {
  expect(() => rake({ counts: [0], margins: [] })).toThrow(RangeError)
  expect(() => rake({ counts: [1], margins: [{ of: [-1], targets: [1] }] })).toThrow(RangeError)
  expect(() => rake({ counts: [1, 2], margins: [{ of: [0], targets: [1] }] })).toThrow(RangeError)
  expect(() => rake({ counts: [1], margins: [{ of: [0], targets: [0, 1] }] })).toThrow(RangeError)
  expect(() => rake({ counts: [1], margins: [], cap: 0.5 })).toThrow(RangeError)
})
