import type { Weighting } from './definition.ts'
import type { Title } from './titles.ts'

/** Where a weighting variable's level is read: a choice question, or one choice of a check box (yes or no). */
export interface Stratum {
  question: string
  variable: string
  /** For a check box: the choice whose tick means yes. */
  choice?: string
  /** Choices that put a response outside the weighting. */
  outside: string[]
}

/** What is counted for one version of a questionnaire, and where each figure stands in the array of counts. Plain data. */
export interface TallyPlan {
  /** Choices of the need question, without 都不需要 and 其他, in the order of the definition. */
  services: string[]
  /** Choices of the question on circumstances, likewise. */
  groups: string[]
  variables: { name: string; levels: string[] }[]
  /** The definition's words for the variables, and for the questions that decide who is weighted. Briefs frozen earlier have none. */
  titles?: Record<string, Title>
  /** How many cells the full cross of the variables has. */
  cells: number
  /** Why a response stands outside the cells, as `variable:level` or `variable:missing`; such a response has cell −(index + 1). */
  outside: string[]
  /** Every other closed question by choice; matrices by row and choice. */
  choices: { question: string; row?: string; value: string }[]
  /** Closed questions, for counting who answered them at all. */
  answered: string[]
  /** 3 · services + groups. */
  indicators: number
  /** How many counts there are. */
  length: number
  weighting: Weighting
  strata: Stratum[]
  need?: string
  met: { service: string; question: string; row?: string }[]
  top?: string
  group?: string
}

/** Position of the number of responses that answered the need question. */
export const BASE = 0

const kinds = ['need', 'unmet', 'top'] as const
export type IndicatorKind = (typeof kinds)[number]

/** Number of the indicator among all indicators, 0-based, or −1; its count stands at `1 + number`. */
export function indicatorNumber(plan: TallyPlan, kind: IndicatorKind, service: string): number {
  const place = plan.services.indexOf(service)
  return place < 0 ? -1 : kinds.indexOf(kind) * plan.services.length + place
}

/** Position of need, unmet or top of a service in the counts. @throws {RangeError} for a service that is not asked about */
export function indicatorIndex(plan: TallyPlan, kind: IndicatorKind, service: string): number {
  return known(1 + indicatorNumber(plan, kind, service), 1, service)
}

/** Position of a group of respondents (such as 独居) in the counts. @throws {RangeError} for a group that is not asked about */
export function groupIndex(plan: TallyPlan, group: string): number {
  const place = plan.groups.indexOf(group)
  return known(place < 0 ? -1 : 1 + 3 * plan.services.length + place, 1, group)
}

/** Position of the count of responses that hit both indicators; `i` and `j` are positions of indicators. @throws {RangeError} when one is none, or both are the same */
export function pairIndex(plan: TallyPlan, i: number, j: number): number {
  const [low, high] = i < j ? [i - 1, j - 1] : [j - 1, i - 1]
  if (!(low >= 0 && high < plan.indicators && low < high)) throw new RangeError(`no pair of indicators ${i}, ${j}`)
  return pairPlace(plan.indicators, low, high)
}

/** Upper triangle, row by row, after the base and the indicators. */
function pairPlace(indicators: number, low: number, high: number): number {
  return 1 + indicators + low * indicators - (low * (low + 1)) / 2 + (high - low - 1)
}

/** Positions by value, as tallies name it. */
export type Places = Map<string, number>

/** Stands for the row of a question that has none. */
export const NO_ROW = ''

/** Positions of choices by question, row and value. */
type ChoicePlaces = Map<string, Map<string, Places>>

const placesOfPlans = new WeakMap<TallyPlan, ChoicePlaces>()

export function choicePlaces(plan: TallyPlan): ChoicePlaces {
  const known = placesOfPlans.get(plan)
  if (known) return known
  const start = choicesStart(plan)
  const questions: ChoicePlaces = new Map()
  plan.choices.forEach(({ question, row = NO_ROW, value }, place) => {
    const rows = questions.get(question) ?? new Map<string, Places>()
    const values = rows.get(row) ?? new Map<string, number>()
    questions.set(question, rows.set(row, values.set(value, start + place)))
  })
  placesOfPlans.set(plan, questions)
  return questions
}

/** Position of a choice of a closed question. @throws {RangeError} for a choice that is not counted */
export function choiceIndex(plan: TallyPlan, question: string, value: string, row?: string): number {
  return known(
    choicePlaces(plan)
      .get(question)
      ?.get(row ?? NO_ROW)
      ?.get(value) ?? -1,
    0,
    `${question} ${row ?? ''} ${value}`,
  )
}

/** Position of the number of responses that answered a closed question. @throws {RangeError} for a question that is not counted */
export function answeredIndex(plan: TallyPlan, question: string): number {
  const place = plan.answered.indexOf(question)
  return known(place < 0 ? -1 : choicesStart(plan) + plan.choices.length + place, 0, question)
}

function known(index: number, least: number, what: string): number {
  if (index < least) throw new RangeError(`not counted: ${what}`)
  return index
}

export function choicesStart(plan: Pick<TallyPlan, 'indicators'>): number {
  return 1 + plan.indicators + (plan.indicators * (plan.indicators - 1)) / 2
}

/** The level of each variable in a cell; empty for a cell outside the weighting. */
export function cellLevels(plan: TallyPlan, cell: number): Record<string, string> {
  if (cell < 0 || cell >= plan.cells) return {}
  const levels: [string, string][] = []
  let rest = cell
  for (const { name, levels: of } of plan.variables.toReversed()) {
    levels.unshift([name, of[rest % of.length] ?? ''])
    rest = Math.floor(rest / of.length)
  }
  return Object.fromEntries(levels)
}

/** The cell of a full set of levels: mixed radix, the last variable changing fastest. @throws {RangeError} for an unknown level */
export function cellOf(plan: TallyPlan, levels: Record<string, string>): number {
  return plan.variables.reduce((cell, { name, levels: of }) => {
    return cell * of.length + known(of.indexOf(levels[name] ?? ''), 0, `${name} ${levels[name]}`)
  }, 0)
}

/** Calls `hit` with the position of every pair among the indicators that are hit. Their positions come in ascending order. */
export function eachPair(indicators: number, hits: readonly number[], hit: (at: number) => void): void {
  const isIndicator = (at: number) => at >= 1 && at <= indicators
  hits.forEach((one, place) => {
    if (!isIndicator(one)) return
    for (let next = place + 1; isIndicator(hits[next] ?? 0); next += 1) {
      hit(pairPlace(indicators, one - 1, (hits[next] as number) - 1))
    }
  })
}

/** Adds one response to the counts at these positions, or takes it away with sign −1. */
export function addHits(counts: number[], hits: readonly number[], sign: 1 | -1 = 1): void {
  for (const hit of hits) counts[hit] = (counts[hit] ?? 0) + sign
}
