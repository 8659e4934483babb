import { describe, expect, test } from 'vitest'
import { compareVersions } from '../../../shared/surveys/compare.ts'
import type { Json } from '../../../shared/surveys/definition.ts'
import {
  completed,
  composed,
  type Mapping,
  mappingRefusals,
  proposal,
  saidOf,
} from '../../../shared/surveys/mapping.ts'

const survey = (...elements: Json[]): Json => ({ title: '问卷', pages: [{ name: 'p', elements }] })
const one = (name: string, choices: unknown[], more: Json = {}): Json => {
  return { type: 'radiogroup', name, title: `${name}题`, choices, ...more }
}
const old = survey(one('walk', ['a', 'b']), one('talk', ['a', 'b']), { type: 'comment', name: 'say' })
const nothing: Mapping = { questions: {}, choices: {} }
const refused = (now: Json, said: Mapping) => mappingRefusals(old, now, said).map(({ at, rule }) => `${at} ${rule}`)

describe('a mapping is refused, by question,', () => {
  test('where a counted question is neither continued nor given up', () => {
    const now = survey(one('walk', ['a', 'b']))
    expect(refused(now, nothing)).toEqual(['talk lost'])
    expect(mappingRefusals(old, now, nothing)[0]!.message).toContain('“talk题”（talk）在新版本里没有着落')
    expect(refused(now, { questions: { talk: null }, choices: {} })).toEqual([])
  })

  test('where a choice gets lost', () => {
    const now = survey(one('walk', ['a', 'c']), one('talk', ['a', 'b']))
    expect(refused(now, nothing)).toEqual(['walk lost'])
    expect(refused(now, { questions: {}, choices: { walk: { b: 'c' } } })).toEqual([])
    expect(refused(now, { questions: {}, choices: { walk: { b: null } } })).toEqual([])
  })

  test('where two become one', () => {
    const now = survey(one('walk', ['a', 'b']))
    expect(refused(now, { questions: { talk: 'walk' }, choices: {} })).toEqual(['talk twice'])
    expect(refused(old, { questions: {}, choices: { walk: { b: 'a' } } })).toEqual(['walk twice'])
  })

  test('where it names what is not there', () => {
    expect(refused(old, { questions: { gone: null }, choices: {} })).toEqual(['gone unknown'])
    expect(refused(old, { questions: { talk: 'gone' }, choices: {} })).toEqual(['talk unknown'])
    expect(refused(old, { questions: {}, choices: { walk: { z: 'a' } } })).toEqual(['walk unknown'])
    expect(refused(old, { questions: {}, choices: { walk: { a: 'z' } } })).toEqual(['walk lost'])
  })

  test('where answers of two kinds would be counted together', () => {
    const now = survey(one('walk', ['a', 'b']), { type: 'checkbox', name: 'talks', choices: ['a', 'b'] })
    expect(refused(now, { questions: { talk: 'talks' }, choices: {} })).toEqual(['talk kind'])
  })

  test('and words that everybody inherits are names like any other', () => {
    expect(refused(old, { questions: { constructor: null } as never, choices: {} })).toEqual(['constructor unknown'])
    const named = survey(one('constructor', ['toString', 'b']))
    expect(mappingRefusals(named, named, nothing)).toEqual([])
    expect(completed(named, named, nothing).choices).toEqual({ constructor: { toString: 'toString', b: 'b' } })
  })
})

test('what nobody has said anything about keeps its name, or else its words', () => {
  const now = survey(one('stroll', ['b', { value: 'c', text: 'a' }], { title: 'walk题' }), one('talk', ['b']))
  const mapping = proposal(old, now)
  expect(saidOf(mapping)).toEqual({
    questions: { walk: 'stroll', say: null },
    choices: { walk: { a: 'c' }, talk: { a: null } },
    rows: {},
  })
  expect(mappingRefusals(old, now, mapping)).toEqual([])
})

test('two mappings one after the other are one', () => {
  const second = survey(one('stroll', ['b', 'c']), one('talk', ['a', 'b']), { type: 'comment', name: 'say' })
  const third = survey(one('amble', ['b', 'd']), { type: 'comment', name: 'say' })
  const first = completed(old, second, { questions: { walk: 'stroll' }, choices: { walk: { a: 'c' } } })
  const next = completed(second, third, { questions: { stroll: 'amble', talk: null }, choices: { stroll: { c: 'd' } } })
  const both = composed(first, next)
  expect(both.questions).toEqual({ walk: 'amble', talk: null, say: 'say' })
  expect(both.choices.walk).toEqual({ a: 'd', b: 'b' })
})

describe('what became of each question is said in words', () => {
  const measured = (before: Json, now: Json) =>
    compareVersions(survey(before), survey(now), proposal(survey(before), survey(now)))[0]!

  test.each<[string, Json, Json, string, string]>([
    ['nothing', {}, {}, 'same', ''],
    ['its words', {}, { title: '新的' }, 'reworded', '题目文字由“walk题”改为“新的”'],
    ['must be answered', {}, { isRequired: true }, 'same', '改为必答'],
    ['asked of others', {}, { visibleIf: '{x} = 1' }, 'changed', '显示的条件变了，问到的人或给出的选项不一样'],
    ['other choices', {}, { choices: ['a', 'b', 'c'] }, 'changed', '新增选项“c”'],
    ['fewer choices', {}, { choices: ['a'] }, 'changed', '去掉选项“b”'],
    ['order of choices', {}, { choices: ['b', 'a'] }, 'same', '选项的顺序变了'],
    ['words of a choice', {}, { choices: ['a', { value: 'b', text: '乙' }] }, 'reworded', '选项“b”改为“乙”'],
    ['shown in another way', {}, { type: 'dropdown' }, 'reworded', '题型由单选改为下拉单选'],
    ['its role', {}, { demand: { role: 'stratum' } }, 'changed', '计量角色由“不参与”改为“加权变量”'],
  ])('%s', (_, before, now, measure, words) => {
    const change = measured(one('walk', ['a', 'b'], before), one('walk', ['a', 'b'], now))
    expect([change.measure, change.changes.join()]).toEqual([measure, words])
  })

  test('added, given up, moved to another page', () => {
    const now = { pages: [{ elements: [one('new', ['x'])] }, { elements: [one('walk', ['a', 'b'])] }] }
    const changes = compareVersions(old, now, proposal(old, now))
    expect(changes.map(({ before, now: is, measure }) => [before?.name, is?.name, measure])).toEqual([
      [undefined, 'new', 'added'],
      ['walk', 'walk', 'same'],
      ['talk', undefined, 'removed'],
      ['say', undefined, 'removed'],
    ])
    expect(changes[1]!.changes).toEqual(['由第1页移到第2页'])
  })
})
