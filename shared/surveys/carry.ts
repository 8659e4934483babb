import { compareVersions, type QuestionChange } from './compare.ts'
import type { Json } from './definition.ts'
import { type Mapping, nextOf, valuesOf } from './mapping.ts'
import type { TallyRow } from './tally.ts'
import { cellLevels, cellOf, choicesStart, pairIndex, type Stratum, type TallyPlan } from './tally-plan.ts'

/** A version as far as its tallies are concerned. */
export interface Side {
  definition: Json
  plan: TallyPlan
}

/** How tallies of an earlier version count on in a later one. Plain data. */
export interface Carrier {
  /** The earlier version. */
  version: number
  /** Old cell to new cell; then each reason to stand outside, old to new. */
  cells: number[]
  outside: number[]
  /** Old position in the counts to the new one, −1 where it is not counted on. */
  positions: number[]
  /** Nothing that weights, services or groups are named or laid out by has changed: figures of both are of one kind, part by part. */
  alike: boolean
}

export type Carrying = { ok: true; carrier: Carrier } | { ok: false; why: string[] }

/** Whether, and how, the answers to a version count on in the next one; or why they do not, question by question. */
export function carrierOf(before: Side & { version: number }, now: Side, mapping: Mapping): Carrying {
  const changes = compareVersions(before.definition, now.definition, mapping)
  const why = changes.flatMap((change) => faultOf(change))
  if (why.length > 0) return { ok: false, why }
  try {
    return { ok: true, carrier: carrierBetween(before.version, before.plan, now.plan, mapping, continuing(changes)) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { ok: false, why: ['服务、人群或加权变量在两版之间对不上'] }
  }
}

/** Questions that weights and demand rest on must stay what they are: those who were not asked the same cannot be counted in one share. */
function faultOf({ before, now, measure, role, changes }: QuestionChange): string[] {
  if (role === null || role === 'open' || measure === 'same' || measure === 'reworded') return []
  const title = (now ?? before)?.title
  if (measure === 'added') return [`新增了“${title}”，以前的答卷没有这一题`]
  if (measure === 'removed') return [`“${title}”不再沿用`]
  return [`“${title}”的口径变了：${changes.join('；')}`]
}

/** Old questions whose answers are counted in the later version, with their new names. */
function continuing(changes: QuestionChange[]): Map<string, string> {
  const kept = changes.filter(({ measure }) => measure === 'same' || measure === 'reworded')
  return new Map(kept.flatMap(({ before, now }) => (before && now ? [[before.name, now.name] as const] : [])))
}

/** @throws {RangeError} where something has no counterpart */
function carrierBetween(
  version: number,
  old: TallyPlan,
  now: TallyPlan,
  mapping: Mapping,
  names: Map<string, string>,
): Carrier {
  const value = (question: string | undefined, from: string) =>
    nextOf(valuesOf(mapping.choices, question ?? ''), from) ?? undefined
  const services = counterparts(old.services, now.services, (service) => value(old.need, service))
  const groups = counterparts(old.groups, now.groups, (group) => value(old.group, group))
  sameServices(old, now, mapping, services)
  const strata = old.strata.map((stratum) => counterpart(stratum, now, names, value))
  if (old.strata.length !== now.strata.length) throw new RangeError('strata')
  const cells = cellsBetween(old, now, strata, value)
  const outside = outsideBetween(old, now, strata, value)
  const indicators = indicatorPositions(old, now, services, groups)
  const stays = [cells, outside, indicators].every((places) => places.every((place, at) => place === at))
  const positions = [...indicators, ...choicePositions(old, now, mapping, names)]
  return { version, cells, outside, positions, alike: stays && isAlike(old, now) }
}

function counterparts(old: string[], now: string[], next: (value: string) => string | undefined): number[] {
  const places = old.map((value) => now.indexOf(next(value) ?? '\u0000'))
  if (old.length !== now.length || places.some((place) => place < 0) || new Set(places).size < places.length)
    throw new RangeError('not one to one')
  return places
}

/** A service may not be another one where people say how far it is met, or that it comes first. */
function sameServices(old: TallyPlan, now: TallyPlan, { choices, rows }: Mapping, services: number[]): void {
  const next = (service: string) => now.services[services[old.services.indexOf(service)] ?? -1]
  for (const [value, to] of Object.entries(valuesOf(choices, old.top ?? '') ?? {})) {
    if (old.services.includes(value) && next(value) !== to) throw new RangeError('top')
  }
  for (const { service, question, row } of old.met) {
    const here = now.met.find((one) => one.service === next(service))
    const sameRow = row === undefined ? here?.row === undefined : nextOf(valuesOf(rows, question), row) === here?.row
    if (!here || !sameRow) throw new RangeError('met')
  }
  if (old.met.length !== now.met.length) throw new RangeError('met')
}

type Next = (question: string | undefined, value: string) => string | undefined

function counterpart(stratum: Stratum, now: TallyPlan, names: Map<string, string>, value: Next): Stratum {
  const { question, choice } = stratum
  const to = names.get(question)
  const next = choice === undefined ? undefined : value(question, choice)
  const found = now.strata.find((one) => one.question === to && one.choice === next)
  if (!found) throw new RangeError(`no stratum for ${stratum.variable}`)
  return found
}

function cellsBetween(old: TallyPlan, now: TallyPlan, strata: Stratum[], value: Next): number[] {
  if (old.variables.length !== now.variables.length || old.cells !== now.cells) throw new RangeError('cells')
  return Array.from({ length: old.cells }, (_, cell) => {
    const levels = cellLevels(old, cell)
    const moved = old.strata.flatMap(({ question, variable, choice }, at): [string, string][] => {
      const level = levels[variable]
      if (level === undefined) return []
      const next = choice === undefined ? value(question, level) : level
      return [[(strata[at] as Stratum).variable, next ?? '']]
    })
    return cellOf(now, Object.fromEntries(moved))
  })
}

function outsideBetween(old: TallyPlan, now: TallyPlan, strata: Stratum[], value: Next): number[] {
  const nextName = new Map<string, string>()
  const named = ({ question, variable, choice }: Stratum) => (choice === undefined ? variable : question)
  old.strata.forEach((stratum, at) => {
    const next = strata[at] as Stratum
    nextName.set(`${named(stratum)}:missing`, `${named(next)}:missing`)
    for (const level of stratum.outside)
      nextName.set(`${named(stratum)}:${level}`, `${named(next)}:${value(stratum.question, level) ?? ''}`)
  })
  return old.outside.map((reason) => {
    const place = now.outside.indexOf(nextName.get(reason) ?? '\u0000')
    if (place < 0) throw new RangeError(reason)
    return place
  })
}

function indicatorPositions(old: TallyPlan, now: TallyPlan, services: number[], groups: number[]): number[] {
  if (old.indicators !== now.indicators) throw new RangeError('indicators')
  const count = services.length
  const next = [
    ...[0, 1, 2].flatMap((kind) => services.map((place) => kind * count + place)),
    ...groups.map((place) => 3 * count + place),
  ]
  const pairs = next.flatMap((one, at) => next.slice(at + 1).map((other) => pairIndex(now, 1 + one, 1 + other)))
  return [0, ...next.map((place) => 1 + place), ...pairs]
}

function choicePositions(
  old: TallyPlan,
  now: TallyPlan,
  { choices, rows }: Mapping,
  names: Map<string, string>,
): number[] {
  const key = (question: string, row: string | undefined, value: string) =>
    JSON.stringify([question, row ?? null, value])
  const start = choicesStart(now)
  const places = new Map(now.choices.map(({ question, row, value }, at) => [key(question, row, value), start + at]))
  const counted = old.choices.map(({ question, row, value }) => {
    const to = names.get(question)
    const nextValue = nextOf(valuesOf(choices, question), value)
    const nextRow = row === undefined ? undefined : nextOf(valuesOf(rows, question), row)
    if (to === undefined || nextValue == null || nextRow === null) return -1
    return places.get(key(to, nextRow, nextValue)) ?? -1
  })
  const answered = old.answered.map((question) => {
    const place = now.answered.indexOf(names.get(question) ?? '\u0000')
    return place < 0 ? -1 : start + now.choices.length + place
  })
  return [...counted, ...answered]
}

function isAlike(old: TallyPlan, now: TallyPlan): boolean {
  const face = ({ services, groups, variables, outside, strata }: TallyPlan) =>
    JSON.stringify([services, groups, variables, outside, strata.map(({ variable, choice }) => [variable, choice])])
  return face(old) === face(now)
}

/** Two steps in one: what counts on in a version counts on in the next. */
export function carriedOn(first: Carrier, second: Carrier): Carrier {
  const on = (places: number[], next: number[]) => places.map((place) => (place < 0 ? -1 : (next[place] ?? -1)))
  return {
    version: first.version,
    cells: on(first.cells, second.cells),
    outside: on(first.outside, second.outside),
    positions: on(first.positions, second.positions),
    alike: first.alike && second.alike,
  }
}

/** Tallies of an earlier version as the later one counts them. */
export function carry({ cells, outside, positions }: Carrier, rows: TallyRow[]): TallyRow[] {
  return rows.map((row) => {
    const counts: number[] = []
    row.counts.forEach((count, at) => {
      const to = positions[at] ?? -1
      if (to >= 0 && count !== 0) counts[to] = count
    })
    for (let at = 0; at < counts.length; at += 1) counts[at] ??= 0
    const cell = row.cell < 0 ? -(outside[-row.cell - 1] as number) - 1 : (cells[row.cell] as number)
    return { ...row, cell, counts }
  })
}

/** Tallies added up, one row a key. */
export function together(lists: TallyRow[][]): TallyRow[] {
  const sums = new Map<string, TallyRow>()
  for (const row of lists.flat()) {
    const key = `${row.community} ${row.cell} ${row.channel} ${row.proxy} ${row.review}`
    const sum = sums.get(key)
    sums.set(key, sum ? added(sum, row) : row)
  }
  return [...sums.values()]
}

function added(one: TallyRow, other: TallyRow): TallyRow {
  const [longer, shorter] =
    one.counts.length >= other.counts.length ? [one.counts, other.counts] : [other.counts, one.counts]
  return { ...one, n: one.n + other.n, counts: longer.map((count, at) => count + (shorter[at] ?? 0)) }
}
