import { personalParts } from '../masking/mask.ts'
import type { Flag } from './desk-api.ts'

/** Shipped with the platform; a district adds words of its own. */
const abuse = (
  '傻逼 傻比 傻叉 煞笔 沙比 脑残 他妈的 他娘的 妈的 妈逼 尼玛 操你 草你 草泥马 日你 干你娘 狗日 滚蛋 王八蛋 王八羔子 混蛋 浑蛋 ' +
  '狗东西 狗娘养 去死 死全家 婊子 贱人 贱货 畜生 杂种 不要脸 鸡巴'
).split(' ')

const written = new Map([...'〇一二三四五六七八九', ...'零壹贰叁肆伍陆柒捌玖'].map((sign, i) => [sign, String(i % 10)]))
const others = new Map([...written, ['幺', '1'], ['○', '0']])

/** One plain sign for each code point, so that places found hold for the text. */
const plain = (sign: string): string => (/^.$/.test(sign.normalize('NFKC')) ? sign.normalize('NFKC') : '\ufffd')
const readWords = (signs: string[]): string => signs.map((sign) => plain(sign).toLowerCase().slice(0, 1)).join('')

/** What people put between the signs of a number or a word, and what nobody sees. */
const isBetween = /[\s\p{P}\p{S}\p{Default_Ignorable_Code_Point}]/u
const readDigits = (signs: string[]): string =>
  signs.map((sign) => others.get(sign) ?? (isBetween.test(sign) ? ' ' : plain(sign))).join('')

const row = (...signs: string[]) => signs.join(' {0,3}')
const times = (n: number): string[] => new Array(n).fill('\\d')
const alone = (signs: string, end = '\\d') => new RegExp(`(?<!\\d)${signs}(?!${end})`, 'gi')
const identity = alone(row('[1-9]', ...times(16), '[\\dX]'), '[\\dX]')
const mobile = alone(row('1', '[3-9]', ...times(9)))
const landlines = [10, 11, 12].map((n) => alone(row('0', ...times(n - 1))))

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Whether the last sign of an 18-digit number is what GB 11643 makes of the others. */
export function isIdentityNumber(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false
  const sum = weights.reduce((all, weight, i) => all + weight * Number(number[i]), 0)
  return '10X98765432'[sum % 11] === number[17]
}

const isIdentity = (found: string) => isIdentityNumber(found.toUpperCase().replace(/[^\dX]/g, ''))

function* placesOf(
  pattern: RegExp,
  read: string,
  kind: Flag['kind'],
  fits: (found: string) => boolean = () => true,
): Generator<Flag> {
  for (const { index, 0: found } of read.matchAll(pattern))
    if (fits(found)) yield { kind, from: index, to: index + found.length }
}

/** Words of the list, however they are spaced or dotted. */
function* wordsIn(words: readonly string[], read: string): Generator<Flag> {
  const places = [...read].flatMap((sign, at) => (isBetween.test(sign) ? [] : [at]))
  const dense = places.map((at) => read[at]).join('')
  for (const word of words) {
    const wanted = [...readWords([...word])].filter((sign) => !isBetween.test(sign)).join('')
    for (let at = dense.indexOf(wanted); wanted !== '' && at >= 0; at = dense.indexOf(wanted, at + 1))
      yield { kind: 'abuse', from: places[at]!, to: places[at + wanted.length - 1]! + 1 }
  }
}

/** What the rules for names, numbers and doors of persons call what they find. */
const kindOf = (as: string): Flag['kind'] => {
  if (as === '姓名' || as === '门牌') return 'name'
  return ['证件号', '银行卡号', '车牌'].includes(as) ? 'id-number' : 'phone'
}

function* personalIn(text: string): Generator<Flag> {
  const points = (end: number) => [...text.slice(0, end)].length
  for (const { start, end, as } of personalParts(text)) {
    // 王某 is a name that was masked.
    if (text.slice(start, end).endsWith('某')) continue
    yield { kind: kindOf(as), from: points(start), to: points(end) }
  }
}

/**
 * What whoever moderates is to look at before a text is public, by code points, in order and without overlaps: numbers of
 * phones and identity cards also in full-width or Chinese digits and with gaps, names and doors, abuse and words of the list.
 */
export function flagsIn(text: string, words: readonly string[] = []): Flag[] {
  const signs = [...text]
  const digits = readDigits(signs)
  const found: Flag[] = []
  const add = (flags: Iterable<Flag>) => {
    for (const flag of flags) if (!found.some(({ from, to }) => flag.from < to && from < flag.to)) found.push(flag)
  }
  add(placesOf(identity, digits, 'id-number', isIdentity))
  for (const phone of [mobile, ...landlines]) add(placesOf(phone, digits, 'phone'))
  add(personalIn(text))
  add(wordsIn([...abuse, ...words], readWords(signs)))
  return found.sort((a, b) => a.from - b.from)
}
