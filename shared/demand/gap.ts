import { ageBands, type Profile, type ServiceSpec } from '../places/api.ts'
import { cellLevels, indicatorIndex, type TallyPlan } from '../surveys/tally-plan.ts'
import { shareWithin } from './age-bands.ts'
import type { Gap, Share } from './api.ts'
import { shareAt, type WeightedCells } from './shares.ts'
import type { Supply } from './supply.ts'
import { levelsOf } from './targets.ts'

/**
 * How many a service concerns, from the profile: all residents; the people of its age bands; the households of its parent
 * groups. Households with children of several bands cannot be told apart in a profile, so a union of parent groups is
 * their sum, but never more than all households.
 */
export function concerned(profile: Profile, groups: string[]): number {
  if (groups.includes('all')) return residents(profile)
  const parents = groups.filter((group) => group in profile.parents) as (keyof Profile['parents'])[]
  const households = parents.reduce((sum, group) => sum + profile.parents[group], 0)
  const people = groups.reduce((sum, group) => sum + inBand(profile, group), 0)
  return people + Math.min(households, profile.households)
}

export function residents(profile: Profile): number {
  return ageBands.reduce((sum, band) => sum + inBand(profile, band), 0)
}

/** People of an age band, taken from the profile's bands by years where it is none of those; 0 for anything else. */
export function inBand(profile: Profile, band: string): number {
  const { male, female } = profile.population
  const people = (at: number) => (male[at] ?? 0) + (female[at] ?? 0)
  const own = ageBands.indexOf(band as (typeof ageBands)[number])
  if (own >= 0) return people(own)
  return ageBands.reduce((sum, each, at) => sum + people(at) * (shareWithin(each, band) ?? 0), 0)
}

/**
 * The cells of the people in any of the groups (an age band, or yes to a parent flag); everybody for 'all' or where the
 * survey did not ask. The survey's age bands may be others than the groups': one that lies across a limit takes part with
 * its answers whole and with as much of their weight as its years lie inside.
 */
export function inGroups(plan: TallyPlan, weighted: WeightedCells, groups: string[]): WeightedCells {
  const ages = levelsOf(plan, 'age')
  const isFlag = (group: string) => group !== 'age' && plan.variables.some(({ name }) => name === group)
  const asked = (group: string) => isFlag(group) || ages.some((band) => shareWithin(band, group) !== undefined)
  if (groups.includes('all') || !groups.some(asked)) return weighted
  const inside = new Map(
    ages.map((band) => [band, groups.reduce((sum, group) => sum + (shareWithin(band, group) ?? 0), 0)]),
  )
  const share = weighted.cells.map(({ cell }) => {
    const levels = cellLevels(plan, cell)
    return groups.some((group) => levels[group] === 'yes') ? 1 : Math.min(1, inside.get(levels.age ?? '') ?? 0)
  })
  return {
    cells: weighted.cells.filter((_, at) => share[at]! > 0),
    weights: weighted.weights.map((weight, at) => weight * share[at]!).filter((_, at) => share[at]! > 0),
  }
}

/**
 * Demand against supply of one service in one community: need share inside the groups concerned × their number − capacity
 * of public, usable facilities within reach. Private supply is listed and not deducted. A negative gap is a surplus.
 * Without an answer from the groups there is no gap to state.
 */
export function gapOf(
  plan: TallyPlan,
  weighted: WeightedCells,
  service: ServiceSpec,
  profile: Profile,
  supply: Supply[],
  whole?: Share,
): Gap {
  const own = inGroups(plan, weighted, service.for)
  const need = own === weighted && whole ? whole : shareAt(own, indicatorIndex(plan, 'need', service.code))
  const usable = supply.filter((each) => each.service === service.code && each.usable)
  const capacity = (isPublic: boolean) => {
    return usable.filter((each) => each.isPublic === isPublic).reduce((sum, each) => sum + each.capacity, 0)
  }
  const facilities = supply
    .filter((each) => each.service === service.code)
    .map(({ service: _, ...facility }) => facility)
  const sides = { population: concerned(profile, service.for), capacity: capacity(true) }
  return {
    concerned: service.for,
    need,
    ...sides,
    privateCapacity: capacity(false),
    ...balance(need, sides),
    facilities,
  }
}

/** need × population − capacity, and the same at both ends of the interval of need. */
export function balance(need: Share, { population, capacity }: { population: number; capacity: number }) {
  const at = (share: number | null) => (share === null ? null : share * population - capacity)
  return { gap: at(need.p), low: at(need.low), high: at(need.high) }
}
