import { expect, test } from 'vitest'
import { countsOf, noSums, ranked } from '../../../shared/wishes/counts.ts'

test('organisations are ranked by what they fulfilled, those with as many by name on the same rank', () => {
  const all = [
    { name: '乙社', fulfilled: 2 },
    { name: '丁社', fulfilled: 5 },
    { name: '丙社', fulfilled: 2 },
    { name: '甲社', fulfilled: 1 },
  ]
  expect(ranked(all).map(({ rank, name }) => [rank, name])).toEqual([
    [1, '丁社'],
    [2, '丙社'],
    [2, '乙社'],
    [4, '甲社'],
  ])
})

test('a rate is of those ever claimed, and none where nobody claimed', () => {
  const sums = {
    ...noSums,
    posted: 9,
    open: 2,
    claimed: 4,
    fulfilled: 3,
    to_claim: [1, 4] as [number, number],
    to_claim_n: 4,
  }
  expect(countsOf(sums)).toEqual({
    ...{ posted: 9, open: 2, claimed: 4, fulfilled: 3, fulfilmentRate: 0.75 },
    ...{ toClaim: { median: 1, p90: 4, n: 4 }, toFulfil: { median: null, p90: null, n: 0 } },
  })
  expect(countsOf(noSums).fulfilmentRate).toBeNull()
})
