import fc from 'fast-check'
import { expect, test } from 'vitest'
import { postStratify } from '../../../shared/statistics/post-stratify.ts'
import { weightedShare } from '../../../shared/statistics/weighted.ts'
import { oaklandCells, ticked } from './oakland.ts'
import { oracle, readCsv, readJson } from './oracle-data.ts'

test.skipIf(!oracle)('post-stratifying the clustered school sample agrees with R survey', () => {
  const { poststrat_clus1_stype } = readJson('r_survey_api/api_expected.json')
  const rows = readCsv('r_survey_api/apiclus1.csv')
  const types = ['E', 'H', 'M']
  const counts = types.map((type) => rows.filter(({ stype }) => stype === type).length)
  const weights = postStratify(counts, [4421, 755, 1018])
  types.forEach((type, cell) => {
    expect((weights[cell]! * 6194) / 183).toBeCloseTo(poststrat_clus1_stype.weights[type], 9)
  })
})

test.skipIf(!oracle)('post-stratifying the Oakland survey by district agrees with R survey', () => {
  const { poststrat_district } = readJson('oakland/oakland2025_expected.json')
  const districts = Object.keys(poststrat_district.weights_by_district)
  const known = ({ district, age_group, gender }: Record<string, string>) =>
    districts.includes(district!) && age_group !== 'No Response' && ['Male', 'Female'].includes(gender!)
  const { people, cells, cellOf, counts } = oaklandCells(['district'], known)
  const weights = postStratify(
    counts,
    cells.map(() => 1),
  )
  const yes = cells.map(() => 0)
  people.forEach((row, person) => {
    if (ticked(row, 'Affordable housing')) yes[cellOf[person]!]! += 1
  })
  cells.forEach((district, cell) => {
    expect(weights[cell]).toBeCloseTo(poststrat_district.weights_by_district[district], 9)
  })
  expect(weightedShare({ yes, of: counts, weights }).p).toBeCloseTo(poststrat_district.mean, 9)
})

test('weights have mean 1 and put the cells into the proportions of the population', () => {
  const cells = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 999 })), { minLength: 1 })
  fc.assert(
    fc.property(cells, (pairs) => {
      const [counts, population] = [pairs.map(([count]) => count), pairs.map(([, size]) => size)]
      const weighted = postStratify(counts, population).map((weight, cell) => weight * counts[cell]!)
      const people = counts.reduce((sum, count) => sum + count, 0)
      const residents = population.reduce((sum, size) => sum + size, 0)
      expect(weighted.reduce((sum, value) => sum + value, 0) / people).toBeCloseTo(1, 9)
      weighted.forEach((value, cell) => {
        expect(value / people).toBeCloseTo(population[cell]! / residents, 9)
      })
    }),
  )
})

test('a cell without people leaves its share to the others', () => {
  expect(postStratify([5, 0, 5], [10, 50, 30])).toEqual([0.5, 0, 1.5])
})

test('cells that cannot be weighted are refused', () => {
  expect(() => postStratify([1], [1, 2])).toThrow(RangeError)
  expect(() => postStratify([0, 1], [5, 0])).toThrow(RangeError)
  expect(() => postStratify([-1], [1])).toThrow(RangeError)
})
