import type { Profile } from '../places/api.ts'
import { rake } from '../statistics/rake.ts'
import { kish } from '../statistics/weighted.ts'
import { cellLevels, type TallyPlan } from '../surveys/tally-plan.ts'
import type { Weighting } from './api.ts'
import type { Cell } from './cells.ts'
import { residents } from './gap.ts'
import { type Fitted, fitted, sortedByAge } from './merge.ts'
import { targetsOf } from './targets.ts'

/** Below this many answers a community is not weighted. */
export const LEAST_WEIGHTED = 30

/** The weight of each person of a cell, in the order of the cells; mean 1 over the people weighed together. */
export interface Weighed {
  weights: number[]
  weighting: Weighting
}

/**
 * Weights of one community: raked to its profile (or to the definition's own targets), levels with fewer than five answers
 * merged with the neighbouring age band, at most `cap` times the mean. Below 30 answers every weight is 1.
 */
export function weigh(plan: TallyPlan, cells: Cell[], profile: Profile): Weighed {
  const n = peopleIn(cells)
  if (n < LEAST_WEIGHTED) return unweighted(cells, `答卷${n}份，不足${LEAST_WEIGHTED}份，未加权`)
  const margins = plan.weighting.margins.map((variables) => {
    const margin = { plan, variables }
    const levels = cells.map(({ cell }) => levelOf(plan, variables, cell))
    const targets = targetsOf(plan, variables, profile)
    return fitted(
      margin,
      levels,
      cells.map((each) => each.n),
      targets,
      sortedByAge(margin),
    )
  })
  const nobody = residents(profile) === 0
  return raked(plan, cells, margins, nobody ? '社区概况中的常住人口为0，未加权' : undefined)
}

/**
 * Weights of all communities together, for a survey that is raked over the whole district to margins of its own, in the
 * order of the definition. `community` may be one of the variables. Levels are taken as they are: nothing is merged.
 */
export function weighAll(plan: TallyPlan, cellsByCommunity: Map<string, Cell[]>): Map<string, Weighed> {
  const placed = [...cellsByCommunity].flatMap(([community, cells]) => cells.map((cell) => ({ community, cell })))
  const cells = placed.map(({ cell }) => cell)
  const n = peopleIn(cells)
  const margins = plan.weighting.margins.map((variables) => {
    const levels = placed.map(({ community, cell }) => levelOf(plan, variables, cell.cell, community))
    return fitted(
      { plan, variables },
      levels,
      cells.map((each) => each.n),
      targetsOf(plan, variables, undefined),
      undefined,
    )
  })
  const reason = `全区答卷${n}份，不足${LEAST_WEIGHTED}份，未加权`
  const all = n < LEAST_WEIGHTED ? unweighted(cells, reason) : raked(plan, cells, margins)
  const own = new Map<string, Weighed>()
  let at = 0
  for (const [community, part] of cellsByCommunity) {
    const weights = all.weights.slice(at, at + part.length)
    own.set(community, { weights, weighting: { ...all.weighting, ...spread(part, weights) } })
    at += part.length
  }
  return own
}

/** Design effect, effective number of answers and largest weight of people weighed in this way. */
export function spread(cells: Cell[], weights: number[]): Pick<Weighting, 'deff' | 'effectiveN' | 'largest'> {
  if (cells.length === 0) return { deff: null, effectiveN: null, largest: null }
  const { deff, effectiveN } = kish(
    cells.map(({ n }) => n),
    weights,
  )
  return { deff, effectiveN, largest: weights.reduce((largest, weight) => Math.max(largest, weight), 0) }
}

function raked(plan: TallyPlan, cells: Cell[], margins: Fitted[], otherwise = '没有可用的加权依据，未加权'): Weighed {
  const used = margins.flatMap(({ of, targets }) => (of && targets ? [{ of, targets }] : []))
  const notes = margins.flatMap((margin) => margin.notes)
  if (used.length === 0) return unweighted(cells, otherwise, notes)
  const { weights, passes, converged } = rake({
    counts: cells.map(({ n }) => n),
    margins: used,
    cap: plan.weighting.cap,
  })
  const names = margins.flatMap(({ of, name }) => (of ? [name] : []))
  const weighting = { weighted: true, reason: null, margins: names, merges: notes, passes, converged }
  return { weights, weighting: { ...weighting, ...spread(cells, weights) } }
}

function unweighted(cells: Cell[], reason: string, merges: string[] = []): Weighed {
  const weights = cells.map(() => 1)
  const weighting = { weighted: false, reason, margins: [], merges, passes: 0, converged: true }
  return { weights, weighting: { ...weighting, ...spread(cells, weights) } }
}

function levelOf(plan: TallyPlan, margin: string[], cell: number, community = ''): string {
  const levels: Record<string, string> = { ...cellLevels(plan, cell), community }
  return margin.map((variable) => levels[variable] ?? '').join('×')
}

function peopleIn(cells: Cell[]): number {
  return cells.reduce((sum, { n }) => sum + n, 0)
}
