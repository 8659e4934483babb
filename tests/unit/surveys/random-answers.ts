import type { CompiledSurvey } from '../../../shared/surveys/compile.ts'
import { type Asked, choicesOf, itemsOf, type Json, walk } from '../../../shared/surveys/definition.ts'
import { booleansOf, countsOf } from '../../../shared/surveys/shapes.ts'

export type Random = () => number

/** Mulberry32: a small seeded generator, so that a failing test fails again. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function pick<Value>(list: readonly Value[], random: Random): Value {
  return list[Math.floor(random() * list.length)] as Value
}

function shuffled<Value>(list: readonly Value[], random: Random): Value[] {
  const drawn = list.map((value) => [random(), value] as const)
  return drawn.sort(([a], [b]) => a - b).map(([, value]) => value)
}

/** Answers as a diligent respondent gives them: every question shown, within its limits. */
export function respond(survey: CompiledSurvey, definition: Json, random: Random, leaveOut = 0.1): Json {
  const answers: Json = {}
  for (const asked of walk(definition).asked) {
    const here = survey.shown(answers).find(({ name }) => name === asked.name)
    if (!here || asked.type === 'html') continue
    if (!here.required && !insists(asked) && random() < leaveOut) continue
    put(answers, asked, here.offered, random)
  }
  return answers
}

/** Not marked as required, and yet not to be passed over. */
function insists(asked: Asked): boolean {
  return asked.json.eachRowRequired === true || countsOf(asked).least > 0 || Number(asked.json.minPanelCount) > 0
}

/** Values of the right type at random questions, whether or not they are shown. */
export function scatter(definition: Json, random: Random, share = 0.6): Json {
  const answers: Json = {}
  for (const asked of walk(definition).asked) {
    if (asked.type !== 'html' && random() < share) put(answers, asked, undefined, random)
  }
  return answers
}

/** A new value for one question drawn at random, with its comment where it needs one; undefined takes the answer back. */
export function redraw(definition: Json, random: Random, share = 0.6): { name: string; value: unknown; words: string } {
  const asked = pick(
    walk(definition).asked.filter(({ type }) => type !== 'html'),
    random,
  )
  const answers: Json = {}
  if (random() < share) put(answers, asked, undefined, random)
  const { name } = asked
  return { name, value: answers[name], words: String(answers[`${name}-Comment`] ?? '') }
}

function put(answers: Json, asked: Asked, offered: (string | number)[] | undefined, random: Random) {
  const value = valueFor(asked, offered, random)
  if (value === undefined) return
  answers[asked.name] = value
  if (value === 'other' || (Array.isArray(value) && value.includes('other'))) answers[`${asked.name}-Comment`] = '别的'
}

function valueFor(asked: Asked, offered: (string | number)[] | undefined, random: Random): unknown {
  const { json, type } = asked
  const items = choicesOf(asked).filter(({ value }) => !offered || offered.includes(value))
  if (['radiogroup', 'dropdown', 'rating'].includes(type)) return items.length ? pick(items, random).value : undefined
  if (type === 'boolean') return pick(booleansOf(json), random).value
  if (type === 'ranking')
    return items.length
      ? shuffled(
          items.map(({ value }) => value),
          random,
        )
      : undefined
  if (type === 'checkbox' || type === 'tagbox') return ticks(asked, items, random)
  if (type === 'matrix') return grid(json, offered, random)
  if (type === 'paneldynamic') return entries(asked, random)
  if (json.inputType === 'number') return numberFor(json, random)
  if (json.inputType === 'date') return pick(['1950-02-28', '1999-12-31', '2020-02-29'], random)
  if (json.inputType === 'email') return 'someone@example.org'
  return pick(['好', '希望多一些座椅', '停车难 🚗', 'no'], random)
}

function ticks(asked: Asked, items: ReturnType<typeof choicesOf>, random: Random): unknown {
  const alone = items.filter(({ exclusive }) => exclusive)
  if (alone.length > 0 && (random() < 0.15 || alone.length === items.length)) return [pick(alone, random).value]
  const free = items.filter(({ exclusive }) => !exclusive)
  const { least, most } = countsOf(asked)
  const from = Math.max(1, least)
  const to = Math.min(most, free.length)
  if (to < from) return undefined
  const count = from + Math.floor(random() * (to - from + 1))
  return shuffled(free, random)
    .slice(0, count)
    .map(({ value }) => value)
}

function grid(json: Json, offered: (string | number)[] | undefined, random: Random): Json | undefined {
  const rows = itemsOf(json.rows).filter(({ value }) => !offered || offered.includes(value))
  const columns = itemsOf(json.columns)
  const every = json.eachRowRequired === true || offered !== undefined
  const given = rows.filter(() => every || random() < 0.7).map(({ value }) => [value, pick(columns, random).value])
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

function numberFor(json: Json, random: Random): number {
  const from = typeof json.min === 'number' ? json.min : 0
  const to = typeof json.max === 'number' ? json.max : 100
  return Math.floor(from + random() * (to - from + 1))
}

function entries(asked: Asked, random: Random): Json[] {
  const count = 1 + Math.floor(random() * 3)
  return Array.from({ length: count }, () => {
    const entry: Json = {}
    for (const inner of asked.nested) if (random() < 0.8) put(entry, inner, undefined, random)
    return entry
  })
}
