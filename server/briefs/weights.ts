import type { Together } from '../../shared/briefs/facts.ts'
import { cellsOf } from '../../shared/demand/cells.ts'
import { weighAll } from '../../shared/demand/weigh.ts'
import type { TallyRow } from '../../shared/surveys/tally.ts'
import type { TallyPlan } from '../../shared/surveys/tally-plan.ts'

/** Weights of one community's answers by cell, for a survey that is raked over the whole district: `rows` are the tallies of all communities. */
export function weightsTogether(plan: TallyPlan, rows: TallyRow[], community: string): Together | undefined {
  const groups = new Map<string, TallyRow[]>()
  for (const row of rows) groups.set(row.community, [...(groups.get(row.community) ?? []), row])
  // The order of communities is that of their codes, as everywhere: raking stops at a tolerance.
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1))
  const inside = new Map(sorted.map(([code, own]) => [code, cellsOf(plan, own).inside]))
  const weighed = weighAll(plan, inside).get(community)
  if (!weighed) return undefined
  const cells = inside.get(community) ?? []
  return {
    byCell: Object.fromEntries(cells.map(({ cell }, at) => [cell, weighed.weights[at]!])),
    weighting: weighed.weighting,
  }
}
