import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addEntries, packCounts, type TallyEntry, tallyKeyOf, unpackCounts } from '../../../shared/surveys/tally.ts'

const entry = (sign: 1 | -1, ...hits: number[]): TallyEntry => ['s', 1, 'C1', 3, 'online', 0, 'kept', sign, hits]

describe('a tally', () => {
  test('grows where an answer hits it, and is as before when the answer is withdrawn', () => {
    const two = addEntries('', [entry(1, 0, 4), entry(1, 4, 2)])
    expect(unpackCounts(two)).toEqual([1, 0, 1, 0, 2])
    expect(unpackCounts(addEntries(two, [entry(-1, 0, 4)]))).toEqual([0, 0, 1, 0, 1])
    expect(addEntries(two, [entry(-1, 0, 4), entry(-1, 4, 2)])).toBe('')
  })

  test('is written with zeros as how many there are', () => {
    expect(packCounts([0, 0, 3, 0, 1, 0, 0, 0])).toBe('-2,3,-1,1')
    expect(packCounts([12, 345])).toBe('12,345')
    expect(packCounts([])).toBe('')
  })

  test('comes back as it was stored, without the zeros at its end, however long it is', () => {
    const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(1_000_000)), { maxLength: 300 })
    fc.assert(
      fc.property(counts, fc.nat(9_000), (some, zeros) => {
        const all = [...some, ...new Array<number>(zeros).fill(0), ...some]
        const end = all.findLastIndex((count) => count > 0) + 1
        expect(unpackCounts(packCounts(all))).toEqual(all.slice(0, end))
      }),
    )
  })

  test('adds up like the same entries in plain arrays', () => {
    const hits = fc.uniqueArray(fc.nat(5_000), { maxLength: 60 })
    fc.assert(
      fc.property(fc.array(hits, { maxLength: 20 }), fc.nat(20), (all, first) => {
        const plain = new Array<number>(5_001).fill(0)
        for (const at of all.flat()) plain[at] = (plain[at] ?? 0) + 1
        const entries = all.map((each) => entry(1, ...each))
        const packed = addEntries(addEntries('', entries.slice(0, first)), entries.slice(first))
        expect(packed).toBe(packCounts(plain))
      }),
    )
  })

  test('counts indicators that an answer hits together by pairs, as many as the entry says there are', () => {
    const three: TallyEntry = ['s', 1, 'C1', 3, 'online', 0, 'kept', 1, [0, 1, 3, 9], 3]
    // 0 the base, 1..3 the indicators, 4..6 the pairs 1-2, 1-3 and 2-3.
    expect(unpackCounts(addEntries('', [three]))).toEqual([1, 1, 0, 1, 0, 1, 0, 0, 0, 1])
  })

  test('never goes below zero, and an attempt leaves nothing behind', () => {
    expect(() => addEntries('1', [entry(-1, 1)])).toThrow(RangeError)
    expect(() => packCounts([1, -1])).toThrow(RangeError)
    expect(unpackCounts(addEntries('1', [entry(1, 2)]))).toEqual([1, 0, 1])
  })

  test('is one for all answers that differ in nothing that is counted apart', () => {
    const others: TallyEntry[] = [
      ['t', 1, 'C1', 3, 'online', 0, 'kept', 1, [1]],
      ['s', 2, 'C1', 3, 'online', 0, 'kept', 1, [1]],
      ['s', 1, 'C2', 3, 'online', 0, 'kept', 1, [1]],
      ['s', 1, 'C1', -3, 'online', 0, 'kept', 1, [1]],
      ['s', 1, 'C1', 3, 'visit', 0, 'kept', 1, [1]],
      ['s', 1, 'C1', 3, 'online', 1, 'kept', 1, [1]],
      ['s', 1, 'C1', 3, 'online', 0, 'excluded', 1, [1]],
    ]
    expect(tallyKeyOf(['s', 1, 'C1', 3, 'online', 0, 'kept', -1, [2, 9]])).toBe(tallyKeyOf(entry(1, 1)))
    for (const other of others) expect(tallyKeyOf(other)).not.toBe(tallyKeyOf(entry(1, 1)))
  })
})
