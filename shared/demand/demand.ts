import type { Catalogue, Community, Compound, Facility, Profile } from '../places/api.ts'
import type { TallyRow } from '../surveys/tally.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'
import type { Demand, ServiceDemand } from './api.ts'
import { type Cells, cellsOf, type Reading } from './cells.ts'
import { chances, covarianceOf, noChance, seedOf } from './chances.ts'
import { gapOf, residents } from './gap.ts'
import { partsOf } from './parts.ts'
import { priorities } from './priority.ts'
import { serviceShares, type WeightedCells } from './shares.ts'
import { type Supply, supplyByCommunity } from './supply.ts'
import { type Weighed, weigh } from './weigh.ts'

export interface CommunityFacts {
  survey: string
  version: number
  plan: TallyPlan
  /** All tallies of this community. */
  rows: TallyRow[]
  /** Number of the state of the tallies; it seeds the draws. */
  tallyVersion: number
  community: Pick<Community, 'code' | 'name' | 'profile'>
  /** Compounds and facilities of the whole district: reach does not stop at the community's border. */
  compounds?: Compound[]
  facilities?: Facility[]
  /** What falls to this community of them, where it has been worked out for the whole district already. */
  supply?: Supply[]
  catalogue: Catalogue
  /** Names of the records that these facts were read from. */
  inputs?: string[]
  reading?: Reading
}

/** What is worked out beside the shares, ratings and gaps. */
export interface Extent {
  /** Shares by age band, parent group and circumstance. */
  parts?: boolean
  /** Intervals and tiers of the ratings, from 1,000 draws. */
  chances?: boolean
}

const everything: Extent = { parts: true, chances: true }

/** Demand of one community from its tallies, profile and the supply within reach; weighted on its own. */
export function communityDemand(facts: CommunityFacts, extent: Extent = everything): Demand {
  const cells = cellsOf(facts.plan, facts.rows, facts.reading)
  return demandOf(facts, cells, weigh(facts.plan, cells.inside, facts.community.profile), extent)
}

/** The same with weights that were worked out elsewhere, such as together with all communities of the district. */
export function demandOf(facts: CommunityFacts, cells: Cells, weighed: Weighed, extent: Extent = everything): Demand {
  const { community, survey, version } = facts
  const { code, name, profile } = community
  const supply = facts.supply ?? supplyOf(facts)
  const seed = seedOf(survey, version, code, facts.tallyVersion)
  const weighted = { cells: cells.inside, weights: weighed.weights }
  const area: Area = { profile, supply, catalogue: facts.catalogue, seed }
  return {
    ...readings(facts.plan, weighted, area, extent),
    ...counted(cells),
    area: { level: 'community', code, name },
    survey,
    version,
    review: facts.reading?.review === 'any' ? 'all' : 'kept',
    population: residents(profile),
    weighting: weighed.weighting,
    withoutAnswers: cells.inside.length === 0 ? [code] : [],
    withoutPopulation: [],
    inputs: facts.inputs ?? [],
  }
}

/** What is known of an area beside its answers. */
export interface Area {
  profile?: Profile
  supply: Supply[]
  catalogue: Catalogue
  seed: string
}

/** Everything that is read from weighted answers. Gaps need a profile. */
export function readings(
  plan: TallyPlan,
  weighted: WeightedCells,
  area: Area,
  extent: Extent,
): Pick<Demand, 'ratedWithin' | 'services' | 'parts'> {
  const shares = plan.services.map((service) => serviceShares(weighted, plan, service))
  const rated = priorities(shares).map((rating, at) => ({ ...shares[at]!, ...rating }))
  const sure = extent.chances ? chances(rated, covarianceOf(weighted, plan), area.seed) : rated.map(() => noChance)
  const services = rated.map((each, at): ServiceDemand => {
    const service = plan.services[at]!
    const spec = area.catalogue.services.find(({ code }) => code === service)
    const gap = spec && area.profile ? gapOf(plan, weighted, spec, area.profile, area.supply, each.need) : null
    return { service, ...each, ...sure[at]!, shrunk: null, gap }
  })
  return { ratedWithin: 'area', services, parts: extent.parts ? partsOf(plan, weighted, area.profile) : [] }
}

/** How many answered, and how. */
export function counted(cells: Cells): Pick<Demand, 'n' | 'inside' | 'outside' | 'channels' | 'proxies' | 'excluded'> {
  const inside = cells.inside.reduce((sum, { n }) => sum + n, 0)
  const { n, outside, channels, proxies, excluded } = cells
  return { n, inside, outside, channels, proxies, excluded }
}

function supplyOf({ compounds = [], facilities = [], catalogue, community }: CommunityFacts): Supply[] {
  return supplyByCommunity(compounds, facilities, catalogue).get(community.code) ?? []
}

/** The demand without what only a single community's page needs: parts and the facilities one by one. */
export function summaryOf(demand: Demand): Demand {
  const services = demand.services.map((each) => ({ ...each, gap: each.gap && { ...each.gap, facilities: [] } }))
  return { ...demand, services, parts: [] }
}
