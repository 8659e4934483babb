import type { Compound, Facility, Point } from '../../shared/places/api.ts'
import { DEGREE_M, distanceM } from '../../shared/places/distance.ts'

/** The furthest that residents go for any service, in metres (methods, Demand against supply). */
const FURTHEST_M = 1_000

/**
 * The part of a district that bears on one community: facilities that may reach one of its compounds or that stand in it, and all
 * compounds that those facilities may reach, because capacity is shared across borders. Supply worked out from this part is the same
 * as from the whole district.
 */
export function within(
  community: string,
  compounds: Compound[],
  facilities: Facility[],
): { compounds: Compound[]; facilities: Facility[] } {
  const own = compounds.filter((compound) => compound.community === community)
  const near = facilities.filter((facility) => facility.community === community || reaches(facility, own))
  return {
    compounds: compounds.filter((compound) => compound.community === community || reaches(compound, near)),
    facilities: near,
  }
}

function reaches(from: Point, to: Point[]): boolean {
  const reach = FURTHEST_M / DEGREE_M
  return to.some((point) => Math.abs(point.lat - from.lat) <= reach && distanceM(from, point) <= FURTHEST_M)
}
