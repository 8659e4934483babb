import type { Slot } from './hours.ts'
import { slotsFor } from './hours.ts'
import { expectedUnmet, isCovered, needed, type ServiceInput } from './inputs.ts'
import { choices, level, ranked } from './order.ts'
import type { Candidate, Problem } from './problem.ts'
import { assumptions, isForElders } from './rules.ts'

/** Functions that share a place or a part of it in turns; one member has it all day. */
interface Part {
  members: number[]
  lo: number
  want: number
}

export interface Placed {
  candidate: number
  place: number
  areaM2: number
  slot: Slot | 'all'
  serves: number
}

/** What was placed, and the unmet need of each service before and after, in people or households. Null where there are no data. */
export interface Allocation {
  placed: Placed[]
  before: Map<string, number | null>
  after: Map<string, number>
}

/** A function that a resolution requires, on one site where it says so. */
export interface Required {
  function: string
  site?: string
  /** By what, as it stands in the reason, e.g. 11月20日需求座谈会的决议. */
  by?: string
}

interface State {
  problem: Problem
  parts: Part[][]
  at: Map<number, number>
  /** Functions that have to stay on one site. */
  bound: Map<number, string>
  left: Map<string, number>
  /** Held free in rooms that are shared by the hour. */
  kept: Slot | null
}

/** 'first' may divide rooms and move others to make room; 'more' takes only what is left where preferences are met, and no room that it would half fill at most; 'rest' takes any that is left. */
type Mode = 'first' | 'more' | 'rest'

/** Whether at least half of the smallest sensible size would be used. */
export function worthwhile(candidate: Candidate, unmet: number): boolean {
  return unmet > 0 && unmet >= assumptions.leastUse * candidate.lo * candidate.perM2
}

function wanted({ lo, hi, perM2 }: Candidate, unmet: number): number {
  return Math.min(hi, Math.max(lo, unmet / perM2))
}

function clashes({ problem, at }: State, f: number, place: number, ignoring = -1): boolean {
  return problem.excluded[f]!.some((other) => {
    const there = other === ignoring ? undefined : at.get(other)
    return there !== undefined && problem.beside[place]![there]!
  })
}

const mayTake = ({ problem, bound }: State, f: number, place: number): boolean =>
  !bound.has(f) || problem.places[place]!.site.code === bound.get(f)

/** Places that a function may take at a cost, the best fitting first: the smallest that gives all it wants, or else the largest. */
function options(state: State, f: number, cost: 0 | 1, want: number): number[] {
  const { places, candidates, byCost, excluded } = state.problem
  const ascending = byCost[f]![cost].filter((p) => mayTake(state, f, p))
  const enough = ascending.findIndex((p) => places[p]!.areaM2 >= want)
  const split = enough < 0 ? ascending.length : enough
  const fitting = [...ascending.slice(split), ...ascending.slice(0, split).reverse()]
  const apart = excluded[f]!.length > 0 ? fitting.filter((p) => !clashes(state, f, p)) : fitting
  if (candidates[f]!.spec.outdoor !== 'preferred') return apart
  const open = (p: number) => places[p]!.site.outdoorM2 > 0
  return [...apart.filter(open), ...apart.filter((p) => !open(p))]
}

function put(state: State, f: number, place: number, want: number): true {
  state.parts[place]!.push({ members: [f], lo: state.problem.candidates[f]!.lo, want })
  state.at.set(f, place)
  return true
}

const isFree = (state: State, place: number) => state.parts[place]!.length === 0

/** Joins a part whose members are all used by the hour, when the hours go together and the room is large enough. */
function share(state: State, f: number, place: number, want: number): boolean {
  const { candidates, places } = state.problem
  if (!candidates[f]!.shared) return false
  const held = state.parts[place]!
  const lows = held.reduce((sum, part) => sum + part.lo, 0)
  const part = held.find(
    ({ members, lo }) =>
      members.every((member) => candidates[member]!.shared) &&
      lows - lo + Math.max(lo, candidates[f]!.lo) <= places[place]!.areaM2 &&
      slotsFor(
        [...members, f].map((member) => candidates[member]!),
        state.kept,
      ) !== undefined,
  )
  if (!part) return false
  part.members.push(f)
  part.lo = Math.max(part.lo, candidates[f]!.lo)
  part.want = Math.max(part.want, want)
  state.at.set(f, place)
  return true
}

/** Gives the place to the function when the one that holds it can move to a free place that suits it as well. */
function exchange(state: State, f: number, place: number, want: number): boolean {
  const { cost, places } = state.problem
  const [only, ...more] = state.parts[place]!
  if (!only || more.length > 0 || only.members.length > 1) return false
  const holder = only.members[0]!
  const free = options(state, holder, 0, only.want)
    .concat(cost[holder]![place] === 1 ? options(state, holder, 1, only.want) : [])
    .find((p) => p !== place && isFree(state, p) && places[p]!.areaM2 >= only.lo)
  if (free === undefined) return false
  const apart = !state.problem.excluded[f]!.includes(holder) || !state.problem.beside[place]![free]
  if (!apart || clashes(state, f, place, holder)) return false
  state.parts[place] = []
  put(state, holder, free, only.want)
  return put(state, f, place, want)
}

/** Takes a part of a divided place; `keep` says what the others keep: their smallest size, or all they want. */
function divide(state: State, f: number, place: number, want: number, keep: 'lo' | 'want'): boolean {
  const { areaM2, parts, room } = state.problem.places[place]!
  const held = state.parts[place]!
  const kept = held.reduce((sum, part) => sum + part[keep], 0)
  if (room && areaM2 < assumptions.dividedFromM2) return false
  if (held.length >= parts || kept + state.problem.candidates[f]!.lo > areaM2) return false
  return put(state, f, place, want)
}

function tryPlace(state: State, f: number, cost: 0 | 1, mode: Mode, want: number): boolean {
  const at = options(state, f, cost, want)
  const least = mode === 'more' ? assumptions.leastUse : 0
  const free = at.find((place) => isFree(state, place) && want >= least * state.problem.places[place]!.areaM2)
  if (free !== undefined) return put(state, f, free, want)
  if (at.some((place) => share(state, f, place, want))) return true
  if (mode !== 'first') return at.some((place) => divide(state, f, place, want, 'want'))
  const held = state.problem.byCost[f]![cost].filter((p) => mayTake(state, f, p))
  return (
    held.some((place) => exchange(state, f, place, want)) || at.some((place) => divide(state, f, place, want, 'lo'))
  )
}

/** One more function for a service. Tries every function where its preference is met before any where it is not. */
function placeOne(state: State, input: ServiceInput, order: number[], mode: Mode): boolean {
  for (const cost of mode === 'more' ? ([0] as const) : ([0, 1] as const)) {
    for (const f of order) {
      const candidate = state.problem.candidates[f]!
      const unmet = state.left.get(input.service) ?? 0
      if (state.at.has(f) || !worthwhile(candidate, unmet)) continue
      const want = wanted(candidate, unmet)
      if (!tryPlace(state, f, cost, mode, want)) continue
      const area = Math.min(want, state.problem.places[state.at.get(f)!]!.areaM2)
      state.left.set(input.service, Math.max(0, unmet - area * candidate.perM2))
      return true
    }
  }
  return false
}

/** Functions that a resolution requires come first, whatever the demand, but never against a rule. */
function placeRequired(state: State, required: readonly Required[]) {
  for (const { function: code, site } of required) {
    const f = state.problem.candidates.findIndex(({ spec }) => spec.code === code)
    if (f < 0 || state.at.has(f)) continue
    const want = state.problem.candidates[f]!.hi
    if (site !== undefined) state.bound.set(f, site)
    if (tryPlace(state, f, 0, 'first', want) || tryPlace(state, f, 1, 'first', want)) continue
    state.bound.delete(f)
  }
}

/** Area of each part: its smallest size, and what is left in proportion to what each would still use. */
function areasOf(parts: Part[], areaM2: number, hiOf: (part: Part) => number): number[] {
  if (parts.length === 1) return [Math.min(areaM2, hiOf(parts[0]!))]
  const spare = areaM2 - parts.reduce((sum, part) => sum + part.lo, 0)
  const room = parts.reduce((sum, part) => sum + Math.max(0, part.want - part.lo), 0)
  const given = room > 0 ? Math.min(1, spare / room) : 0
  return parts.map((part) => part.lo + Math.floor(Math.max(0, part.want - part.lo) * given))
}

function settle(state: State, before: Map<string, number | null>): Allocation {
  const { candidates, places } = state.problem
  const after = new Map([...before].map(([service, unmet]) => [service, unmet ?? 0]))
  const found = new Map<number, Omit<Placed, 'serves'>>()
  state.parts.forEach((parts, place) => {
    const areas = areasOf(parts, places[place]!.areaM2, (part) =>
      Math.max(...part.members.map((f) => candidates[f]!.hi)),
    )
    parts.forEach(({ members }, index) => {
      const slots =
        members.length > 1
          ? slotsFor(
              members.map((f) => candidates[f]!),
              state.kept,
            )
          : undefined
      members.forEach((candidate, turn) => {
        found.set(candidate, { candidate, place, areaM2: areas[index]!, slot: slots?.[turn] ?? 'all' })
      })
    })
  })
  const placed = [...state.at.keys()].map((f) => {
    const { service, perM2 } = candidates[f]!
    const left = after.get(service.code) ?? 0
    const serves = Math.floor(Math.min(found.get(f)!.areaM2 * perM2, left))
    after.set(service.code, left - serves)
    return { ...found.get(f)!, serves }
  })
  return { placed, before, after }
}

/** Where elders need services and others provide them, no function of theirs is placed: the mornings of a shared room stay theirs. */
function keptFor(problem: Problem, services: ServiceInput[]): Slot | null {
  const elder = problem.catalogue.services.filter(isForElders).map((service) => service.code)
  return services.some((input) => elder.includes(input.service) && isCovered(input) && needed(input) >= 1)
    ? 'morning'
    : null
}

/**
 * Gives the rooms and outdoor areas of a community to functions: required ones, then one function for each service of high or medium priority in
 * order, then more for them, then the others, until nothing more fits or is needed. Need already served is deducted, so that sites do not repeat each other.
 */
export function allocate(problem: Problem, services: ServiceInput[], required: readonly Required[] = []): Allocation {
  const before = new Map(services.map((input) => [input.service, expectedUnmet(input)]))
  const left = new Map([...before].map(([service, unmet]) => [service, unmet ?? 0]))
  const state: State = {
    problem,
    parts: problem.places.map(() => []),
    at: new Map(),
    bound: new Map(),
    left,
    kept: keptFor(problem, services),
  }
  placeRequired(state, required)
  const order = ranked(problem, services).filter((input) => !isCovered(input))
  const chosen = order.map((input) => ({ input, functions: choices(problem, input) }))
  const round = (which: typeof chosen, mode: Mode) => {
    let placed = false
    for (const { input, functions } of which) placed = placeOne(state, input, functions, mode) || placed
    return placed
  }
  const pressing = chosen.filter(({ input }) => level(input.pir) < 2)
  round(pressing, 'first')
  round(pressing, 'more')
  round(
    chosen.filter(({ input }) => level(input.pir) === 2),
    'rest',
  )
  while (round(chosen, 'more'));
  return settle(state, before)
}
