import { expect, test } from 'vitest'
import { filtersIn, searchOf } from '../../../web/wishes/board-address.ts'
import { dayWords } from '../../../web/wishes/days.ts'
import { labelsOn, nearest, planOf } from '../../../web/wishes/map-points.ts'
import { faultsAfter, wantedFaults } from '../../../web/wishes/phone-faults.ts'
import { timeLeft } from '../../../web/wishes/phone-words.ts'

const compounds = [
  { name: '和平里一区', lon: 116.4, lat: 39.9 },
  { name: '和平里二区', lon: 116.404, lat: 39.902 },
  { name: '东安小区', lon: 116.402, lat: 39.897 },
]

test('a tap on the map is the point that is drawn there, north up', () => {
  const plan = planOf(compounds, 358, 300)
  for (const one of compounds) {
    const { x, y } = plan.at(one)
    expect(x).toBeGreaterThanOrEqual(0)
    expect(y).toBeLessThanOrEqual(300)
    const { lon, lat } = plan.pointAt(x, y)
    expect(lon).toBeCloseTo(one.lon, 9)
    expect(lat).toBeCloseTo(one.lat, 9)
  }
  expect(plan.at(compounds[1]!).y).toBeLessThan(plan.at(compounds[2]!).y)
})

test('a map of one place, or of several on one spot, has a size all the same', () => {
  const one = planOf([compounds[0]!, { ...compounds[0]! }], 358, 300)
  expect(one.at(compounds[0]!)).toEqual({ x: 179, y: 150 })
  expect(Number.isFinite(one.pointAt(0, 0).lon)).toBe(true)
})

test('names lie neither on each other nor on a point, and stay on the map', () => {
  const crowd = Array.from({ length: 40 }, (_, at) => ({
    ...{ name: `第${at}小区`, lon: 116.4 + Math.sin(at) / 300, lat: 39.9 + Math.cos(at * 3) / 300 },
  }))
  const plan = planOf(crowd, 358, 300)
  const labels = labelsOn(plan, crowd, 30)
  expect(labels.length).toBeGreaterThan(0)
  expect(labels.length).toBeLessThan(crowd.length)
  expect(labelsOn(planOf(compounds, 358, 300), compounds, 15).map(({ name }) => name)).toEqual(
    compounds.map(({ name }) => name),
  )
})

test('the compound that is nearest is told with how far it is', () => {
  const near = nearest({ lon: 116.4, lat: 39.901 }, compounds)!
  expect(near.one.name).toBe('和平里一区')
  expect(near.metres).toBeCloseTo(111, 0)
  expect(nearest({ lon: 116.4, lat: 39.9 }, [])).toBeUndefined()
})

test('days are counted as they are in China', () => {
  const evening = new Date('2026-12-30T16:30:00Z')
  expect(timeLeft('2026-12-31', evening)).toBe('希望今天就办到')
  expect(timeLeft('2027-01-05', evening)).toBe('还有 5 天（希望2027年1月5日前）')
  expect(timeLeft('2026-12-30', evening)).toContain('已经过了')
  expect(timeLeft(null, evening)).toBeUndefined()
  expect(dayWords('2026-12-31', evening)).toBe('12月31日')
})

test('an address is only asked for what makes sense', () => {
  const filters = filtersIn('?kind=place&cost=9&within=7&state=%3Cb%3E&community=C001&next=a')
  expect(filters).toEqual({ kind: 'place', community: 'C001', cost: '', within: '7', state: '' })
  expect(searchOf(filters)).toBe('?kind=place&within=7&community=C001')
  expect(searchOf(filtersIn(''))).toBe('')
})

test('what is missing is said at its field until it is put right', () => {
  const wanted = { text: '😀'.repeat(201), kind: 'place' as const, words: ' ', neededBy: '', service: '' }
  const faults = wantedFaults(wanted)
  expect(Object.keys(faults)).toEqual(['text', 'where', 'cost'])
  expect(faults.text).toContain('删去 1 字')
  expect(Object.keys(faultsAfter(faults, { words: '路口' }))).toEqual(['text', 'cost'])
  expect(wantedFaults({ ...wanted, text: '😀'.repeat(200), point: compounds[0], cost: 'none' })).toEqual({})
})
