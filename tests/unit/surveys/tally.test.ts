import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countIn, packCounts, type TallyEntry, tallyKeyOf, unpackCounts } from '../../../shared/surveys/tally.ts'

describe('a tally', () => {
  test('grows where an answer hits it, and is as before when the answer is withdrawn', () => {
    const tally = { n: 0, counts: [] as number[] }
    countIn(tally, 1, [0, 4])
    countIn(tally, 1, [4, 2])
    expect(tally).toEqual({ n: 2, counts: [1, 0, 1, 0, 2] })
    countIn(tally, -1, [0, 4])
    expect(tally).toEqual({ n: 1, counts: [0, 0, 1, 0, 1] })
  })

  test('is stored with zeros written as how many there are', () => {
    expect(packCounts([0, 0, 3, 0, 1, 0, 0, 0])).toEqual([-2, 3, -1, 1])
    expect(packCounts([])).toEqual([])
  })

  test('comes back as it was stored, without the zeros at its end', () => {
    const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(1_000_000)), { maxLength: 300 })
    fc.assert(
      fc.property(counts, (all) => {
        const end = all.findLastIndex((count) => count > 0) + 1
        expect(unpackCounts(packCounts(all))).toEqual(all.slice(0, end))
      }),
    )
  })

  test('cannot be stored below zero', () => {
    expect(() => packCounts([1, -1])).toThrow(RangeError)
  })

  test('is one for all answers that differ in nothing that is counted apart', () => {
    const entry: TallyEntry = ['s', 1, 'C1', 3, 'online', 0, 'kept', 1, [1]]
    const others: TallyEntry[] = [
      ['t', 1, 'C1', 3, 'online', 0, 'kept', 1, [1]],
      ['s', 2, 'C1', 3, 'online', 0, 'kept', 1, [1]],
      ['s', 1, 'C2', 3, 'online', 0, 'kept', 1, [1]],
      ['s', 1, 'C1', -3, 'online', 0, 'kept', 1, [1]],
      ['s', 1, 'C1', 3, 'visit', 0, 'kept', 1, [1]],
      ['s', 1, 'C1', 3, 'online', 1, 'kept', 1, [1]],
      ['s', 1, 'C1', 3, 'online', 0, 'excluded', 1, [1]],
    ]
    expect(tallyKeyOf(['s', 1, 'C1', 3, 'online', 0, 'kept', -1, [2, 9]])).toBe(tallyKeyOf(entry))
    for (const other of others) expect(tallyKeyOf(other)).not.toBe(tallyKeyOf(entry))
  })
})
