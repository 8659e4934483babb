import { expect, test } from 'vitest'
import type { Flag } from '../../../shared/wishes/desk-api.ts'
import { flagsIn } from '../../../shared/wishes/flags.ts'
import { marked, masked } from '../../../web/wishes/desk-masking.ts'

const text = '🙏张三想要长椅，电话13800138000'
const flags: Flag[] = [
  { kind: 'phone', from: 10, to: 21 },
  { kind: 'name', from: 1, to: 3 },
]

test('marks are counted in characters as people see them, in whatever order they come', () => {
  expect(marked(text, flags)).toEqual([
    { text: '🙏' },
    { text: '张三', flag: 'name' },
    { text: '想要长椅，电话' },
    { text: '13800138000', flag: 'phone' },
  ])
  expect(marked(text, [])).toEqual([{ text }])
})

test('one press masks everything marked, and nothing beside it', () => {
  expect(masked(text, flags)).toBe('🙏某某想要长椅，电话＊＊＊＊＊＊＊＊＊＊＊')
})

test('marks that overlap or reach beyond the text lose and repeat nothing', () => {
  const odd: Flag[] = [
    { kind: 'abuse', from: 0, to: 2 },
    { kind: 'name', from: 1, to: 3 },
    { kind: 'phone', from: 20, to: 99 },
  ]
  expect(
    marked(text, odd)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
})

test('what is masked is not marked again', () => {
  const said = '张三师傅的电话是13800138000，身份证11010519491231002X，滚蛋'
  expect(flagsIn(said).length).toBeGreaterThan(2)
  expect(flagsIn(masked(said, flagsIn(said)))).toEqual([])
})
