import type { Role } from '../../shared/people/roles.ts'
import type { Caller } from './caller.ts'

/** The part of a district that somebody may see. */
export interface Reach {
  /** The whole district; then the sets are empty and mean nothing. */
  whole: boolean
  /** Subdistricts that are within reach with all that is in them. */
  subdistricts: Set<string>
  communities: Set<string>
}

/** What permission needs to know of the district's tree. */
export interface Tree {
  /** Codes of the communities of these subdistricts. */
  communitiesOf(districtId: number, subdistricts: string[]): Promise<string[]>
  /** The community that a site stands in, or undefined. */
  communityOfSite(districtId: number, site: string): Promise<string | undefined>
}

declare module 'fastify' {
  interface FastifyInstance {
    tree: Tree
  }
}

/** Everything in a district. */
export const wholeDistrict: Reach = { whole: true, subdistricts: new Set(), communities: new Set() }

/** What those see who need no role for a call: nothing that is anybody's part. */
export const nothing: Reach = { whole: false, subdistricts: new Set(), communities: new Set() }

/** Whether a community is within reach. */
export function holds(reach: Reach, community: string): boolean {
  return reach.whole || reach.communities.has(community)
}

/** How far the caller's grants of these roles carry in a district. Codes that do not exist carry nowhere. */
export async function reachOf(caller: Caller, districtId: number, roles: readonly Role[], tree: Tree): Promise<Reach> {
  if (caller.kind === 'key' || caller.kind === 'local') return wholeDistrict
  const nodes = caller.person?.districtId === districtId ? caller.person.grants : []
  const held = nodes.filter(({ role }) => roles.includes(role))
  if (held.some(({ level }) => level === 'district')) return wholeDistrict
  const codes = (wanted: string) => held.filter(({ level }) => level === wanted).map(({ code }) => code)
  const subdistricts = new Set(codes('subdistrict'))
  const below = subdistricts.size > 0 ? await tree.communitiesOf(districtId, [...subdistricts]) : []
  return { whole: false, subdistricts, communities: new Set([...codes('community'), ...below]) }
}
