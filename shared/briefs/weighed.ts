import { type Cells, cellsOf, type Reading } from '../demand/cells.ts'
import { type Weighed, weigh } from '../demand/weigh.ts'
import type { Facts } from './facts.ts'

/** The community's answers by cell with their weights: its own, or those of the whole district raked together. */
export function weighedOf(
  { survey, tallies, community, weights }: Pick<Facts, 'survey' | 'tallies' | 'community' | 'weights'>,
  reading: Reading = {},
): { cells: Cells; weighed: Weighed } {
  const cells = cellsOf(survey.plan, tallies, reading)
  if (!weights) return { cells, weighed: weigh(survey.plan, cells.inside, community.profile) }
  const own = cells.inside.map(({ cell }) => weights.byCell[cell] ?? 1)
  return { cells, weighed: { weights: own, weighting: weights.weighting } }
}
