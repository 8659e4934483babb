import type { Profile } from '../places/api.ts'
import { groupIndex, type IndicatorKind, indicatorIndex, pairIndex, type TallyPlan } from '../surveys/tally-plan.ts'
import type { PartDemand, Share } from './api.ts'
import { concerned, inGroups, residents } from './gap.ts'
import { serviceShares, shareAt, type WeightedCells } from './shares.ts'

const parents = ['parent_0_3', 'parent_4_6', 'parent_7_12']

/** The same shares read inside each age band, each parent group and each circumstance that the survey asked about. */
export function partsOf(plan: TallyPlan, weighted: WeightedCells, profile?: Profile): PartDemand[] {
  const ages = plan.variables.find(({ name }) => name === 'age')?.levels ?? []
  const flags = parents.filter((group) => plan.variables.some(({ name }) => name === group))
  return [
    ...ages.map((code) => cellPart(plan, weighted, 'age', code, profile)),
    ...flags.map((code) => cellPart(plan, weighted, 'parent', code, profile)),
    ...plan.groups.map((code) => circumstance(plan, weighted, code, profile)),
  ]
}

function cellPart(
  plan: TallyPlan,
  weighted: WeightedCells,
  kind: 'age' | 'parent',
  code: string,
  profile?: Profile,
): PartDemand {
  const own = inGroups(plan, weighted, [code])
  const n = own.cells.reduce((sum, cell) => sum + cell.n, 0)
  const services = plan.services.map((service) => ({ service, ...serviceShares(own, plan, service) }))
  return { kind, code, n, population: profile ? concerned(profile, [code]) : 0, services }
}

/** A circumstance is no weighting variable: who says so is read from the co-counts of each cell. */
function circumstance(plan: TallyPlan, weighted: WeightedCells, code: string, profile?: Profile): PartDemand {
  const of = groupIndex(plan, code)
  const share = (kind: IndicatorKind, service: string): Share => {
    return shareAt(weighted, pairIndex(plan, indicatorIndex(plan, kind, service), of), of)
  }
  const services = plan.services.map((service) => {
    return { service, need: share('need', service), unmet: share('unmet', service), top: share('top', service) }
  })
  const { yes: n, p } = shareAt(weighted, of)
  const population = profile ? (p ?? 0) * residents(profile) : 0
  return { kind: 'circumstance', code, n, population, services }
}
