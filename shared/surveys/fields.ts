import type { Detail } from '../problem.ts'
import type { Condition, Row } from './condition.ts'
import { type Asked, choicesOf, type Item, isRecord, itemsOf } from './definition.ts'
import { type Counts, countsOf, type Shape, shapeOf, type TextLimits, textShape } from './shapes.ts'

type Values = Record<string, unknown>

/** One question, compiled: what its answer must look like, and what the other answers make of it. */
export interface Field {
  asked: Asked
  /** Judges the answer alone. */
  shape: Shape
  /** Judges the text beside the answer (`name-Comment`), where the question has one. */
  comment?: Shape
  shown: (values: Values, row?: Row) => boolean
  required: (values: Values, row?: Row) => boolean
  /** Judges answer and comment against the other answers. `own` holds them: the whole response, or one entry of a dynamic panel. */
  judge: (own: Values, values: Values, at: string, out: Detail[], row?: Row) => void
  /** The values of the choices, or of the matrix rows, that are shown. */
  offered?: (values: Values, row?: Row) => (string | number)[]
  nested: Field[]
}

export interface FieldTools {
  /** Compiles a condition written at a question, reporting what is wrong with it. */
  condition: (expression: string, at: string, variables: { item?: boolean; panel?: Set<string> }) => Condition
  limits: TextLimits
}

const always = () => true
const never = () => false

export function commentName(name: string): string {
  return `${name}-Comment`
}

/** Compiles one question. `panel` holds the names inside the dynamic panel around it, if there is one. */
export function fieldOf(asked: Asked, tools: FieldTools, panel?: Set<string>): Field {
  const compiled = asked.visibleIf.map((expression) => tools.condition(expression, asked.name, { panel }))
  const { requiredIf, isRequired } = asked.json
  const required =
    typeof requiredIf === 'string' && requiredIf.trim() !== ''
      ? tools.condition(requiredIf, asked.name, { panel })
      : isRequired === true
        ? always
        : never
  const part = partOf(asked, tools, panel)
  const allowed = all(compiled, asked.never)
  const { hideIfChoicesEmpty, hideIfRowsEmpty } = asked.json
  const { any } = part
  const hides = any !== undefined && (hideIfChoicesEmpty === true || hideIfRowsEmpty === true)
  const shown = hides ? (values: Values, row?: Row) => allowed(values, row) && any(values, row) : allowed
  const field: Field = {
    asked,
    shown,
    required,
    shape: part.shape,
    offered: part.offered,
    nested: part.nested,
    judge: always,
  }
  if (commentable(asked)) field.comment = textShape(`${asked.title}（补充说明）`, tools.limits.comment)
  field.judge = judging(field, part)
  return field
}

function all(conditions: Condition[], off: boolean): (values: Values, row?: Row) => boolean {
  const [first] = conditions
  if (off) return never
  if (!first) return always
  if (conditions.length === 1) return first
  return (values, row) => conditions.every((condition) => condition(values, row))
}

function takesOther({ json, type }: Asked): boolean {
  return type !== 'ranking' && (json.showOtherItem === true || json.hasOther === true)
}

function takesRemark({ json }: Asked): boolean {
  return json.showCommentArea === true || json.hasComment === true
}

function commentable(asked: Asked): boolean {
  return takesOther(asked) || takesRemark(asked)
}

/** What differs between kinds of question. */
interface Part {
  shape: Shape
  fits: (value: unknown, values: Values, at: string, out: Detail[], row?: Row) => void
  /** What must be said when the question is shown and not answered. */
  absent?: (values: Values, at: string, out: Detail[], row?: Row) => void
  offered?: Field['offered']
  /** Whether any choice or row is shown. */
  any?: (values: Values, row?: Row) => boolean
  nested: Field[]
}

const fitsAlways = () => undefined

function partOf(asked: Asked, tools: FieldTools, panel?: Set<string>): Part {
  if (asked.type === 'paneldynamic') return dynamicPart(asked, tools)
  const shape = shapeOf(asked, tools.limits)
  if (asked.type === 'matrix') return matrixPart(asked, shape, tools, panel)
  if (['radiogroup', 'dropdown', 'checkbox', 'tagbox', 'ranking'].includes(asked.type))
    return choicePart(asked, shape, tools, panel)
  return { shape, fits: fitsAlways, nested: [] }
}

/** Which items are shown: an item's own condition overrules that of the whole list, as in SurveyJS. */
function offers(asked: Asked, items: Item[], list: unknown, tools: FieldTools, panel?: Set<string>) {
  const compile = (expression: string) => tools.condition(expression, asked.name, { item: true, panel })
  const common = typeof list === 'string' && list.trim() !== '' ? compile(list) : undefined
  const tests = new Map<unknown, Condition | undefined>()
  for (const { value, visibleIf, builtIn } of items) {
    tests.set(value, builtIn ? undefined : visibleIf === undefined ? common : compile(visibleIf))
  }
  const free = [...tests.values()].every((test) => test === undefined)
  const offered = (value: unknown, values: Values, row?: Row) => {
    const test = tests.get(value)
    return test === undefined || test(values, row ? { ...row, item: value } : { item: value })
  }
  return { free, offered }
}

function choicePart(asked: Asked, shape: Shape, tools: FieldTools, panel?: Set<string>): Part {
  const items = choicesOf(asked)
  const { free, offered } = offers(asked, items, asked.json.choicesVisibleIf, tools, panel)
  const shown = (values: Values, row?: Row) =>
    items.map(({ value }) => value).filter((value) => offered(value, values, row))
  const hidden = `“${asked.title}”里有一项按前面的回答不应出现，请取消这一项`
  const whole = asked.type === 'ranking' && asked.json.selectToRankEnabled !== true
  const own = items.filter(({ builtIn }) => !builtIn)
  return {
    shape,
    nested: [],
    offered: shown,
    any: (values, row) => own.some(({ value }) => offered(value, values, row)),
    absent: fewest(asked, countsOf(asked)),
    fits: (value, values, at, out, row) => {
      const picked = Array.isArray(value) ? value : [value]
      if (!free && !picked.every((each) => offered(each, values, row)))
        out.push({ at, rule: 'hidden-choice', message: hidden })
      if (whole && picked.length !== shown(values, row).length)
        out.push({ at, rule: 'ranking', message: `“${asked.title}”请把所有选项都排好顺序` })
    },
  }
}

/** SurveyJS asks for the fewest choices even where a question is not marked as required. */
function fewest(asked: Asked, { least }: Counts): Part['absent'] {
  const several = ['checkbox', 'tagbox', 'ranking'].includes(asked.type)
  if (!several || least < 1) return undefined
  return (_values, at, out) => {
    out.push({ at, rule: 'min', message: `“${asked.title}”至少要选 ${least} 项，请选择后再提交` })
  }
}

function matrixPart(asked: Asked, shape: Shape, tools: FieldTools, panel?: Set<string>): Part {
  const items = itemsOf(asked.json.rows)
  const { free, offered } = offers(asked, items, asked.json.rowsVisibleIf, tools, panel)
  const byKey = new Map(items.map((item) => [String(item.value), item]))
  const shown = (values: Values, row?: Row) =>
    items.map(({ value }) => value).filter((value) => offered(value, values, row))
  const every = asked.json.eachRowRequired === true || asked.json.isAllRowRequired === true
  const unfilled = (given: Values, values: Values, at: string, out: Detail[], row?: Row) => {
    const left = items.find(({ value }) => !Object.hasOwn(given, String(value)) && offered(value, values, row))
    if (left) out.push({ at, rule: 'each-row', message: `“${asked.title}”还有“${left.text}”没有填，请每行都选一项` })
  }
  return {
    shape,
    nested: [],
    offered: shown,
    any: (values, row) => items.some(({ value }) => offered(value, values, row)),
    absent: every ? (values, at, out, row) => unfilled({}, values, at, out, row) : undefined,
    fits: (value, values, at, out, row) => {
      const given = value as Values
      const stray = free ? undefined : Object.keys(given).find((key) => !offered(byKey.get(key)?.value, values, row))
      if (stray !== undefined)
        out.push({
          at,
          rule: 'hidden-row',
          message: `“${asked.title}”里“${byKey.get(stray)?.text}”这一行按前面的回答不应出现，请去掉`,
        })
      else if (every) unfilled(given, values, at, out, row)
    },
  }
}

function judging(field: Field, part: Part): Field['judge'] {
  const { asked, comment } = field
  const { name, title } = asked
  const remark = commentName(name)
  const other = takesOther(asked)
  const hidden = `“${title}”按前面的回答不需要填写，请去掉这一题的答案`
  return (own, values, at, out, row) => {
    const value = own[name]
    const remarked = comment !== undefined && own[remark] !== undefined
    if (value === undefined && !remarked && part.absent === undefined && field.required === never) return
    if (!field.shown(values, row)) {
      if (value !== undefined || remarked) out.push({ at, rule: 'hidden', message: hidden })
      return
    }
    if (remarked || other) judgeRemark(asked, value, own[remark], at, out)
    const blank = value === undefined || (typeof value === 'string' && value.trim() === '')
    if (blank && field.required(values, row))
      return void out.push({ at, rule: 'required', message: `“${title}”还没有填写，请回答后再提交` })
    if (value === undefined) part.absent?.(values, at, out, row)
    else part.fits(value, values, at, out, row)
  }
}

/** 其他 needs its words; words need 其他 or a place for remarks. */
function judgeRemark(asked: Asked, value: unknown, remark: unknown, at: string, out: Detail[]) {
  const chosen = takesOther(asked) && (value === 'other' || (Array.isArray(value) && value.includes('other')))
  const said = typeof remark === 'string' && remark.trim() !== ''
  if (chosen && !said) out.push({ at, rule: 'other', message: `“${asked.title}”选了“其他”，请写明是什么` })
  if (remark !== undefined && !chosen && !takesRemark(asked))
    out.push({ at, rule: 'hidden', message: `“${asked.title}”没有选“其他”，请去掉补充的文字` })
}

function dynamicPart(asked: Asked, tools: FieldTools): Part {
  const { json, title } = asked
  const names = new Set(asked.nested.map(({ name }) => name))
  const fields = asked.nested.map((inner) => fieldOf(inner, tools, names))
  const count = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)
  const most = Math.min(count(json.maxPanelCount, 100), 100)
  const least = count(json.minPanelCount, 0)
  const begun = Math.min(Math.max(least, count(json.panelCount, 0)), most)
  const judgeAll = (entries: Values[], values: Values, at: string, out: Detail[]) => {
    entries.forEach((entry, index) => {
      const row = { panel: entry }
      for (const field of fields) field.judge(entry, values, `${at}[${index}].${field.asked.name}`, out, row)
    })
  }
  return {
    shape: entriesShape(asked, fields, least, most),
    nested: fields,
    fits: (value, values, at, out) => {
      judgeAll(value as Values[], values, at, out)
      unique(value as Values[], json.keyName, title, at, out)
    },
    absent: begun > 0 ? (values, at, out) => judgeAll(Array(begun).fill({}), values, at, out) : undefined,
  }
}

function unique(entries: Values[], key: unknown, title: string, at: string, out: Detail[]) {
  if (typeof key !== 'string' || key === '') return
  const given = entries.map((entry) => JSON.stringify(entry[key])).filter((value) => value !== undefined)
  if (new Set(given).size < given.length)
    out.push({ at, rule: 'duplicate', message: `“${title}”里有重复的内容，请修改` })
}

/** What may stand under a name: an answer, or the remark beside it. */
export function shapesByName(fields: Field[]): Map<string, Shape> {
  const known = new Map<string, Shape>()
  for (const { asked, shape, comment } of fields) {
    if (asked.type !== 'html') known.set(asked.name, shape)
    if (comment) known.set(commentName(asked.name), comment)
  }
  return known
}

function entriesShape({ title }: Asked, fields: Field[], least: number, most: number): Shape {
  const known = shapesByName(fields)
  return (value, at, out) => {
    if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord))
      return void out.push({ at, rule: 'shape', message: `“${title}”应当逐条填写，请重新填写` })
    if (value.length > most)
      return void out.push({ at, rule: 'max', message: `“${title}”最多 ${most} 条，请删去多余的` })
    if (value.length < least) return void out.push({ at, rule: 'min', message: `“${title}”至少 ${least} 条，请补充` })
    value.forEach((entry: Values, index) => {
      judgeShapes(entry, known, `${at}[${index}].`, out)
    })
  }
}

const MOST_DETAILS = 50

/** Judges every given answer alone; a name that the questionnaire does not have is refused. */
export function judgeShapes(answers: Values, known: Map<string, Shape>, prefix: string, out: Detail[]) {
  for (const name of Object.keys(answers)) {
    if (out.length >= MOST_DETAILS) return
    const shape = known.get(name)
    const at = prefix === '' ? name : prefix + name
    if (shape) shape(answers[name], at, out)
    else
      out.push({
        at: at.slice(0, 100),
        rule: 'unknown',
        message: `问卷里没有“${name.slice(0, 40)}”这道题，请刷新问卷后重新填写`,
      })
  }
}
