import { type BetaPrior, betaBinomialPrior, type Shrunk, shrunk } from '../statistics/beta-binomial.ts'
import type { Demand, ServiceDemand, Share } from './api.ts'

/** Below this many answers a community's shares are also shown drawn towards its subdistrict and district. */
export const FEW_ANSWERS = 100

type Kind = 'need' | 'unmet'

/** How the shares of a district's communities are spread, by service. */
export type Priors = Record<string, Record<Kind, BetaPrior>>

/** A community and the subdistrict it lies in. */
export interface Placed {
  subdistrict: string
  demand: Pick<Demand, 'services' | 'weighting'> & { area: Pick<Demand['area'], 'code'> }
}

/** Beta-binomial priors of every service, estimated from the effective counts of all communities of a district. */
export function priorsOf(placed: Placed[]): Priors {
  const services = placed[0]?.demand.services.map(({ service }) => service) ?? []
  const prior = (at: number, kind: Kind) => {
    const counts = placed.map(({ demand }) => effective(demand, demand.services[at]!, kind))
    return betaBinomialPrior(
      counts.map(({ yes }) => yes),
      counts.map(({ of }) => of),
    )
  }
  return Object.fromEntries(
    services.map((service, at) => [service, { need: prior(at, 'need'), unmet: prior(at, 'unmet') }]),
  )
}

/** What a community's shares are drawn towards, by service. */
export type Towards = Record<string, Record<Kind, BetaPrior>>

/** Priors of a community whose neighbours in the subdistrict are these. */
export function towardsOf(neighbours: Pick<Placed, 'demand'>[], priors: Priors): Towards {
  const near = (service: string, kind: Kind) =>
    neighbours.flatMap(({ demand }) => {
      const found = demand.services.find((each) => each.service === service)
      return found ? [effective(demand, found, kind)] : []
    })
  return Object.fromEntries(
    Object.entries(priors).map(([service, { need, unmet }]) => [
      service,
      { need: nearby(near(service, 'need'), need), unmet: nearby(near(service, 'unmet'), unmet) },
    ]),
  )
}

/** A service's shares drawn towards the others'. Null where answers are many, or nothing is known of the others. */
export function drawnTowards(
  demand: Placed['demand'],
  service: ServiceDemand,
  towards: Towards,
): ServiceDemand['shrunk'] {
  const priors = towards[service.service]
  if (!priors || (demand.services[0]?.need.n ?? 0) >= FEW_ANSWERS) return null
  const drawn = (kind: Kind): Shrunk => {
    const { yes, of } = effective(demand, service, kind)
    return shrunk(yes, of, priors[kind])
  }
  const need = drawn('need')
  const unmet = drawn('unmet')
  const ends = { low: need.low, high: need.high, unmetLow: unmet.low, unmetHigh: unmet.high }
  return { need: need.share, unmet: unmet.share, weight: need.weight, ...ends }
}

/**
 * Fills `shrunk` of every service of the communities that have few answers; the others keep what they have.
 * @param wanted codes of the communities to be filled, by default all
 */
export function withShrinkage(placed: Placed[], priors: Priors, wanted?: Set<string>): void {
  for (const own of placed) {
    const n = own.demand.services[0]?.need.n ?? 0
    if (n >= FEW_ANSWERS || wanted?.has(own.demand.area.code) === false) continue
    const others = placed.filter((other) => other !== own && other.subdistrict === own.subdistrict)
    const towards = towardsOf(others, priors)
    for (const service of own.demand.services) service.shrunk = drawnTowards(own.demand, service, towards)
  }
}

/**
 * The prior of a community in its subdistrict: as sure as the district's, with its mean moved from the district towards
 * the other communities of the subdistrict. Each of those counts of·M/(of + M) answers, M being the prior's worth: however
 * many people answered there, they tell of one neighbour only. A mean from no data is the district's.
 */
export function nearby(others: { yes: number; of: number }[], district: BetaPrior): BetaPrior {
  const worth = district.a + district.b
  let yes = district.a
  let of = worth
  for (const other of others) {
    if (!(other.of > 0)) continue
    const counts = (other.of * worth) / (other.of + worth)
    yes += (other.yes / other.of) * counts
    of += counts
  }
  return { a: (yes / of) * worth, b: (1 - yes / of) * worth }
}

/** A share as so many of so many equally weighted answers. */
function effective(demand: Placed['demand'], service: ServiceDemand, kind: Kind): { yes: number; of: number } {
  const share: Share = service[kind]
  if (share.p === null) return { yes: 0, of: 0 }
  const of = share.n / (demand.weighting.deff ?? 1)
  return { yes: Math.min(of, share.p * of), of }
}
