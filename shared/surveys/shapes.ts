import type { Detail } from '../problem.ts'
import { type Asked, choicesOf, type Item, isRecord, itemsOf, type Json, listOf } from './definition.ts'
import { isRealDate } from './publishable.ts'

/** Judges one answer without looking at the others; what is wrong goes to `out`. */
export type Shape = (value: unknown, at: string, out: Detail[]) => void

/** Characters that no keyboard sends: they break PostgreSQL, XML or the eye. */
const unspeakable = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u
const EMAIL = /^[^\s@<>()[\],;:"\\]+@[^\s@.<>()[\],;:"\\]+(?:\.[^\s@.<>()[\],;:"\\]+)+$/
const LARGEST = 1e12

export interface TextLimits {
  /** Longest text in characters as people count them (code points). */
  text: number
  comment: number
}

/** Survey-wide limits on the length of texts. */
export function textLimits(definition: Json): TextLimits {
  const within = (value: unknown, otherwise: number) =>
    typeof value === 'number' && value > 0 ? Math.min(value, otherwise) : otherwise
  return { text: within(definition.maxTextLength, 200), comment: within(definition.maxCommentLength, 2_000) }
}

/** The shape of an answer to this question, compiled once. Dynamic panels are judged field by field elsewhere. */
export function shapeOf(asked: Asked, limits: TextLimits): Shape {
  const { json, title, type } = asked
  if (type === 'radiogroup' || type === 'dropdown' || type === 'rating') return one(choicesOf(asked), title)
  if (type === 'checkbox' || type === 'tagbox' || type === 'ranking') return several(asked, countsOf(asked))
  if (type === 'boolean') return one(booleansOf(json), title)
  if (type === 'matrix') return rows(asked)
  if (type === 'text' && json.inputType === 'number') return number(asked)
  if (type === 'text' && json.inputType === 'date') return date(asked)
  return words(asked, limits)
}

export function booleansOf(json: Json): Item[] {
  const item = (value: unknown, text: string) => ({ value: value as string, text, exclusive: false, builtIn: false })
  return [item(json.valueTrue ?? true, '是'), item(json.valueFalse ?? false, '否')]
}

function say(out: Detail[], at: string, rule: string, message: string) {
  out.push({ at, rule, message })
}

function one(items: Item[], title: string): Shape {
  const known = new Set<unknown>(items.map(({ value }) => value))
  return (value, at, out) => {
    if (!known.has(value)) say(out, at, 'choice', `“${title}”没有您提交的这个选项，请从列出的选项中重新选择`)
  }
}

export interface Counts {
  least: number
  most: number
}

/** How many choices may be ticked: the question's own limits and those of its validators. */
export function countsOf({ json }: Asked): Counts {
  const own = (value: unknown) => (typeof value === 'number' && value > 0 ? value : undefined)
  const counted = listOf(json.validators).filter(
    (one) => isRecord(one) && String(one.type).startsWith('answercount'),
  ) as Json[]
  const least = [own(json.minSelectedChoices), ...counted.map(({ minCount }) => own(minCount))]
  const most = [own(json.maxSelectedChoices), ...counted.map(({ maxCount }) => own(maxCount))]
  return {
    least: Math.max(0, ...least.map((n) => n ?? 0)),
    most: Math.min(...most.map((n) => n ?? Number.POSITIVE_INFINITY)),
  }
}

function several(asked: Asked, { least, most }: Counts): Shape {
  const { title } = asked
  const items = choicesOf(asked)
  const known = new Set<unknown>(items.map(({ value }) => value))
  const alone = new Map<unknown, Item>(items.filter(({ exclusive }) => exclusive).map((item) => [item.value, item]))
  const duplicated = `“${title}”里有重复的选项，请每项只选一次`
  return (value, at, out) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > known.size)
      return say(out, at, 'choice', `“${title}”的答案应当是所选的选项，没有选就不要提交这一题`)
    if (!value.every((each) => known.has(each)))
      return say(out, at, 'choice', `“${title}”没有您提交的某个选项，请从列出的选项中重新选择`)
    if (value.length > 1 && new Set(value).size < value.length) return say(out, at, 'duplicate', duplicated)
    const single = alone.size > 0 ? value.find((each) => alone.has(each)) : undefined
    if (single !== undefined && value.length > 1)
      return say(out, at, 'exclusive', `“${title}”选了“${alone.get(single)?.text}”就不能再选其他项，请取消其中一种`)
    if (value.length > most) say(out, at, 'max', `“${title}”最多可以选 ${most} 项，请取消多选的项`)
    if (value.length < least && single === undefined) say(out, at, 'min', `“${title}”至少要选 ${least} 项，请再选几项`)
  }
}

function rows({ json, title }: Asked): Shape {
  const known = new Set(itemsOf(json.rows).map(({ value }) => String(value)))
  const columns = new Set<unknown>(itemsOf(json.columns).map(({ value }) => value))
  return (value, at, out) => {
    if (!isRecord(value)) return say(out, at, 'shape', `“${title}”应当逐行作答，请重新填写`)
    const given = Object.keys(value)
    if (given.length === 0) say(out, at, 'empty', `“${title}”没有作答的行，没有填就不要提交这一题`)
    for (const row of given) {
      if (!known.has(row)) return say(out, at, 'row', `“${title}”没有您提交的这一行，请刷新问卷后重新填写`)
      if (!columns.has(value[row])) say(out, at, 'choice', `“${title}”有一行的选项不在列出的范围内，请重新选择`)
    }
  }
}

function number({ json, title }: Asked): Shape {
  const [from, to] = rangeOf(json)
  const { step } = json
  return (value, at, out) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return say(out, at, 'number', `“${title}”请填写数字`)
    if (value < from || value > to) return say(out, at, 'range', rangeWords(title, from, to))
    if (typeof step === 'number' && !onStep(value, step))
      say(out, at, 'step', `“${title}”应当是 ${step} 的整数倍，请修改`)
  }
}

function rangeOf(json: Json): [number, number] {
  const checks = listOf(json.validators).filter(
    (one) => isRecord(one) && String(one.type).startsWith('numeric'),
  ) as Json[]
  const numbers = (values: unknown[]) => values.filter((value) => typeof value === 'number')
  return [
    Math.max(-LARGEST, ...numbers([json.min, ...checks.map(({ minValue }) => minValue)])),
    Math.min(LARGEST, ...numbers([json.max, ...checks.map(({ maxValue }) => maxValue)])),
  ]
}

function rangeWords(title: string, from: number, to: number): string {
  if (from === -LARGEST && to === LARGEST) return `“${title}”的数字太大，请检查`
  if (from === -LARGEST) return `“${title}”不能大于 ${to}，请修改`
  if (to === LARGEST) return `“${title}”不能小于 ${from}，请修改`
  return `“${title}”应在 ${from} 到 ${to} 之间，请修改`
}

/** Decimal steps are compared as whole numbers, since 0.3 / 0.1 is not 3. */
function onStep(value: number, step: number): boolean {
  let power = 1
  while (power < 1e6 && (Math.round(step * power) / power !== step || Math.round(value * power) / power !== value))
    power *= 10
  return Math.round(value * power) % Math.round(step * power) === 0
}

function date({ json, title }: Asked): Shape {
  const from = typeof json.min === 'string' && json.min !== '' ? json.min : '1900-01-01'
  const to = typeof json.max === 'string' && json.max !== '' ? json.max : '2100-12-31'
  return (value, at, out) => {
    if (typeof value !== 'string' || !isRealDate(value))
      return say(out, at, 'date', `“${title}”请填写真实的日期，如 2026-01-31`)
    if (value < from || value > to) say(out, at, 'range', `“${title}”应在 ${from} 到 ${to} 之间，请修改`)
  }
}

function words(asked: Asked, limits: TextLimits): Shape {
  const { json, title, type } = asked
  const checks = listOf(json.validators).filter(isRecord)
  const email = json.inputType === 'email' || checks.some((check) => String(check.type).startsWith('email'))
  const least = Math.max(0, ...checks.map(({ minLength }) => (typeof minLength === 'number' ? minLength : 0)))
  const most = Math.min(
    email ? 254 : longest(json, type === 'comment' ? limits.comment : limits.text),
    ...checks.map(mostOf),
  )
  const plain = textShape(title, most)
  return (value, at, out) => {
    const before = out.length
    plain(value, at, out)
    if (out.length > before || typeof value !== 'string') return
    if (value.length < least) say(out, at, 'min', `“${title}”至少要写 ${least} 个字，请补充`)
    if (email && !EMAIL.test(value)) say(out, at, 'email', `“${title}”不像一个电子邮箱，请检查`)
  }
}

/** An explicit length may exceed the survey's default, up to 10,000 characters. */
function longest(json: Json, otherwise: number): number {
  return typeof json.maxLength === 'number' && json.maxLength > 0 ? Math.min(json.maxLength, 10_000) : otherwise
}

function mostOf({ maxLength }: Json): number {
  return typeof maxLength === 'number' && maxLength > 0 ? maxLength : Number.POSITIVE_INFINITY
}

/** A text of at most `most` characters, counted as code points so that an emoji never counts more than the phone's keyboard says. */
export function textShape(title: string, most: number): Shape {
  return (value, at, out) => {
    if (typeof value !== 'string') return say(out, at, 'text', `“${title}”应当是文字，请重新填写`)
    if (value === '') return say(out, at, 'empty', `“${title}”没有填写，就不要提交这一题`)
    if (value.length > most && (value.length > 2 * most || [...value].length > most))
      return say(out, at, 'length', `“${title}”最多 ${most} 个字，请删减一些`)
    if (unspeakable.test(value)) say(out, at, 'characters', `“${title}”里有无法保存的特殊字符，请删去后重新填写`)
  }
}
