import { describe, expect, it } from 'vitest'
import { toCsv } from '../../../server/documents/csv.ts'

/** Reads CSV as RFC 4180 says, written apart from the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare, end] of csv
    .replace(/^\ufeff/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && bare === '' && quoted === undefined) break
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}

const dangerous = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '"=1+1"',
  "'=1+1",
  ' =1+1',
  '\0=1+1',
  '\u200b=cmd|calc',
]

describe('CSV', () => {
  it('opens with a byte order mark and ends each line with CR LF', () => {
    expect(toCsv(['甲'], [['乙']])).toBe('\ufeff"甲"\r\n"乙"\r\n')
  })

  it.each(dangerous)('puts an apostrophe before %j, inside the quotes', (text) => {
    const csv = toCsv(['答'], [[text]])
    expect(csv.split('\r\n', 2)[1]).toMatch(/^"'/)
    expect(parse(csv)[1]![0]).toBe(`'${text.replaceAll('\0', '')}`)
  })

  it('treats the titles of columns the same', () => {
    expect(toCsv(['=1+1'], [])).toBe('\ufeff"\'=1+1"\r\n')
  })

  it('leaves numbers bare, negative ones too, and phone numbers as text', () => {
    expect(toCsv(['a', 'b', 'c'], [[-5, 0.25, '13800138000']])).toContain('\r\n-5,0.25,"13800138000"\r\n')
  })

  it('writes object answers as JSON that stays one harmless cell', () => {
    const cell = { other: '=1+1', list: ['a,b', 'c"d'] } as unknown as string
    expect(parse(toCsv(['a', 'b'], [[cell, '后']]))[1]).toEqual(['{"other":"=1+1","list":["a,b","c\\"d"]}', '后'])
  })

  it('gives back commas, quotes and line ends as they were', () => {
    const row = ['甲,乙', '他说"好"', '上\n下', '']
    expect(parse(toCsv(['1', '2', '3', '4'], [row]))[1]).toEqual(row)
  })

  it('writes nothing for null and for numbers that are none', () => {
    expect(toCsv(['a', 'b', 'c'], [[null, Number.NaN, Number.POSITIVE_INFINITY]])).toContain('\r\n,,\r\n')
  })
})
