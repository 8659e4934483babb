import type { Demand } from '../../shared/demand/api.ts'
import type { Db } from '../db/database.ts'
import { placesOf } from './places.ts'

/** The demand of a community as JSON text, with the names of the facilities that its gaps list by code. */
export async function withNearby(db: Db, districtId: number, community: string, demand: string): Promise<string> {
  const { supply, facilities, communities } = await placesOf(db, districtId)
  const reached = new Set(supply.get(community)?.map(({ code }) => code))
  const names = new Map(communities.map(({ code, name }) => [code, name]))
  const nearby: Demand['nearby'] = facilities
    .filter(({ code }) => reached.has(code))
    .map(({ code, name, community: of }) => ({ code, name, community: of, communityName: names.get(of) ?? of }))
  // What was stored goes out as it is.
  return `${demand.slice(0, -1)},"nearby":${JSON.stringify(nearby)}}`
}
