import type { Catalogue, Compound, Facility, ServiceSpec } from '../places/api.ts'
import { DEGREE_M, distanceM } from '../places/distance.ts'

/** How far residents go for a service, in metres, by its level in minutes on foot (methods, Demand against supply). */
const REACH_M: Record<number, number> = { 5: 300, 10: 500, 15: 1000 }
const FURTHEST_M = 1000

/** One facility as a community sees it: the part of its capacity that falls to this community. */
export interface Supply {
  code: string
  service: string
  /** Residents (households for children's services) of this community served in normal use. */
  capacity: number
  isPublic: boolean
  usable: boolean
  /** From the nearest compound of the community that it reaches. */
  distanceM: number
  /** Capacity estimated from floor area with an unverified planning figure. */
  estimated: boolean
}

/** Radius within which a service counts as reachable, in metres. */
export function reachM(service: Pick<ServiceSpec, 'level_minutes'>): number {
  return REACH_M[service.level_minutes] ?? FURTHEST_M
}

/**
 * Residents served in normal use: as recorded, or area × residents_per_m2 of the facility's function. Where the function
 * is not recorded, the most modest one of the service stands in; where there is none, nothing can be said and 0 counts.
 */
export function capacityOf(
  facility: Facility,
  service: ServiceSpec | undefined,
): { value: number; estimated: boolean } {
  if (facility.capacity !== null) return { value: facility.capacity, estimated: false }
  const known = service?.functions.filter(({ code }) => code === facility.function) ?? []
  const candidates = known.length > 0 ? known : (service?.functions ?? [])
  const perM2 = candidates.length > 0 ? Math.min(...candidates.map((each) => each.residents_per_m2)) : 0
  return { value: (facility.areaM2 ?? 0) * perM2, estimated: true }
}

/**
 * Supply within reach of every community, by community code. A facility reaches the compounds within the service's
 * radius in a straight line, whichever community they belong to, and its capacity is shared between them in proportion to
 * their households (equally where no households are recorded). Facilities that reach no compound serve nobody.
 */
export function supplyByCommunity(
  compounds: Compound[],
  facilities: Facility[],
  catalogue: Catalogue,
): Map<string, Supply[]> {
  const services = new Map(catalogue.services.map((service) => [service.code, service]))
  const sorted = [...compounds].sort((a, b) => a.lat - b.lat)
  const found = new Map<string, Supply[]>()
  for (const facility of facilities) {
    const service = services.get(facility.service)
    if (!service) continue
    const { value, estimated } = capacityOf(facility, service)
    for (const [community, part] of partsOf(facility, reachM(service), sorted)) {
      const { code, isPublic, usable } = facility
      const share = { code, service: service.code, capacity: value * part.share, isPublic, usable, estimated }
      found.set(community, [...(found.get(community) ?? []), { ...share, distanceM: part.distanceM }])
    }
  }
  return found
}

/** The share of a facility that falls to each community it reaches; shares add up to 1. */
function partsOf(facility: Facility, radiusM: number, byLatitude: Compound[]) {
  const reached = within(facility, radiusM, byLatitude)
  const households = reached.reduce((sum, { compound }) => sum + compound.households, 0)
  const parts = new Map<string, { share: number; distanceM: number }>()
  for (const { compound, metres } of reached) {
    const share = households > 0 ? compound.households / households : 1 / reached.length
    const part = parts.get(compound.community) ?? { share: 0, distanceM: Infinity }
    parts.set(compound.community, { share: part.share + share, distanceM: Math.min(part.distanceM, metres) })
  }
  return parts
}

function within(facility: Facility, radiusM: number, byLatitude: Compound[]) {
  const reach = radiusM / DEGREE_M
  const reached: { compound: Compound; metres: number }[] = []
  for (let at = firstFrom(byLatitude, facility.lat - reach); at < byLatitude.length; at += 1) {
    const compound = byLatitude[at]!
    if (compound.lat > facility.lat + reach) break
    const metres = distanceM(facility, compound)
    if (metres <= radiusM) reached.push({ compound, metres })
  }
  return reached
}

/** The first compound at or north of a latitude. */
function firstFrom(byLatitude: Compound[], lat: number): number {
  let low = 0
  let high = byLatitude.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (byLatitude[middle]!.lat < lat) low = middle + 1
    else high = middle
  }
  return low
}
