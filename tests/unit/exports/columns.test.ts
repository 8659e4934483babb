import { expect, test } from 'vitest'
import { columnsOf, type Version } from '../../../shared/exports/columns.ts'
import type { Json } from '../../../shared/surveys/definition.ts'
import { definition } from '../../load/answers.ts'

const version = (number: number, elements: Json[], keys = {}): Version => {
  return { version: number, definition: { title: '问', pages: [{ name: 'p', elements }] }, keys }
}
const choices = (...texts: string[]) => texts.map((text, at) => ({ value: `c${at}`, text }))

test('columns keep their place and id over versions: what was dropped stays, what is new comes behind, words are the newest', () => {
  const first = version(1, [
    { type: 'radiogroup', name: 'a', title: '旧题', choices: choices('旧', '不变') },
    { type: 'checkbox', name: 'b', title: '多选', choices: choices('一', '二') },
  ])
  const second = version(2, [
    { type: 'comment', name: 'new', title: '新题' },
    { type: 'checkbox', name: 'b', title: '多选（新）', choices: choices('一', '二', '=三') },
  ])
  const { columns } = columnsOf([second, first])
  expect(columns.map(({ id }) => id)).toEqual(['a', 'b.c0', 'b.c1', 'new', 'b.c2'])
  expect(columns.map(({ title }) => title)).toEqual([
    '旧题',
    '多选（新）：一',
    '多选（新）：二',
    '新题',
    '多选（新）：=三',
  ])
  expect(columns.map(({ versions }) => versions)).toEqual([[1], [1, 2], [1, 2], [2], [2]])
})

test('a choice keeps its number in SPSS when another is added before it, and numbers stand for themselves', () => {
  const question = (list: Json[]) => [{ type: 'radiogroup', name: 'a', title: '题', choices: list }]
  const of = (...lists: Json[][]) => columnsOf(lists.map((list, at) => version(at + 1, question(list)))).columns[0]!
  const [one, two, added] = [
    { value: 'x', text: '甲' },
    { value: 'y', text: '乙' },
    { value: 'z', text: '丙' },
  ]
  expect(of([one, two], [added, two, one]).choices.map(({ value, code }) => [value, code])).toEqual([
    ['x', 1],
    ['y', 2],
    ['z', 3],
  ])
  expect(
    of([
      { value: 0, text: '没有' },
      { value: 50, text: '一半' },
    ]).choices.map(({ code }) => code),
  ).toEqual([0, 50])
})

test('every kind of question is read into its cells', () => {
  const { columns } = columnsOf([
    version(1, [
      { type: 'radiogroup', name: 'one', title: '单选', choices: choices('甲', '乙'), showOtherItem: true },
      { type: 'tagbox', name: 'some', title: '多选', choices: choices('甲', '乙') },
      { type: 'ranking', name: 'rank', title: '排序', choices: choices('甲', '乙', '丙') },
      { type: 'matrix', name: 'grid', title: '矩阵', rows: ['r1', 'r2'], columns: [0, 50, 100] },
      { type: 'boolean', name: 'yes', title: '是否' },
      { type: 'text', name: 'count', title: '数', inputType: 'number' },
      { type: 'text', name: 'day', title: '日期', inputType: 'date' },
      { type: 'text', name: 'mail', title: '邮箱', inputType: 'email' },
      { type: 'paneldynamic', name: 'each', title: '每人', templateElements: [{ type: 'text', name: 'said' }] },
      { type: 'html', name: 'words', html: '<p>字</p>' },
    ]),
  ])
  const answers = {
    one: 'other',
    'one-Comment': '找王阿姨，电话13800138000',
    some: ['c1'],
    rank: ['c2', 'c0'],
    grid: { r2: 50 },
    yes: false,
    count: -5,
    day: '1950-03-08',
    mail: 'a@example.com',
    each: [{ said: '打 13800138000' }],
  }
  const read = Object.fromEntries(columns.map((column) => [column.id, column.read(answers)]))
  expect(read).toEqual({
    one: 2,
    'one-Comment': expect.stringMatching(/^找.*〔电话〕$/),
    'some.c0': 0,
    'some.c1': 1,
    'rank.c0': 2,
    'rank.c1': null,
    'rank.c2': 1,
    'grid.r1': null,
    'grid.r2': 1,
    yes: 1,
    count: -5,
    day: '1950-03',
    each: '[{"said":"打 〔电话〕"}]',
  })
  expect(columns.map((column) => column.read({})).every((cell) => cell === null)).toBe(true)
})

test('a question that is asked in another way under the same name gets a column beside the first', () => {
  const { columns } = columnsOf([
    version(1, [{ type: 'radiogroup', name: 'a', title: '选', choices: choices('甲') }]),
    version(2, [{ type: 'comment', name: 'a', title: '写' }]),
  ])
  expect(columns.map(({ id, kind }) => [id, kind])).toEqual([
    ['a', 'choice'],
    ['a#text', 'text'],
  ])
})

test('age and sex, what would tell them again, circumstances and contacts are no ordinary columns', () => {
  const { columns, leftOut } = columnsOf([{ version: 1, definition, keys: { age: 'age', sex: 'sex' } }])
  expect(leftOut.map(({ question }) => question)).toEqual(['age', 'sex', 'circumstances'])
  const ids = columns.map(({ id }) => id)
  expect(ids.filter((id) => /^(age|sex|circumstances)([.-]|$)/.test(id))).toEqual([])
  expect(ids).toContain('needs.elder_care')
  expect(ids).toContain('met.elder_care')
  expect(ids).toContain('suggestion')
  const other = columnsOf([version(1, [{ type: 'text', name: 'birth_year', title: '哪年生', inputType: 'number' }])])
  expect([other.columns.length, other.leftOut.length]).toEqual([0, 1])
})
