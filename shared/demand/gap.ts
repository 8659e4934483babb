import { ageBands, type Profile, type ServiceSpec } from '../places/api.ts'
import { cellLevels, indicatorIndex, type TallyPlan } from '../surveys/signals.ts'
import type { Gap, Share } from './api.ts'
import { shareAt, type WeightedCells } from './shares.ts'
import type { Supply } from './supply.ts'

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

/** People of an age band; 0 for anything that is none. */
export function inBand(profile: Profile, band: string): number {
  const at = ageBands.indexOf(band as (typeof ageBands)[number])
  return at < 0 ? 0 : (profile.population.male[at] ?? 0) + (profile.population.female[at] ?? 0)
}

/** The cells of the people in any of the groups (an age band, or yes to a parent flag); everybody for 'all' or where the survey did not ask. */
export function inGroups(plan: TallyPlan, weighted: WeightedCells, groups: string[]): WeightedCells {
  const asked = (group: string) =>
    plan.variables.some(({ name, levels }) => (name === 'age' && levels.includes(group)) || name === group)
  if (groups.includes('all') || !groups.some(asked)) return weighted
  const kept = weighted.cells.map(({ cell }) => {
    const levels = cellLevels(plan, cell)
    return groups.some((group) => levels.age === group || levels[group] === 'yes')
  })
  return { cells: weighted.cells.filter((_, at) => kept[at]), weights: weighted.weights.filter((_, at) => kept[at]) }
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
  const same = own.cells.length === weighted.cells.length
  const need = same && whole ? whole : shareAt(own, indicatorIndex(plan, 'need', service.code))
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
