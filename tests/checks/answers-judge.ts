import { type Question, SurveyModel } from 'survey-core'
import { shippedNotice } from '../../shared/surveys/notice.ts'

type Values = Record<string, unknown>

/** What survey-core shows at a question of the shipped questionnaire. */
interface Shown {
  visibleChoices?: { value: unknown }[]
  visibleRows?: { name: unknown }[]
  columns?: { value: unknown }[]
  maxSelectedChoices?: number
  maxLength?: number
}

export interface Circumstances {
  communities: string[]
  staff: boolean
}

/**
 * Says why a submission of the shipped questionnaire should not have been taken in, or nothing. Knows the rules from
 * survey-core's own model and from the description of the call, not from the server's code.
 */
export function objection(text: string, definition: object, { communities, staff }: Circumstances): string | undefined {
  const submission = parsed(text)
  if (!submission) return 'no JSON object'
  return aboutText(submission) ?? aboutEnvelope(submission, communities, staff) ?? aboutAnswers(submission, definition)
}

/** A byte order mark in front is allowed to be passed over (RFC 8259, 8.1). */
function parsed(text: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined
  } catch {
    return undefined
  }
}

/** Neither NUL nor half a character anywhere, in keys as in values. */
function aboutText(value: unknown): string | undefined {
  if (typeof value === 'string' && /\0|\p{Surrogate}/u.test(value)) return 'text that cannot be stored'
  if (typeof value !== 'object' || value === null) return undefined
  for (const each of [...Object.keys(value), ...Object.values(value)]) {
    const wrong = aboutText(each)
    if (wrong) return wrong
  }
  return undefined
}

const required = [
  'id',
  'community',
  'version',
  'channel',
  'proxy',
  'startedAt',
  'submittedAt',
  'consentVersion',
  'answers',
]
const optional = ['slip', 'device']

function aboutEnvelope(one: Values, communities: string[], staff: boolean): string | undefined {
  const keys = Object.keys(one)
  const stray = keys.find((key) => ![...required, ...optional].includes(key))
  const missing = required.find((key) => !keys.includes(key))
  if (stray !== undefined || missing !== undefined) return `key ${stray ?? missing}`
  const matches = (key: string, pattern: RegExp) => typeof one[key] === 'string' && pattern.test(one[key])
  if (!matches('id', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)) return 'id'
  if (!communities.includes(one.community as string)) return 'community'
  if (one.version !== 1) return 'version'
  const channels = staff ? ['online', 'visit', 'paper', 'meeting'] : ['online']
  if (!channels.includes(one.channel as string)) return 'channel'
  if (typeof one.proxy !== 'boolean') return 'proxy'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
  if (!matches('consentVersion', /^[^\u0000-\u001f\u007f]{1,40}$/u)) return 'consentVersion'
  if (one.channel === 'online' && one.consentVersion !== shippedNotice.version) return 'another notice'
  if ('slip' in one && !matches('slip', /^[A-Za-z0-9-]{1,40}$/)) return 'slip'
  if ('device' in one && !matches('device', /^[A-Za-z0-9_-]{1,128}$/)) return 'device'
  return aboutTimes(one)
}

const instant = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i
const DAY_MS = 86_400_000

function aboutTimes({ startedAt, submittedAt }: Values): string | undefined {
  const times = [startedAt, submittedAt].map((text) => {
    const [, day] = (typeof text === 'string' && instant.exec(text)) || []
    if (!day || new Date(day).toISOString().slice(0, 10) !== day) return Number.NaN
    return Date.parse(text as string)
  }) as [number, number]
  const [started, submitted] = times
  const sound = started >= Date.UTC(2020, 0, 1) && started <= submitted && submitted <= Date.now() + 2 * DAY_MS
  return sound ? undefined : 'times'
}

function aboutAnswers({ answers }: Values, definition: object): string | undefined {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return 'answers'
  const given = answers as Values
  const model = new SurveyModel(definition)
  model.data = given
  const questions = model.getAllQuestions()
  const stray = Object.keys(given).find((name) => !questions.some((question) => question.name === name))
  if (stray !== undefined) return `no such question: ${stray}`
  for (const question of questions) {
    const wrong = aboutAnswer(question, given[question.name])
    if (wrong) return `${question.name}: ${wrong}`
  }
  return undefined
}

function aboutAnswer(question: Question, value: unknown): string | undefined {
  if (value === undefined) return question.isVisible && question.isRequired ? 'required' : undefined
  if (!question.isVisible) return 'hidden'
  const {
    visibleChoices = [],
    visibleRows = [],
    columns = [],
    maxSelectedChoices,
    maxLength,
  } = question as unknown as Shown
  const offered = new Set(visibleChoices.map((choice) => choice.value))
  switch (question.getType()) {
    case 'radiogroup':
      return offered.has(value) ? undefined : 'choice'
    case 'checkbox':
      return aboutTicks(value, offered, maxSelectedChoices || Number.POSITIVE_INFINITY)
    case 'comment':
      return typeof value === 'string' && [...value].length <= (maxLength ?? 0) ? undefined : 'text'
    case 'matrix':
      return aboutGrid(
        value,
        visibleRows.map(({ name }) => String(name)),
        new Set(columns.map((column) => column.value)),
      )
    default:
      return 'not to be answered'
  }
}

function aboutTicks(value: unknown, offered: Set<unknown>, most: number): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return 'no list'
  if (new Set(value).size !== value.length) return 'ticked twice'
  if (!value.every((each) => offered.has(each))) return 'choice'
  if (value.length > most) return 'too many'
  return value.includes('none') && value.length > 1 ? 'none and something' : undefined
}

function aboutGrid(value: unknown, rows: string[], columns: Set<unknown>): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no table'
  const given = Object.entries(value)
  if (!given.every(([row, column]) => rows.includes(row) && columns.has(column))) return 'row or column'
  return given.length === rows.length ? undefined : 'a row without an answer'
}
