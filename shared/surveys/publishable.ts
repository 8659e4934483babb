import type { Detail } from '../problem.ts'
import { type Asked, choicesOf, isRecord, itemsOf, type Json, listOf, type Walked } from './definition.ts'
import { noticeRefusals } from './notice-refusals.ts'
import { containerProperties, itemProperties, propertiesOf, surveyProperties } from './properties.ts'

const MOST_QUESTIONS = 300
const MOST_CHOICES = 500
/** Names that conditions or JavaScript understand as something else. */
const taken = new Set(
  `item choice row panel self parent survey locale pageno pagecount questioncount correctanswers correctedanswers incorrectanswers
   incorrectedanswers correctedanswercount panelindex visiblepanelindex rowindex prevpanel nextpanel parentpanel true false null
   undefined ${Object.getOwnPropertyNames(Object.prototype).join(' ')}`
    .toLowerCase()
    .split(/\s+/),
)
const badName = /[.[\]{}<>'"#$×\p{Cc}\p{Cs}]|-comment$|-unwrapped$|^\s|\s$|^$/iu

/** What in a definition cannot be published, question by question; nothing when its form is sound. */
export function formRefusals(definition: Json, walked: Walked): Detail[] {
  const nested = walked.asked.flatMap((asked) => asked.nested)
  const all = [...walked.asked, ...nested]
  const out: Detail[] = []
  if (walked.asked.length === 0) out.push(refusal('survey', 'empty', '问卷里还没有题目，请至少添加一道题'))
  if (all.length > MOST_QUESTIONS)
    out.push(refusal('survey', 'too-large', `题目超过 ${MOST_QUESTIONS} 道，请拆成几份问卷`))
  for (const at of walked.broken) out.push(refusal(at, 'element', '这一处不是有效的题目，或嵌套过深，请检查问卷定义'))
  out.push(...surveyRefusals(definition), ...noticeRefusals(definition))
  for (const { name, json } of walked.containers) out.push(...propertyRefusals(name, json, containerProperties))
  out.push(...nameRefusals(walked.asked), ...walked.asked.flatMap((asked) => nameRefusals(asked.nested)))
  for (const asked of all) out.push(...questionRefusals(asked))
  for (const asked of nested)
    if (asked.type === 'paneldynamic') out.push(unsupported(asked, '动态面板里不能再放动态面板'))
  return out
}

export function refusal(at: string, rule: string, message: string): Detail {
  return { at, rule, message }
}

function unsupported(asked: Asked, message: string): Detail {
  return refusal(asked.name, 'unsupported', `“${asked.title}”：${message}`)
}

function propertyRefusals(at: string, json: Json, allowed: Set<string>): Detail[] {
  const strange = Object.keys(json).filter((property) => !allowed.has(property) && json[property] !== undefined)
  return strange.map((property) => {
    return refusal(at, 'unsupported-property', `不支持属性 ${property}，它可能改变答案是否有效，请删去后再发布`)
  })
}

function surveyRefusals(definition: Json): Detail[] {
  const out = propertyRefusals('survey', definition, surveyProperties)
  for (const property of ['triggers', 'calculatedValues']) {
    if (listOf(definition[property]).length > 0)
      out.push(refusal('survey', 'unsupported-property', `不支持 ${property}，请改用题目的显示条件`))
  }
  if (!['onComplete', 'onHidden', undefined].includes(definition.clearInvisibleValues as string))
    out.push(refusal('survey', 'unsupported-property', 'clearInvisibleValues 只能是 onHidden 或 onComplete'))
  if (definition.storeOthersAsComment === false)
    out.push(refusal('survey', 'unsupported-property', '“其他”的文字须单独保存，请删去 storeOthersAsComment'))
  if (listOf(definition.pages).length > 0 && listOf(definition.elements ?? definition.questions).length > 0)
    out.push(refusal('survey', 'unsupported', '题目请全部放进页面（pages），不要同时写在问卷之下'))
  return out
}

function nameRefusals(asked: Asked[]): Detail[] {
  const seen = new Set<string>()
  const out: Detail[] = []
  for (const { name, json } of asked) {
    const key = name.toLowerCase()
    if (typeof json.name !== 'string' || badName.test(name) || name.length > 64 || taken.has(key))
      out.push(refusal(name, 'name', `题目编码“${name.slice(0, 64)}”不能使用，请换成简短的字母、数字或汉字`))
    if (seen.has(key)) out.push(refusal(name, 'duplicate-name', `题目编码“${name}”重复，请改成不同的编码`))
    seen.add(key)
  }
  return out
}

function questionRefusals(asked: Asked): Detail[] {
  const allowed = propertiesOf(asked.type)
  if (!allowed)
    return [refusal(asked.name, 'unsupported-type', `“${asked.title}”的题型 ${asked.type} 不支持，请换一种题型`)]
  return [
    ...propertyRefusals(asked.name, asked.json, allowed),
    ...settingRefusals(asked),
    ...expressionRefusals(asked),
    ...validatorRefusals(asked),
    ...listRefusals(asked),
  ]
}

const inputTypes = ['text', 'number', 'date', 'email', 'tel']

function settingRefusals(asked: Asked): Detail[] {
  const { json } = asked
  const out: Detail[] = []
  if (json.clearIfInvisible !== undefined && json.clearIfInvisible !== 'default')
    out.push(unsupported(asked, 'clearIfInvisible 只能用默认值'))
  if (json.storeOthersAsComment === false)
    out.push(unsupported(asked, '“其他”的文字须单独保存，请删去 storeOthersAsComment'))
  if (json.cellType !== undefined && json.cellType !== 'radio') out.push(unsupported(asked, '矩阵每行只能单选'))
  if (asked.type === 'text' && !inputTypes.includes(String(json.inputType ?? 'text')))
    out.push(unsupported(asked, `输入类型 ${String(json.inputType)} 不支持，可用：${inputTypes.join('、')}`))
  for (const property of [
    'maxLength',
    'minSelectedChoices',
    'maxSelectedChoices',
    'panelCount',
    'minPanelCount',
    'maxPanelCount',
  ]) {
    if (json[property] !== undefined && !Number.isInteger(json[property]))
      out.push(unsupported(asked, `${property} 应当是整数`))
  }
  return [...out, ...limitRefusals(asked)]
}

/** 2024-02-30 and 0001-01-01 are not dates anyone means. */
export function isRealDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return false
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return year >= 1900 && year <= 2100 && day >= 1 && day <= days
}

function limitRefusals(asked: Asked): Detail[] {
  if (asked.type !== 'text') return []
  const { min, max, step, inputType } = asked.json
  const sound = (limit: unknown) => {
    if (limit === undefined || limit === '') return true
    if (inputType === 'date') return typeof limit === 'string' && isRealDate(limit)
    return inputType === 'number' && typeof limit === 'number' && Number.isFinite(limit)
  }
  const out: Detail[] = []
  if (!sound(min) || !sound(max))
    out.push(unsupported(asked, 'min 和 max 只能是数字题的数字或日期题的日期（如 2026-01-31）'))
  if (step !== undefined && step !== 'any' && !(typeof step === 'number' && step > 0))
    out.push(unsupported(asked, 'step 应当是大于 0 的数字'))
  return out
}

function expressionRefusals(asked: Asked): Detail[] {
  const bad = ['visibleIf', 'requiredIf', 'choicesVisibleIf', 'rowsVisibleIf'].filter((property) => {
    const expression = asked.json[property]
    return expression !== undefined && (typeof expression !== 'string' || expression.length > 2_000)
  })
  return bad.map((property) => unsupported(asked, `${property} 应当是一个不超过 2000 字的条件`))
}

const validators: Record<string, string[]> = {
  numeric: ['minValue', 'maxValue'],
  text: ['minLength', 'maxLength'],
  answercount: ['minCount', 'maxCount'],
  email: [],
}

function validatorRefusals(asked: Asked): Detail[] {
  const list = asked.json.validators
  if (list !== undefined && !Array.isArray(list)) return [unsupported(asked, 'validators 应当是数组')]
  return listOf(list).flatMap((validator) => {
    const type = isRecord(validator) ? String(validator.type).replace(/validator$/, '') : ''
    const limits = validators[type]
    if (!limits || !isRecord(validator)) return [unsupported(asked, `不支持验证规则 ${type || '（无类型）'}`)]
    const strange = Object.keys(validator).filter((key) => !['type', 'text', ...limits].includes(key))
    const bad = limits.filter((key) => validator[key] !== undefined && !Number.isFinite(validator[key]))
    return [...strange, ...bad].map((key) => unsupported(asked, `验证规则 ${type} 的 ${key} 不支持`))
  })
}

const choiceTypes = ['radiogroup', 'dropdown', 'checkbox', 'tagbox', 'ranking', 'rating']

function listRefusals(asked: Asked): Detail[] {
  const { json, type } = asked
  const lists: [string, unknown][] = []
  if (choiceTypes.includes(type)) lists.push([type === 'rating' ? 'rateValues' : 'choices', choicesOf(asked)])
  if (type === 'matrix') lists.push(['rows', itemsOf(json.rows)], ['columns', itemsOf(json.columns)])
  return [
    ...lists.flatMap(([property, items]) => itemRefusals(asked, property, items as ReturnType<typeof itemsOf>)),
    ...lists.flatMap(([property]) => itemPropertyRefusals(asked, property)),
  ]
}

function itemPropertyRefusals(asked: Asked, property: string): Detail[] {
  const fixed = property === 'columns' || property === 'rateValues'
  return listOf(asked.json[property]).flatMap((entry) => {
    if (!isRecord(entry)) return []
    const strange = Object.keys(entry).filter((key) => !itemProperties.has(key) || (fixed && key === 'visibleIf'))
    const exclusive = entry.isExclusive !== undefined && !['checkbox', 'tagbox'].includes(asked.type)
    return [...strange, ...(exclusive ? ['isExclusive'] : [])].map((key) => {
      return unsupported(asked, `选项 ${String(entry.value)} 的属性 ${key} 不支持`)
    })
  })
}

function itemRefusals(asked: Asked, property: string, items: ReturnType<typeof itemsOf>): Detail[] {
  if (items.length === 0) return [refusal(asked.name, 'choices', `“${asked.title}”没有 ${property}，请补上选项`)]
  if (items.length > MOST_CHOICES)
    return [refusal(asked.name, 'too-large', `“${asked.title}”的选项超过 ${MOST_CHOICES} 个，请减少`)]
  const seen = new Set<string>()
  const out: Detail[] = []
  for (const { value } of items) {
    const key = String(value).trim().toLowerCase()
    if (!soundValue(value))
      out.push(refusal(asked.name, 'choices', `“${asked.title}”的选项值“${key.slice(0, 40)}”不能使用`))
    if (seen.has(key)) out.push(refusal(asked.name, 'choices', `“${asked.title}”的选项值“${key.slice(0, 40)}”重复`))
    seen.add(key)
  }
  return out
}

function soundValue(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'string' || value.length > 300 || value.trim() !== value || value === '') return false
  return !(value in Object.prototype) && !/[×\p{Cc}\p{Cs}]/u.test(value)
}
