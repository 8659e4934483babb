import { expect, test } from 'vitest'
import { flagsIn, isIdentityNumber } from '../../../shared/wishes/flags.ts'

/** Kind and words of everything that is flagged. */
const found = (text: string, words?: string[]) =>
  flagsIn(text, words).map(({ kind, from, to }) => [kind, [...text].slice(from, to).join('')])

test('numbers of phones are found however they are written', () => {
  for (const number of [
    '13812345678',
    '138 1234 5678',
    '138-1234-5678',
    '１３８１２３４５６７８',
    '一三八一二三四五六七八',
    '幺三八 一二三四 五六七八',
    '壹叁捌1234伍陆柒捌',
    '1 3 8 1 2 3 4 5 6 7 8',
    '138\u200b1234\u200b5678',
    '①③⑧1234５６７８',
    '010-88886666',
    '０５１２－８８８８６６６６',
    '(021) 5555 6666',
  ])
    expect(found(`孩子想要书包，打${number}找我`), number).toEqual([['phone', number.replace(/^\(/, '')]])
  expect(found('我的微信 wangxiaoer99')).toEqual([['phone', 'wangxiaoer99']])
})

test('places are counted in code points', () => {
  expect(flagsIn('😀😀13812345678')).toEqual([{ kind: 'phone', from: 2, to: 13 }])
  expect(flagsIn('𠮷王先生')).toEqual([{ kind: 'name', from: 1, to: 2 }])
})

test('numbers of identity cards are known by their last sign, X as well', () => {
  expect(isIdentityNumber('11010519491231002X')).toBe(true)
  expect(isIdentityNumber('110105194912310021')).toBe(false)
  for (const number of ['11010519491231002X', '11010519491231002x', '440524188001010014', '110105 19491231 002Ｘ'])
    expect(found(`身份证${number}`), number).toEqual([['id-number', number]])
  expect(found('编号 110105194912310021')).toEqual([['id-number', '110105194912310021']])
})

test('names, doors and abuse are found, and words that the district has added', () => {
  expect(found('我叫张小红，和李建国女士住3号楼2单元502室')).toEqual([
    ['name', '张小红'],
    ['name', '李建国'],
    ['name', '3号楼2单元502室'],
  ])
  expect(found('这帮傻 逼，滚*蛋！')).toEqual([
    ['abuse', '傻 逼'],
    ['abuse', '滚*蛋'],
  ])
  expect(found('加我ＶＸ群，买Ａ+B(c', ['vx群', 'a+b(c', ' '])).toEqual([
    ['abuse', 'ＶＸ群'],
    ['abuse', 'Ａ+B(c'],
  ])
})

test('what a wish usually says is not flagged', () => {
  for (const text of [
    '想带三个孩子去一次游乐园，11月30日前都可以',
    '菜场到地铁口这一段路没有地方歇脚，想要两三个凳子',
    '想要一张片区的清楚地图，24小时都能看',
    '一二三四五，上山打老虎：想要一套 1200 元以内的绘本',
    '一天要爬20层楼，想要一副护膝',
  ])
    expect(found(text), text).toEqual([])
})

test('a long text made to be slow is read at once', () => {
  const started = performance.now()
  for (const text of ['1 '.repeat(2000), '1'.repeat(4000), '傻 '.repeat(2000), '0-'.repeat(2000)]) flagsIn(text)
  expect(performance.now() - started).toBeLessThan(500)
})
