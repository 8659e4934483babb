import { expect, test } from 'vitest'
import { countsOf, noSums, ranked } from '../../../shared/wishes/counts.ts'
import { type Entry, ledgerRow, ledgerTitles } from '../../../shared/wishes/ledger.ts'
import { wishRecord } from '../../../shared/wishes/record.ts'

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

test('a ledger hides numbers and names in what nobody has read yet, and tells of a place in words', () => {
  const entry: Entry = {
    ...{ number: 7, community: '和平里', kind: 'place', text: '我叫王小明，电话13812345678，修一下路', cost: 'none' },
    ...{
      where: { words: '这一段路', point: { lon: 116.4, lat: 39.9 } },
      neededBy: null,
      service: null,
      hardship: false,
    },
    ...{
      supporters: 3,
      state: 'submitted',
      postedAt: '2026-11-20 08:00',
      openedAt: null,
      firstClaimedAt: null,
      claims: 0,
    },
    ...{
      sponsor: null,
      claimedAt: null,
      dueOn: null,
      deliveredAt: null,
      doneOn: null,
      fulfilledAt: null,
      toClaim: null,
    },
    ...{ toFulfil: null, rating: null },
  }
  const cell = (title: string, of: Entry = entry) => ledgerRow(of)[ledgerTitles.indexOf(title)]
  expect(cell('心愿')).toBe('我叫＊＊＊，电话＊＊＊＊＊＊＊＊＊＊＊，修一下路')
  expect(cell('心愿', { ...entry, text: '门前修路', openedAt: '2026-11-20 09:00' })).toBe('门前修路')
  expect(cell('位置')).toBe('这一段路；北纬39.90000，东经116.40000')
})

test('numbers of wishes are noted as a record, rows of them by their ends', () => {
  expect(wishRecord([9, 3, 1, 2])).toBe('wishes:1-3+9')
  expect(wishRecord([5, 4, 12], 'YX')).toBe('wishes:YX/4+5+12')
})
