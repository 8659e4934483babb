import { describe, expect, test } from 'vitest'
import { numbered, pastedRoster, readRoster, rosterFaults } from '../../../shared/deliberations/roster.ts'
import type { Table } from '../../../shared/places/table.ts'

const rules = (text: string) => rosterFaults(numbered(pastedRoster(text))).map(({ at, rule }) => `${at} ${rule}`)

test('what is pasted is read line by line, whatever stands between the words', () => {
  expect(pastedRoster('王芳 和平里一区 12\n李明\t和平里二区\t\n赵强，３号\n钱多多\n')).toEqual([
    { name: '王芳', compound: '和平里一区', seat: 12 },
    { name: '李明', compound: '和平里二区' },
    { name: '赵强', seat: 3 },
    { name: '钱多多' },
    { name: '' },
  ])
})

describe('a roster is refused line by line', () => {
  test('for empty lines in between, not for those at the end', () => {
    expect(rules('王芳\n\n李明\n\n\n')).toEqual(['2 empty'])
  })
  test('for headings that were pasted along', () => {
    expect(rules('姓名\t小区\n李明\t一区')).toEqual(['1 heading'])
  })
  test('for the same name in the same compound, and for a seat given twice', () => {
    expect(rules('王芳 一区 1\n王 芳\n王芳 一区 2\n李明 一区 1')).toEqual(['3 twice', '4 seat'])
    expect(rules('王芳 一区\n王芳 二区')).toEqual([])
  })
  test('for seats that no hall has and names that nobody bears', () => {
    expect(rules(`王芳 2001\n${'长'.repeat(41)}`)).toEqual(['1 seat', '2 long'])
  })
  test('once, where it is too long', () => {
    expect(rules(Array.from({ length: 2001 }, (_, i) => `居民${i}`).join('\n'))).toEqual(['2001 many'])
  })
})

test('a sheet is read by its headings; the example is skipped, an empty row in between is none of the people', () => {
  const rows = (...cells: string[][]): Table => ({
    ...{ rows: cells.map((each, i) => ({ line: i + 1, cells: each })), formulas: [], merged: [] },
  })
  const read = readRoster(
    rows(['姓名', '小区', '座位号'], ['示例王芳', '', ''], ['李明', '一区', '3'], ['', '', ''], ['赵强', '', 'x']),
  )
  expect(read).toEqual({
    lines: [
      { line: 3, name: '李明', compound: '一区', seat: 3 },
      { line: 4, name: '' },
      { line: 5, name: '赵强', seat: Number.NaN },
    ],
  })
  expect('lines' in read && rosterFaults(read.lines).map(({ at, rule }) => `${at} ${rule}`)).toEqual([
    '4 empty',
    '5 seat',
  ])
  expect(readRoster(rows(['名字'], ['李明']))).toHaveProperty('faults')
})
