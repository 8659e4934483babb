import type { Demand } from '../../shared/demand/api.ts'
import type { Places } from './places.ts'

/** The demand of a community as JSON text, with the names of the facilities that its gaps list by code. */
export function withNearby({ supply, facilities, communities }: Places, community: string, demand: string): string {
  const reached = new Set(supply.get(community)?.map(({ code }) => code))
  const names = new Map(communities.map(({ code, name }) => [code, name]))
  const nearby: Demand['nearby'] = facilities
    .filter(({ code }) => reached.has(code))
    .map(({ code, name, community: of }) => ({ code, name, community: of, communityName: names.get(of) ?? of }))
  // What was stored goes out as it is.
  return `${demand.slice(0, -1)},"nearby":${JSON.stringify(nearby)}}`
}
