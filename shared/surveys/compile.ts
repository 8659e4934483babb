import type { Detail } from '../problem.ts'
import type { Condition, ConditionCompiler } from './condition.ts'
import { type Asked, choicesOf, type DemandRole, demandOf, isRecord, itemsOf, type Json, walk } from './definition.ts'
import { type Field, type FieldTools, fieldOf, judgeShapes, shapesByName } from './fields.ts'
import { planOf } from './plan.ts'
import { formRefusals, refusal } from './publishable.ts'
import { booleansOf, textLimits } from './shapes.ts'
import type { TallyPlan } from './tally-plan.ts'

export interface QuestionInfo {
  name: string
  title: string
  type: string
  /** Values as tallies name them, with the words of the questionnaire; the columns of a matrix. */
  choices: { value: string; text: string }[]
  /** The rows of a matrix. */
  rows: { value: string; text: string }[]
  role?: DemandRole
  service?: string
}

/** A question that this respondent sees, with the choices or matrix rows that are shown. */
export interface Shown {
  name: string
  required: boolean
  offered?: (string | number)[]
}

export interface CompiledSurvey {
  /** What is wrong with these answers, question by question; nothing when they are admitted. Never throws, never changes them. */
  admit: (answers: unknown) => Detail[]
  /** The questions shown for these answers, in order: dynamic panels' questions as `panel[0].name`. */
  shown: (answers: Record<string, unknown>) => Shown[]
  plan: TallyPlan
  questions: QuestionInfo[]
}

export type Compiled = { ok: true; survey: CompiledSurvey } | { ok: false; refusals: Detail[] }

/** Compiles a published SurveyJS definition once, or says by question why it cannot be published. */
export function compile(definition: unknown, condition: ConditionCompiler): Compiled {
  const strange = unreadable(definition)
  if (strange.length > 0 || !isRecord(definition)) return { ok: false, refusals: strange }
  const walked = walk(definition)
  const refusals = formRefusals(definition, walked)
  if (refusals.length > 0) return { ok: false, refusals }
  const tools = toolsFor(definition, walked.asked, condition, refusals)
  const fields = walked.asked.map((asked) => fieldOf(asked, tools))
  const plan = planOf(definition, walked.asked, refusals)
  if (refusals.length > 0 || !plan) return { ok: false, refusals }
  return {
    ok: true,
    survey: { admit: admitting(fields), shown: showing(fields), plan, questions: walked.asked.map(infoOf) },
  }
}

/** Why this is no definition at all; nothing when its questions can be gone through, whatever is wrong with them. */
export function unreadable(definition: unknown): Detail[] {
  if (!isRecord(definition)) return [refusal('survey', 'shape', '问卷定义应当是一个 JSON 对象，请检查文件')]
  if (isReadable(definition)) return []
  return [refusal('survey', 'element', '问卷定义嵌套过深，或用了 toString 这类系统保留的属性名，请检查文件')]
}

const DEEPEST = 50

/** Whether all of it can be gone through and put into words: no nesting without end, no property where every object has one already. */
function isReadable(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth > DEEPEST) return false
  if (!Array.isArray(value) && Object.keys(value).some((key) => key in Object.prototype)) return false
  return Object.values(value).every((inner) => isReadable(inner, depth + 1))
}

const MOST_KEYS = 500

function admitting(fields: Field[]): CompiledSurvey['admit'] {
  const known = shapesByName(fields)
  return (answers) => {
    if (!isRecord(answers)) return [refusal('answers', 'shape', '答卷的格式不对，请刷新问卷后重新填写')]
    const out: Detail[] = []
    if (Object.keys(answers).length > MOST_KEYS)
      return [refusal('answers', 'too-large', '答案太多，请刷新问卷后重新填写')]
    judgeShapes(answers, known, '', out)
    // Conditions may only read answers whose shape is known to be sound.
    if (out.length > 0) return out
    for (const field of fields) field.judge(answers, answers, field.asked.name, out)
    return out
  }
}

function showing(fields: Field[]): CompiledSurvey['shown'] {
  return (answers) => {
    const visible = fields.filter((field) => field.shown(answers))
    return visible.flatMap((field) => {
      const { name } = field.asked
      const entries = field.nested.length > 0 && Array.isArray(answers[name]) ? (answers[name] as Json[]) : []
      const within = entries.flatMap((panel, index) => {
        const inner = field.nested.filter((each) => each.shown(answers, { panel }))
        return inner.map((each) => shownOf(each, answers, `${name}[${index}].${each.asked.name}`, panel))
      })
      return [shownOf(field, answers, name), ...within]
    })
  }
}

function shownOf(field: Field, answers: Json, name: string, panel?: Json): Shown {
  const row = panel ? { panel } : undefined
  const offered = field.offered?.(answers, row)
  return { name, required: field.required(answers, row), ...(offered && { offered }) }
}

function toolsFor(definition: Json, asked: Asked[], compiler: ConditionCompiler, refusals: Detail[]): FieldTools {
  const types = new Map(asked.map(({ name, type }) => [name, type]))
  const broken: Condition = () => false
  return {
    limits: textLimits(definition),
    condition: (expression, at, scope) => {
      try {
        const condition = compiler(expression)
        const stray = (condition.variables ?? []).find((variable) => !readable(variable, types, scope))
        if (stray === undefined) return condition
        refusals.push(
          refusal(at, 'condition', `显示或必答条件用到了“${stray}”，它不是能用于条件的题目，请改正：${expression}`),
        )
      } catch (error) {
        const reason = error instanceof Error ? error.message : '无法读懂'
        refusals.push(refusal(at, 'condition', `显示或必答条件有误（${reason}），请改正：${expression}`))
      }
      return broken
    },
  }
}

/** Rankings are left out: SurveyJS compares them in order and everything else in any order. */
function readable(
  variable: string,
  types: Map<string, string>,
  scope: { item?: boolean; panel?: Set<string> },
): boolean {
  const [first = '', second = ''] = variable.split('.').map((part) => part.replace(/\[-?\d+\]$/, ''))
  if (scope.item && (variable === 'item' || variable === 'choice')) return true
  if (first === 'panel') return scope.panel?.has(second) ?? false
  const type = types.get(first.replace(/-Comment$/, ''))
  return type !== undefined && type !== 'ranking' && type !== 'html'
}

function infoOf(asked: Asked): QuestionInfo {
  const { name, title, type, json } = asked
  const plain = (items: { value: unknown; text: string }[]) =>
    items.map(({ value, text }) => ({ value: String(value), text }))
  const columns = type === 'matrix' ? itemsOf(json.columns) : type === 'boolean' ? booleanInfo(json) : choicesOf(asked)
  const mark = demandOf(asked)
  const rows = type === 'matrix' ? plain(itemsOf(json.rows)) : []
  return { name, title, type, choices: plain(columns), rows, role: mark?.role, service: mark?.service }
}

function booleanInfo(json: Json) {
  const [yes, no] = booleansOf(json)
  const words = (label: unknown, otherwise: string) => (typeof label === 'string' && label !== '' ? label : otherwise)
  return [
    { value: yes?.value, text: words(json.labelTrue, '是') },
    { value: no?.value, text: words(json.labelFalse, '否') },
  ]
}
