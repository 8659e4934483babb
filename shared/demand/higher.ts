import type { Demand, Gap, PartDemand, ServiceDemand, Share, Weighting } from './api.ts'
import { chances, noChance } from './chances.ts'
import { balance } from './gap.ts'
import { noRating, priorities } from './priority.ts'
import { bounded, noShare } from './shares.ts'

/** One community's share and how many people it speaks for. */
export interface Stratum {
  share: Share
  population: number
}

/**
 * A share of a higher area: the mean over its communities by population, Σ N_h·p_h / Σ N_h, with standard error
 * sqrt(Σ (N_h·se_h)²) / Σ N_h and n − H degrees of freedom. Communities without an answer take no part. Where a single
 * answer leaves a standard error unknown, 0.5 stands in, the largest there can be. Cochran (1977) 5.3.
 */
export function combined(strata: Stratum[]): Share {
  let [people, total, spread, sparse, n, yes, heard] = [0, 0, 0, 0, 0, 0, 0]
  for (const { share, population } of strata) {
    if (share.p === null || !(population > 0)) continue
    people += population
    total += population * share.p
    spread += (population * (share.se ?? 0.5)) ** 2
    sparse += population ** 2 / share.n
    n += share.n
    yes += share.yes
    heard += 1
  }
  if (people === 0) return noShare
  const se = n > 1 ? Math.sqrt(spread) / people : null
  return bounded(total / people, se, n, yes, Math.max(1, n - heard), () => people ** 2 / sparse)
}

const NOBODY = '社区概况中的常住人口为0，答卷没有加权，也没有计入汇总'

/**
 * Demand of a subdistrict or of the district from that of its communities; those without answers are listed, not imputed,
 * and so are those that speak for nobody.
 */
export function higherDemand(area: Demand['area'], communities: Demand[]): Demand {
  const first = communities[0]
  const peopled = communities.filter(({ population }) => population > 0)
  const empty = communities.filter(({ population }) => !(population > 0))
  const heard = peopled.filter(({ inside }) => inside > 0)
  const services = (first?.services ?? []).map((service, at) => serviceOver(service.service, heard, at))
  const ratings = priorities(services)
  return {
    area,
    survey: first?.survey ?? '',
    version: first?.version ?? 0,
    review: communities.some(({ review }) => review === 'all') ? 'all' : 'kept',
    excluded: sum(communities, ({ excluded }) => excluded ?? 0),
    n: sum(communities, ({ n }) => n),
    inside: sum(heard, ({ inside }) => inside),
    outside: outsideOver(communities, empty),
    channels: summed(
      communities.flatMap(({ channels }) => channels.map(({ channel, n }) => ({ key: channel, n }))),
    ).map(({ key, n }) => ({ channel: key, n })),
    proxies: sum(communities, ({ proxies }) => proxies),
    population: sum(communities, ({ population }) => population),
    weighting: weightingOver(heard),
    ratedWithin: 'area',
    services: services.map((service, at) => ({ ...service, ...ratings[at]! })),
    parts: partsOver(heard),
    withoutAnswers: communities.filter(({ inside }) => inside === 0).map((each) => each.area.code),
    withoutPopulation: empty.map((each) => ({ code: each.area.code, n: each.n, reason: NOBODY })),
    inputs: [...new Set(communities.flatMap(({ inputs }) => inputs))],
  }
}

/** A community's demand with the covariance that its chances come from; that is empty where it is not known. */
export interface Spread {
  demand: Demand
  covariance: number[][]
}

/** How sure the order of the services is in a higher area, drawn from the sums over its communities as a community's is from its answers. */
export function withChances(higher: Demand, communities: Spread[], seed: string): Demand {
  const sure = chances(higher.services, covarianceOver(communities), seed)
  return { ...higher, services: higher.services.map((service, at) => ({ ...service, ...sure[at]! })) }
}

/** Communities are asked independently of one another: Σ (N_h / Σ N_h)² · covariance_h. Cochran (1977) 5.3. */
function covarianceOver(communities: Spread[]): number[][] {
  const heard = communities.filter(({ demand: { population, services } }) => {
    return population > 0 && services[0]?.unmet.p != null
  })
  const people = sum(heard, ({ demand }) => demand.population)
  const size = 2 * (heard[0]?.demand.services.length ?? 0)
  const total = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  for (const { demand, covariance } of heard) {
    const own = covariance.length === size ? covariance : unrelated(demand)
    const part = (demand.population / people) ** 2
    for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) total[i]![j]! += part * own[i]![j]!
  }
  return total
}

/** Standing in for an unknown covariance: nothing hangs together, and a standard error that is unknown too is the largest there can be. */
function unrelated({ services }: Demand): number[][] {
  const errors = [...services.map(({ unmet }) => unmet.se), ...services.map(({ top }) => top.se)]
  return errors.map((se, i) => errors.map((_, j) => (i === j ? (se ?? 0.5) ** 2 : 0)))
}

function outsideOver(communities: Demand[], empty: Demand[]): Demand['outside'] {
  const left = [
    ...communities.flatMap(({ outside }) => outside.map(({ reason, n }) => ({ key: reason, n }))),
    ...empty.map(({ inside }) => ({ key: 'population:none', n: inside })),
  ]
  const sums = summed(left).filter(({ n }) => n > 0)
  return sums.map(({ key, n }) => ({ reason: key, n }))
}

function serviceOver(service: string, communities: Demand[], at: number): ServiceDemand {
  const over = (kind: 'need' | 'unmet' | 'top') => {
    return combined(communities.map(({ services, population }) => ({ share: services[at]![kind], population })))
  }
  const shares = { need: over('need'), unmet: over('unmet'), top: over('top') }
  const gap = gapOver(
    communities.flatMap(({ services }) => services[at]!.gap ?? []),
    shares.need,
  )
  return { service, ...shares, ...noRating, ...noChance, shrunk: null, gap }
}

/** Gaps add up over the communities that can state one; the interval is that of the combined need share. */
function gapOver(gaps: Gap[], whole: Share): Gap | null {
  const stated = gaps.filter(({ gap }) => gap !== null)
  const [first] = gaps
  if (!first) return null
  // What concerns all residents is needed by as many as the need share says.
  const all = first.concerned.includes('all')
  const need = all ? whole : combined(stated.map(({ need: share, population }) => ({ share, population })))
  const sides = {
    population: sum(stated, ({ population }) => population),
    capacity: sum(stated, (gap) => gap.capacity),
  }
  const privateCapacity = sum(stated, (gap) => gap.privateCapacity)
  return { concerned: first.concerned, need, ...sides, privateCapacity, ...balance(need, sides), facilities: [] }
}

function partsOver(communities: Demand[]): PartDemand[] {
  const parts = communities.find(({ parts: own }) => own.length > 0)?.parts ?? []
  return parts.map(({ kind, code, services }) => {
    const own = communities.flatMap(
      (demand) => demand.parts.find((part) => part.kind === kind && part.code === code) ?? [],
    )
    const over = (at: number, of: 'need' | 'unmet' | 'top') => {
      return combined(own.map((part) => ({ share: part.services[at]![of], population: part.population })))
    }
    return {
      kind,
      code,
      n: sum(own, ({ n }) => n),
      population: sum(own, ({ population }) => population),
      services: services.map(({ service }, at) => {
        return { service, need: over(at, 'need'), unmet: over(at, 'unmet'), top: over(at, 'top') }
      }),
    }
  })
}

function weightingOver(communities: Demand[]): Weighting {
  const people = sum(communities, ({ population }) => population)
  const spread = sum(communities, ({ population, weighting }) => population ** 2 / (weighting.effectiveN || 1))
  const effectiveN = spread > 0 ? people ** 2 / spread : null
  return {
    weighted: communities.some(({ weighting }) => weighting.weighted),
    reason: null,
    margins: ['各社区按常住人口汇总'],
    merges: [],
    passes: 0,
    converged: communities.every(({ weighting }) => weighting.converged),
    deff: effectiveN ? sum(communities, ({ inside }) => inside) / effectiveN : null,
    effectiveN,
    largest: communities.reduce<number | null>(
      (most, { weighting }) => Math.max(most ?? 0, weighting.largest ?? 0),
      null,
    ),
  }
}

function sum<T>(list: T[], value: (item: T) => number): number {
  return list.reduce((total, item) => total + value(item), 0)
}

function summed(counts: { key: string; n: number }[]): { key: string; n: number }[] {
  const sums = new Map<string, number>()
  for (const { key, n } of counts) sums.set(key, (sums.get(key) ?? 0) + n)
  return [...sums].map(([key, n]) => ({ key, n }))
}
