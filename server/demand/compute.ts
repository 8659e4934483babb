import type { Kysely } from 'kysely'
import type { Demand } from '../../shared/demand/api.ts'
import { cellsOf } from '../../shared/demand/cells.ts'
import { covarianceOf } from '../../shared/demand/chances.ts'
import { type CommunityFacts, demandOf, type Extent } from '../../shared/demand/demand.ts'
import { pooledCommunities, pooledDemand, weighTogether } from '../../shared/demand/pooled.ts'
import { weigh } from '../../shared/demand/weigh.ts'
import type { TallyRow } from '../../shared/surveys/tally.ts'
import type { TallyPlan } from '../../shared/surveys/tally-plan.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { type Counting, roundTallies, roundTallyVersions } from '../surveys/tally-queries.ts'
import type { Places } from './places.ts'
import type { SurveyVersion } from './queries.ts'

/** A demand and the state of the tallies that it rests on. */
export interface Computed {
  demand: Demand
  tally: number
  /** Of its unmet and importance shares; empty where chances were not asked for. */
  covariance: number[][]
}

/** Tallies with their versions, both as of the same moment; only the `first` positions of the counts where that is enough. */
export async function readTallies(db: Kysely<Tables>, of: Counting, communities?: string[], first?: number) {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const versions = await roundTallyVersions(tx, of)
      const rows = await roundTallies(tx, of, communities, first)
      return { versions, rows: byCommunity(rows) }
    })
}

function byCommunity(rows: TallyRow[]): Map<string, TallyRow[]> {
  const groups = new Map<string, TallyRow[]>()
  for (const row of rows) {
    const group = groups.get(row.community)
    if (group) group.push(row)
    else groups.set(row.community, [row])
  }
  return groups
}

/** Everything that the demand of these communities is worked out from; `first` positions of their counts where not all are needed. */
export async function factsOf(
  db: Db,
  of: SurveyVersion & Counting,
  plan: TallyPlan,
  places: Places,
  wanted?: string[],
  first?: number,
): Promise<CommunityFacts[]> {
  const { versions, rows } = await readTallies(db as Kysely<Tables>, of, wanted, first)
  const communities = wanted ? places.communities.filter(({ code }) => wanted.includes(code)) : places.communities
  const { survey, version } = of
  const counted = [version, ...of.carried.map((earlier) => earlier.version)].join('+')
  return communities.map((community) => {
    const tallyVersion = versions.get(community.code) ?? 0
    return {
      survey,
      version,
      plan,
      ...(of.excludedIn?.includes(community.code) && { reading: { review: 'any' as const } }),
      rows: rows.get(community.code) ?? [],
      tallyVersion,
      community,
      supply: places.supply.get(community.code) ?? [],
      catalogue: places.catalogue,
      inputs: [
        `tallies:${survey}@${counted}/${community.code}#${tallyVersion}`,
        `places#${places.version}`,
        `catalogue#${places.catalogueVersion}`,
      ],
    }
  })
}

/** Demand of communities that are weighted each on its own. `pause` is awaited between two of them. */
export async function computeEach(
  facts: CommunityFacts[],
  extent: Extent,
  pause: () => Promise<void>,
): Promise<Computed[]> {
  const computed: Computed[] = []
  for (const each of facts) {
    computed.push(computeOne(each, extent))
    await pause()
  }
  return computed
}

function computeOne(facts: CommunityFacts, extent: Extent): Computed {
  const cells = cellsOf(facts.plan, facts.rows, facts.reading)
  const weighed = weigh(facts.plan, cells.inside, facts.community.profile)
  const weighted = { cells: cells.inside, weights: weighed.weights }
  const covariance = extent.chances ? covarianceOf(weighted, facts.plan) : []
  return { demand: demandOf(facts, cells, weighed, extent), tally: facts.tallyVersion, covariance }
}

/** Demand of every area of a survey that is raked over the whole district; `facts` are those of all communities. */
export function computeTogether(facts: CommunityFacts[], places: Places, name: string, extent: Extent) {
  const communities = facts.map((each) => ({ facts: each, cells: cellsOf(each.plan, each.rows, each.reading) }))
  const weighed = weighTogether(communities)
  const demands = pooledCommunities(communities, weighed, extent)
  const over = (area: Demand['area'], isPart: (code: string) => boolean) => {
    const own = communities.filter(({ facts: each }) => isPart(each.community.code))
    const parts = demands.filter((demand) => isPart(demand.area.code))
    return pooledDemand(area, own, weighed, parts, extent)
  }
  const subdistrictOf = new Map(places.communities.map(({ code, subdistrict }) => [code, subdistrict]))
  return {
    communities: demands.map((demand, at): Computed => {
      return { demand, tally: facts[at]!.tallyVersion, covariance: [] }
    }),
    subdistricts: places.subdistricts.map(({ code, name: called }) => {
      return over({ level: 'subdistrict', code, name: called }, (community) => subdistrictOf.get(community) === code)
    }),
    district: over({ level: 'district', code: '', name }, () => true),
  }
}
