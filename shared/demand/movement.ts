import type { TallyRow } from '../surveys/tally.ts'
import { groupIndex, type IndicatorKind, indicatorIndex, pairIndex, type TallyPlan } from '../surveys/tally-plan.ts'
import { type Bases, WHOLE } from './bases.ts'
import { inGroups } from './gap.ts'

/** The counts that the figures of some people are made of, as far as this tally holds them; how many they are comes first. */
export type Counted = (row: TallyRow) => number[]

/** Everybody who answered, whether or not they take part in the shares. */
export const ANSWERS = 'answers'
export const answersBy = {
  reason: (cell: number) => `${ANSWERS} outside ${cell}`,
  channel: (channel: string) => `${ANSWERS} ${channel}`,
  proxy: (proxy: boolean) => `${ANSWERS} ${proxy ? 'proxy' : 'own'}`,
}

/** How to count the people of a figure, by the code that it has among the bases. */
export function counting(plan: TallyPlan, rests: Bases['rests']): (code: string) => Counted {
  const of = (code: string): Counted => {
    const rest = rests.get(code)
    if (rest) return difference(of(rest.outer), of(rest.inner))
    if (code.startsWith(`${ANSWERS} `) || code === ANSWERS) return answering(code)
    return plan.groups.includes(code) ? inCircumstance(plan, code) : inCells(plan, code)
  }
  return of
}

const cellsIn = new WeakMap<TallyPlan, Map<string, Set<number>>>()

function inCells(plan: TallyPlan, code: string): Counted {
  const known = cellsIn.get(plan) ?? new Map<string, Set<number>>()
  cellsIn.set(plan, known)
  const own = known.get(code) ?? cellsOfGroups(plan, code === WHOLE ? ['all'] : code.split('|'))
  known.set(code, own)
  const length = 1 + 3 * plan.services.length
  return ({ cell, n, counts }) => (own.has(cell) ? [n, ...counts.slice(0, length)] : [])
}

function cellsOfGroups(plan: TallyPlan, groups: string[]): Set<number> {
  const all = Array.from({ length: plan.cells }, (_, cell) => ({ cell, n: 0, counts: [] }))
  const { cells } = inGroups(plan, { cells: all, weights: all.map(() => 1) }, groups)
  return new Set(cells.map(({ cell }) => cell))
}

function answering(code: string): Counted {
  return ({ cell, channel, proxy, n }) => {
    const codes = [ANSWERS, answersBy.reason(cell), answersBy.channel(channel), answersBy.proxy(proxy)]
    return codes.includes(code) ? [n] : []
  }
}

function inCircumstance(plan: TallyPlan, code: string): Counted {
  const of = groupIndex(plan, code)
  const kinds: IndicatorKind[] = ['need', 'unmet', 'top']
  const pairs = kinds.flatMap((kind) =>
    plan.services.map((service) => pairIndex(plan, indicatorIndex(plan, kind, service), of)),
  )
  return ({ cell, counts }) => (cell < 0 ? [] : [of, of, ...pairs].map((at) => counts[at] ?? 0))
}

function difference(outer: Counted, inner: Counted): Counted {
  return (row) => {
    const less = inner(row)
    return outer(row).map((count, at) => count - (less[at] ?? 0))
  }
}

/** What is counted of them, tally by tally. */
export function byTally(of: Counted, rows: TallyRow[]): Map<string, number[]> {
  const kept = rows.filter(({ review }) => review === 'kept')
  return new Map(kept.map((row) => [`${row.cell} ${row.channel} ${row.proxy}`, of(row)]))
}

/** How many they are of whom this is counted. */
export function size(counts: Map<string, number[]>): number {
  return [...counts.values()].reduce((sum, [n = 0]) => sum + n, 0)
}

/** How many answers at least have come or gone of those that take part in the shares. */
export function movement(plan: TallyPlan, before: TallyRow[], now: TallyRow[]): number {
  const whole = counting(plan, new Map())(WHOLE)
  return changeBetween(byTally(whole, before), byTally(whole, now))
}

/** How many answers at least have come or gone where this was counted and that is: each moves a count of a tally by at most one. */
export function changeBetween(was: Map<string, number[]>, is: Map<string, number[]>): number {
  return [...new Set([...was.keys(), ...is.keys()])].reduce((sum, tally) => {
    return sum + largestChange(was.get(tally) ?? [], is.get(tally) ?? [])
  }, 0)
}

function largestChange(was: number[], is: number[]): number {
  const longest = was.length > is.length ? was : is
  return longest.reduce((largest, _, at) => Math.max(largest, Math.abs((is[at] ?? 0) - (was[at] ?? 0))), 0)
}
