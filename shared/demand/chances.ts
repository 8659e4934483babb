import { multivariateNormalDraws, quantile } from '../statistics/draws.ts'
import { seeded } from '../statistics/random.ts'
import { tiers } from '../statistics/tiers.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'
import type { ServiceDemand, Share } from './api.ts'
import { positions, shareCovariance, type WeightedCells } from './shares.ts'
import { LEAST_WEIGHTED } from './weigh.ts'

export const DRAWS = 1_000
const FIRST = 3

export type Chance = Pick<ServiceDemand, 'pirLow' | 'pirHigh' | 'firstThree' | 'tier'>
export const noChance: Chance = { pirLow: null, pirHigh: null, firstThree: null, tier: null }

/** The seed of an area's draws: the same tallies always give the same draws. */
export function seedOf(survey: string, version: number, community: string, tallyVersion: number): string {
  return `${survey}|${version}|${community}|${tallyVersion}`
}

/** Covariance of the unmet shares and then the importance shares of all services; empty below two weighted answers. */
export function covarianceOf(weighted: WeightedCells, plan: TallyPlan): number[][] {
  return shareCovariance(weighted, plan, positions(plan, ['unmet', 'top'])) ?? []
}

/**
 * How sure the order of the services is: 1,000 normal draws of all unmet and importance shares with their covariance give
 * each service's 95 % interval of the priority rating, the chance that it is among the first three, and its tier (1 for
 * the first). Nothing below 30 answers, or where nothing was said of any service.
 */
export function chances(
  services: { unmet: Share; top: Share; pir: number | null }[],
  covariance: number[][],
  seed: string,
): Chance[] {
  const nothing = services.map(() => noChance)
  const n = services[0]?.unmet.n ?? 0
  if (n < LEAST_WEIGHTED || covariance.length === 0 || services.some(({ pir }) => pir === null)) return nothing
  const mean = [...services.map(({ unmet }) => unmet.p!), ...services.map(({ top }) => top.p!)]
  const ratings = multivariateNormalDraws(mean, covariance, DRAWS, seeded(seed)).map((draw) => rate(draw))
  const spreads = services.map((_, at) => spreadOf(ratings, at))
  const values = services.map(({ pir }, at) => ({ value: pir!, low: spreads[at]!.pirLow, high: spreads[at]!.pirHigh }))
  const tierOf = tiers(values)
  return spreads.map((spread, at) => ({ ...spread, tier: tierOf[at]! + 1 }))
}

/** Priority ratings of one draw; shares that were drawn below 0 or above 1 count as 0 and 1. */
function rate(draw: Float64Array): Float64Array {
  const count = draw.length / 2
  let unmet = 0
  let importance = 0
  for (let at = 0; at < draw.length; at += 1) {
    draw[at] = Math.min(1, Math.max(0, draw[at]!))
    if (at < count) unmet = Math.max(unmet, draw[at]!)
    else importance = Math.max(importance, draw[at]!)
  }
  const part = (value: number, most: number) => (most > 0 ? (100 * value) / most : 0)
  const ratings = new Float64Array(count)
  for (let at = 0; at < count; at += 1) ratings[at] = part(draw[at]!, unmet) + part(draw[count + at]!, importance)
  return ratings
}

function spreadOf(ratings: Float64Array[], service: number) {
  const sorted = Float64Array.from(ratings, (draw) => draw[service]!).sort()
  const among = ratings.filter((draw) => isAmongFirst(draw, service)).length
  return { pirLow: quantile(sorted, 0.025), pirHigh: quantile(sorted, 0.975), firstThree: among / ratings.length }
}

/** Fewer than three others are rated higher; a rating of nothing at all is never among the first. */
function isAmongFirst(draw: Float64Array, service: number): boolean {
  let higher = 0
  for (const rating of draw) if (rating > draw[service]!) higher += 1
  return draw[service]! > 0 && higher < FIRST
}
