import { kornGraubard, kornGraubardAt } from '../statistics/intervals.ts'
import { kish, weightedCovariance, weightedShare } from '../statistics/weighted.ts'
import { BASE, type IndicatorKind, indicatorIndex, pairIndex, type TallyPlan } from '../surveys/tally-plan.ts'
import type { Share } from './api.ts'
import type { Cell } from './cells.ts'

/** Cells and the weight of each person in them, in the same order. */
export interface WeightedCells {
  cells: Cell[]
  weights: number[]
}

const NOTHING = 1e-9

/** No data: nobody answered. */
export const noShare: Share = { p: null, low: null, high: null, se: null, n: 0, yes: 0 }

/**
 * The weighted share of answers that hit position `yes` among those that hit position `of` (by default everybody who
 * answered the need question), with its Korn–Graubard interval; at 0 and 1 from the Kish number of answers.
 */
export function shareAt({ cells, weights }: WeightedCells, yes: number, of = BASE): Share {
  return shareOf(
    cells.map(({ counts }) => counts[yes]!),
    cells.map(({ counts }) => counts[of]!),
    weights,
  )
}

/** The same from counts of yes and of answers by cell. */
export function shareOf(yes: number[], of: number[], weights: number[]): Share {
  const { n, p, se, df } = weightedShare({ yes, of, weights })
  const said = yes.reduce((sum, count) => sum + count, 0)
  if (p === null) return { ...noShare, n, yes: said }
  return bounded(p, se, n, said, df, () => kish(of, weights).effectiveN)
}

/**
 * A share with its interval. Without a spread the interval comes from `effectiveN`, the number of equally weighted answers
 * that would say as much: where everybody said the same, and where communities that each said the same differ.
 */
export function bounded(
  p: number,
  se: number | null,
  n: number,
  yes: number,
  df: number,
  effectiveN: () => number,
): Share {
  // Σwy/Σw of people who all said yes may miss 1 by a rounding error, and people whom the margins leave no weight say nothing.
  const end = yes === 0 || p < NOTHING ? 0 : yes === n || p > 1 - NOTHING ? 1 : p
  const shared = { p: end, n, yes }
  if (end === 0 || end === 1) return { ...shared, se: se === null ? null : 0, ...kornGraubardAt(end, effectiveN()) }
  const spread = se !== null && se > 0 ? se : Math.sqrt((end * (1 - end)) / effectiveN())
  return { ...shared, se, ...kornGraubard(end, spread, n, df) }
}

/** Need, unmet and top share of a service. */
export function serviceShares(weighted: WeightedCells, plan: TallyPlan, service: string): Record<IndicatorKind, Share> {
  const share = (kind: IndicatorKind) => shareAt(weighted, indicatorIndex(plan, kind, service))
  return { need: share('need'), unmet: share('unmet'), top: share('top') }
}

/** Positions of the indicators of the given kinds in the counts: all services of the first kind, then of the next. */
export function positions(plan: TallyPlan, kinds: IndicatorKind[]): number[] {
  return kinds.flatMap((kind) => plan.services.map((service) => indicatorIndex(plan, kind, service)))
}

/**
 * Covariance matrix of the shares at the given positions, from the co-counts. Undefined below two weighted answers.
 * With all three kinds its order is need, unmet, top of every service.
 */
export function shareCovariance(
  { cells, weights }: WeightedCells,
  plan: TallyPlan,
  at: number[],
): number[][] | undefined {
  const n = cells.map(({ counts }) => counts[BASE]!)
  const people = n.reduce((sum, count) => sum + count, 0)
  const carried = n.some((count, cell) => count * weights[cell]! > 0)
  if (people < 2 || !carried) return undefined
  const pairs = at.map((i) => at.map((j) => (i === j ? i : pairIndex(plan, i, j))))
  return weightedCovariance({
    n,
    yes: cells.map(({ counts }) => at.map((position) => counts[position]!)),
    both: (cell, i, j) => cells[cell]!.counts[pairs[i]![j]!]!,
    weights,
  })
}
