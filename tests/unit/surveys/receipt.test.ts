import { describe, expect, test } from 'vitest'
import { linkCode, readLinkCode, readReceipt, receiptCode } from '../../../shared/surveys/receipt.ts'

const bytes = (...values: number[]) => Uint8Array.from({ length: 12 }, (_, at) => values[at] ?? 0)

describe('codes that people type', () => {
  test('a receipt begins with its district and has twelve letters that cannot be misread', () => {
    expect(receiptCode('YX', bytes(0, 1, 31, 10, 18, 19, 20, 21, 22, 27, 28, 255))).toBe('YX-01ZA-JKMN-PVWZ')
    expect(linkCode('YXQU', bytes(2, 3, 4, 5, 6, 7))).toBe('YXQU-234567')
  })

  test.each([
    'YX-01ZA-JKMN-PVWZ',
    'yx 01za jkmn pvwz',
    'YX01ZAJKMNPVWZ',
    'yx-oiza-jkmn-pvwz',
    'YX-OLZA—JKMN–PVWZ',
    ' ＹＸ－０１ＺＡ－ＪＫＭＮ－ＰＶＷＺ ',
  ])('%s is read as it was meant', (typed) => {
    expect(readReceipt(typed)).toEqual({ district: 'YX', code: 'YX-01ZA-JKMN-PVWZ' })
  })

  test.each([
    '',
    'YX',
    'YX-01ZA-JKMN-PVW',
    'Y-01ZA-JKMN-PVWZ',
    '12-01ZA-JKMN-PVWZ',
    'YX-01ZA-JKMN-PVWU',
    'YX-01ZA-JKMN-PVW!',
  ])('“%s” is no receipt', (typed) => {
    expect(readReceipt(typed)).toBeUndefined()
  })

  test('a poster code is read with or without its hyphen', () => {
    expect(readLinkCode('yxo2345')).toBeUndefined()
    expect(readLinkCode('yx-o23456')).toEqual({ district: 'YX', code: 'YX-023456' })
    expect(readLinkCode('YX023456')).toEqual({ district: 'YX', code: 'YX-023456' })
  })

  test('too little randomness is an error, not a short code', () => {
    expect(() => receiptCode('YX', new Uint8Array(11))).toThrow(RangeError)
  })
})
