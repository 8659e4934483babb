import type { Catalogue, Site } from './api.ts'

/** What a cell says, or what is wrong with it, in words that tell how to put it right. */
export type Reading<T> = { value: T } | { wrong: string }

/** What cells may refer to: the codes that exist already, and the catalogue's services. */
export interface Known {
  subdistricts: ReadonlySet<string>
  communities: ReadonlySet<string>
  blocks: ReadonlySet<string>
  services: Catalogue['services']
}

export type Reader<T> = (text: string, known: Known) => Reading<T>

const wrong = (message: string): { wrong: string } => ({ wrong: message })

/** Full-width letters and digits as their plain forms, without spaces: what officials type is forgiven where it cannot be misread. */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '')
}

/** A code: letters, digits, - and _. */
export const code: Reader<string> = (text) => {
  const value = plain(text)
  return /^[A-Za-z0-9_-]{1,40}$/.test(value)
    ? { value }
    : wrong(`代码“${shown(text)}”不对：只能用字母、数字、短横线和下划线，最多 40 个字符。`)
}

/** A code that must be there already, in the table named `zh`. */
export function codeOf(parents: 'subdistricts' | 'communities' | 'blocks', zh: string): Reader<string> {
  return (text, known) => {
    const read = code(text, known)
    if ('wrong' in read || known[parents].has(read.value)) return read
    return wrong(`没有代码为“${read.value}”的${zh}，请核对，或先导入${zh}。`)
  }
}

/** Words of at most `longest` characters. What a spreadsheet would take for a formula, and what cannot be seen, is refused. */
export function words(longest: number): Reader<string> {
  return (text) => {
    const value = text.trim()
    if (/[\p{Cc}\p{Cs}]/u.test(value)) return wrong('含有换行或看不见的字符，请删除后重新填写。')
    if (/^[=+\-@＝＋－＠]/.test(value)) return wrong('不能以 =、+、-、@ 开头，请改写。')
    if (value.length > longest) return wrong(`最多 ${longest} 个字，现在有 ${value.length} 个字。`)
    return { value }
  }
}

/** A number between `least` and `most`, both included; full-width digits and thousands separators are understood. */
export function number(least: number, most: number, unit = ''): Reader<number> {
  return (text) => {
    const typed = plain(text)
    const value = Number(/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(typed) ? typed.replaceAll(',', '') : typed)
    if (!/^[+-]?\d[\d,]*(\.\d+)?(e[+-]?\d+)?$/i.test(typed) || !Number.isFinite(value))
      return wrong(`“${shown(text)}”不是数字，请只填数字。`)
    if (value < 0 && least >= 0) return wrong('不能是负数，请核对。')
    if (value < least || value > most) return wrong(`应在 ${least} 到 ${most}${unit}之间，现在是 ${value}。`)
    return { value }
  }
}

/** A whole number between `least` and `most`. */
export function whole(least: number, most: number, unit = ''): Reader<number> {
  return (text, known) => {
    const read = number(least, most, unit)(text, known)
    if ('wrong' in read || Number.isInteger(read.value)) return read
    return wrong(`应为整数，现在是 ${read.value}。`)
  }
}

/** An area: above 0. */
export function area(most: number, unit: string): Reader<number> {
  return (text, known) => {
    const read = number(0, most, unit)(text, known)
    return 'value' in read && read.value === 0 ? wrong('应大于 0，请核对。') : read
  }
}

const yes = ['是', '有', 'TRUE']
const no = ['否', '无', '没有', 'FALSE']

/** 是 or 否. */
export const yesNo: Reader<boolean> = (text) => {
  const typed = plain(text).toUpperCase()
  if (yes.includes(typed)) return { value: true }
  return no.includes(typed) ? { value: false } : wrong(`“${shown(text)}”不对：请填“是”或“否”。`)
}

/** A date, as ISO 8601 text. */
export const date: Reader<string> = (text) => {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain(text))
  if (!parts) return wrong(`“${shown(text)}”不是日期，请按 2026-09-30 的样子填写。`)
  const value = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  const [year, month, day] = value.split('-').map(Number) as [number, number, number]
  return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
    ? { value }
    : wrong(`没有“${shown(text)}”这一天，请核对。`)
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const fireClasses: Record<string, Site['fireClass']> = { 一: 'I', 二: 'II', 三: 'III', 四: 'IV' }

/** A fire class: 一级 to 四级, or I to IV. */
export const fireClass: Reader<Site['fireClass']> = (text) => {
  const typed = plain(text).replace(/级$/, '').toUpperCase()
  const found =
    fireClasses[typed] ?? Object.values(fireClasses).find((each, i) => typed === each || typed === `${i + 1}`)
  return found ? { value: found } : wrong(`“${shown(text)}”不对：耐火等级请填一级、二级、三级或四级。`)
}

/** A service of the catalogue by its Chinese name or its code, as the code. */
export const service: Reader<string> = (text, known) => {
  const typed = plain(text)
  const found = known.services.find((each) => each.code === typed || each.zh === typed)
  if (found) return { value: found.code }
  return wrong(`没有“${shown(text)}”这项服务，可填：${known.services.map((each) => each.zh).join('、')}。`)
}

/** A function of any service by its Chinese name or its code, as the code. */
export const serviceFunction: Reader<string> = (text, known) => {
  const typed = plain(text)
  const all = known.services.flatMap((each) => each.functions)
  const found = all.find((each) => each.code === typed || plain(each.zh) === typed)
  return found ? { value: found.code } : wrong(`没有“${shown(text)}”这项功能，请对照功能目录填写，不确定可留空。`)
}

/** Enough of the cell to find it again, and no more. */
function shown(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text
}
