import type { Demand } from './api.ts'
import type { Cells } from './cells.ts'
import { type CommunityFacts, demandOf, type Extent, readings } from './demand.ts'
import { higherDemand } from './higher.ts'
import { spread, type Weighed, weighAll } from './weigh.ts'

const NO_GAP = '社区概况中的常住人口为0，答卷照常参加全区加权，缺口中不含这个社区'

/** A community with its sums, as they are weighed together with all others. */
export interface PooledCommunity {
  facts: CommunityFacts
  cells: Cells
}

/** Weights of every community of a survey that is raked over the whole district, by community code. */
export function weighTogether(communities: PooledCommunity[]): Map<string, Weighed> {
  const [first] = communities
  if (!first) return new Map()
  return weighAll(
    first.facts.plan,
    new Map(communities.map(({ facts, cells }) => [facts.community.code, cells.inside])),
  )
}

/** Demand of every community of such a survey. */
export function pooledCommunities(
  communities: PooledCommunity[],
  weighed: Map<string, Weighed>,
  extent: Extent,
): Demand[] {
  return communities.map(({ facts, cells }) => demandOf(facts, cells, weighed.get(facts.community.code)!, extent))
}

/**
 * Demand of a higher area of such a survey: all its answers read together with their weights, not a mean of communities,
 * because the weights already put the communities into proportion. Gaps add up over communities as everywhere.
 */
export function pooledDemand(
  area: Demand['area'],
  communities: PooledCommunity[],
  weighed: Map<string, Weighed>,
  demands: Demand[],
  extent: Extent,
): Demand {
  const sums = higherDemand(area, demands)
  const all = demands.reduce((sum, { inside }) => sum + inside, 0)
  const [first] = communities
  if (!first) return sums
  const cells = communities.flatMap((each) => each.cells.inside)
  const weights = communities.flatMap(({ facts }) => weighed.get(facts.community.code)!.weights)
  const seed = `${sums.survey}|${sums.version}|${area.level}|${area.code}|${communities.map(({ facts }) => facts.tallyVersion).join()}`
  const read = readings(
    first.facts.plan,
    { cells, weights },
    { supply: [], catalogue: { services: [], rules: [] }, seed },
    extent,
  )
  const services = read.services.map((service, at) => ({ ...service, gap: sums.services[at]?.gap ?? null }))
  // Nobody's answer is left out of the shares for want of a population: the weights know of none.
  const counted = {
    inside: all,
    outside: sums.outside.filter(({ reason }) => reason !== 'population:none'),
    withoutPopulation: sums.withoutPopulation.map((each) => ({ ...each, reason: NO_GAP })),
  }
  const { weighting } = weighed.get(first.facts.community.code)!
  return {
    ...sums,
    ...read,
    ...counted,
    services,
    weighting: { ...weighting, ...spread(cells, weights) },
  }
}
