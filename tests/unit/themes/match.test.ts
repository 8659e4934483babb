import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict'
import { expect, test } from 'vitest'
import { dictionaryFaults, shippedCodes } from '../../../shared/themes/dictionary.ts'
import { codesIn } from '../../../shared/themes/match.ts'
import { openQuestions } from '../../../shared/themes/questions.ts'
import { piecesOf, quotedOf } from '../../../shared/themes/quote.ts'
import { wordCounter } from '../../../shared/themes/words.ts'
import { definition } from '../../load/answers.ts'

const jieba = Jieba.withDict(dict)
const cut = (text: string) => jieba.cut(text, false)
const codes = (text: string) => codesIn(cut(text), shippedCodes)

test.each([
  ['小区停车太难了', ['parking']],
  ['想要停车位，老人吃饭也不方便，希望有食堂', ['community_meals', 'parking']],
  ['晚上路灯不亮，走路害怕', ['lighting']],
  ['没有路灯', ['lighting']],
  ['电梯总坏，能不能加装电梯', ['lift']],
  ['不需要健身房，要托管班', ['after_school']],
  ['健身房没必要再建了', []],
  ['停车场不用了，路灯坏了', ['lighting']],
  ['没必要建停车场；充电桩太少', ['charging']],
  ['不是不需要停车位，是太贵', ['parking', 'fees']],
  ['不要乱停车', ['parking']],
  ['反对再建停车场', []],
  ['养老人员素质不错', ['elder_care']],
  ['无', []],
  ['', []],
])('%s is about %j', (text, expected) => {
  expect(codes(text).sort()).toEqual([...expected].sort())
})

test('a keyword is no part of two other words', () => {
  const one = [{ code: 'elders', name: '老人', service: null, keywords: ['老人'], retired: false }]
  expect(codesIn(['养老', '人员'], one)).toEqual([])
  expect(codesIn(['老人', '多'], one)).toEqual(['elders'])
  expect(codesIn(['老人', '多'], [{ ...one[0]!, retired: true }])).toEqual([])
})

test('whoever quotes may leave out and may not add', () => {
  const masked = '停车太难，〔姓名〕阿姨也这么说，希望多建车位。'
  const quote = (text: string) => piecesOf(masked, text)
  expect(quotedOf(masked, quote('停车太难……希望多建车位')!)).toBe('停车太难……希望多建车位……')
  expect(quotedOf(masked, quote('希望多建车位。')!)).toBe('……希望多建车位。')
  expect(quotedOf(masked, quote(masked)!)).toBe(masked)
  expect(quote('停车很难')).toBeUndefined()
  expect(quote('希望多建车位……停车太难')).toBeUndefined()
  expect(quote('名〕阿姨也这么说')).toBeUndefined()
  expect(quote('……')).toBeUndefined()
})

test('words that the dictionary does not know are counted answer by answer, names left out', () => {
  const counter = wordCounter(shippedCodes)
  for (let i = 0; i < 6; i++) counter.add(jieba.cut(`我叫张建国，晾衣绳晾衣绳不够${i}，停车难`, true))
  counter.add(['只有', '一次'])
  const words = counter.most().map(({ word }) => word)
  expect(words).toContain('不够')
  expect(words.join()).not.toMatch(/张|建国|停车/)
  expect(counter.most().every(({ answers }) => answers === 6)).toBe(true)
})

test('open questions are those that ask for words, and what stands beside 其他', () => {
  expect(openQuestions(definition as never).map(({ name }) => name)).toEqual(['suggestion'])
  const beside = { type: 'radiogroup', name: 'way', title: '方式', choices: ['a'], showOtherItem: true }
  const own = { type: 'comment', name: 'more', title: '补充' }
  const found = openQuestions({ pages: [{ name: 'p', elements: [beside, own, { type: 'text', name: 'street' }] }] })
  expect(found).toEqual([
    { name: 'way-Comment', title: '方式（补充说明）' },
    { name: 'more', title: '补充' },
  ])
})

test('a dictionary loses no theme and names none twice', () => {
  const services = shippedCodes.flatMap(({ service }) => service ?? [])
  expect(dictionaryFaults(shippedCodes, shippedCodes, services)).toEqual([])
  const rules = (changed: typeof shippedCodes) =>
    dictionaryFaults(shippedCodes, changed, services).map(({ rule }) => rule)
  expect(rules(shippedCodes.slice(1))).toEqual(['missing'])
  expect(rules([...shippedCodes, { ...shippedCodes[0]!, code: 'again' }])).toEqual(['duplicate'])
  expect(rules([...shippedCodes, { ...shippedCodes[0]!, code: 'new', name: '新', service: 'nothing' }])).toEqual([
    'service',
  ])
})

test('a quotation may begin with what is masked, and may not begin in the middle of it', () => {
  expect(piecesOf('〔姓名〕说停车难', '〔姓名〕说停车难')).toEqual([[0, 8]])
  expect(piecesOf('〔姓名〕说停车难', '姓名〕说停车难')).toBeUndefined()
  expect(piecesOf('〔姓名〕说停车难', '〔姓名')).toBeUndefined()
})
