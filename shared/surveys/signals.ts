import { BASE, choicePlaces, choicesStart, NO_ROW, type Places, type TallyPlan } from './tally-plan.ts'

/** What one admitted response adds: its cell, and the positions that each grow by one; pairs of indicators follow from them. */
export interface Signals {
  cell: number
  hits: number[]
}

/** What one admitted response adds to the tallies. The answers must have been admitted by the same version. */
export function signals(plan: TallyPlan, answers: Record<string, unknown>): Signals {
  const ready = lookup(plan)
  const hits: number[] = []
  if (plan.need !== undefined && answers[plan.need] !== undefined) hits.push(BASE)
  indicatorsHit(plan, ready, answers, hits)
  choicesHit(ready, answers, hits)
  return { cell: cellOfAnswers(ready, answers), hits }
}

/** The plan by the questions that are asked, so that an answer is read once and nothing is searched for. */
interface Lookup {
  services: Places
  groups: Places
  closed: { question: string; answered: number; matrix: boolean; rows: Map<string, Places> | undefined }[]
  strata: StratumLookup[]
}

interface StratumLookup {
  question: string
  choice: string | undefined
  /** The cell of a response without an answer here. */
  missing: number
  /** The cells of responses outside the weighting, by choice. */
  outside: Places
  /** Undefined where the stratum only says who is weighted. */
  levels: Places | undefined
}

const lookups = new WeakMap<TallyPlan, Lookup>()

function lookup(plan: TallyPlan): Lookup {
  const known = lookups.get(plan)
  if (known) return known
  const choices = choicePlaces(plan)
  const matrices = new Set(plan.choices.filter(({ row }) => row !== undefined).map(({ question }) => question))
  const first = choicesStart(plan) + plan.choices.length
  const made: Lookup = {
    services: placesOf(plan.services),
    groups: placesOf(plan.groups),
    closed: plan.answered.map((question, place) => ({
      question,
      answered: first + place,
      matrix: matrices.has(question),
      rows: choices.get(question),
    })),
    strata: strataOf(plan),
  }
  lookups.set(plan, made)
  return made
}

const placesOf = (list: string[]): Places => new Map(list.map((value, place) => [value, place]))

function strataOf(plan: TallyPlan): StratumLookup[] {
  let place = 0
  return plan.strata.map(({ question, variable, choice, outside }) => {
    const name = choice === undefined ? variable : question
    const cell = (reason: string) => -plan.outside.indexOf(`${name}:${reason}`) - 1
    const weighted = plan.variables[place]?.name === variable ? plan.variables[place] : undefined
    if (weighted) place += 1
    return {
      question,
      choice,
      missing: cell('missing'),
      outside: new Map(outside.map((value) => [value, cell(value)])),
      levels: weighted && placesOf(weighted.levels),
    }
  })
}

/** A value as tallies name it. */
const named = (value: unknown): string => (typeof value === 'string' ? value : String(value))

/** Positions of the indicators that a response hits, ascending. */
function indicatorsHit(plan: TallyPlan, { services, groups }: Lookup, answers: Values, hits: number[]): void {
  const count = plan.services.length
  const first = hits.length
  const needed = picksHit(answers, plan.need, services, 1, hits)
  if (needed > 0) unmetHit(plan, services, answers, hits)
  picksHit(answers, plan.top, services, 1 + 2 * count, hits)
  picksHit(answers, plan.group, groups, 1 + 3 * count, hits)
  sortFrom(hits, first)
}

type Values = Record<string, unknown>

/** Returns how many of the choices are counted. */
function picksHit(answers: Values, question: string | undefined, places: Places, from: number, hits: number[]): number {
  const answer = question === undefined ? undefined : answers[question]
  if (answer === undefined) return 0
  const before = hits.length
  if (Array.isArray(answer)) for (const value of answer) hitAt(places, value, from, hits)
  else hitAt(places, answer, from, hits)
  return hits.length - before
}

function hitAt(places: Places | undefined, value: unknown, from: number, hits: number[]): void {
  const place = places?.get(named(value))
  if (place !== undefined) hits.push(from + place)
}

/** Of the services that are needed, those that are met by half or less. */
function unmetHit(plan: TallyPlan, services: Places, answers: Values, hits: number[]): void {
  const needed = hits.length
  for (const { service, question, row } of plan.met) {
    const answer = answers[question]
    const place = services.get(service) as number
    const at = answer === undefined ? -1 : hits.indexOf(1 + place)
    if (at < 0 || at >= needed) continue
    const percent = Number(row === undefined ? answer : ((answer as Values)[row] ?? Number.NaN))
    if (percent <= 50) hits.push(1 + plan.services.length + place)
  }
}

/** Sorts what stands from there on. By insertion: there are a dozen, nearly in order. */
function sortFrom(hits: number[], first: number): void {
  for (let at = first + 1; at < hits.length; at += 1) {
    const hit = hits[at] as number
    let place = at
    for (; place > first && (hits[place - 1] as number) > hit; place -= 1) hits[place] = hits[place - 1] as number
    hits[place] = hit
  }
}

function choicesHit({ closed }: Lookup, answers: Values, hits: number[]): void {
  for (const { question, answered, matrix, rows } of closed) {
    const answer = answers[question]
    if (answer === undefined) continue
    hits.push(answered)
    if (matrix) for (const row of Object.keys(answer as Values)) hitAt(rows?.get(row), (answer as Values)[row], 0, hits)
    else if (Array.isArray(answer)) for (const value of answer) hitAt(rows?.get(NO_ROW), value, 0, hits)
    else hitAt(rows?.get(NO_ROW), answer, 0, hits)
  }
}

function cellOfAnswers({ strata }: Lookup, answers: Values): number {
  let cell = 0
  for (const { question, choice, missing, outside, levels } of strata) {
    const answer = answers[question]
    const given: unknown[] = Array.isArray(answer) ? answer : answer === undefined ? [] : [answer]
    if (given.length === 0) return missing
    for (const value of given) {
      const away = outside.get(named(value))
      if (away !== undefined) return away
    }
    if (!levels) continue
    const ticked = choice !== undefined && given.some((value) => named(value) === choice)
    const level = choice === undefined ? named(given[0]) : ticked ? 'yes' : 'no'
    cell = cell * levels.size + (levels.get(level) as number)
  }
  return cell
}
