import { type Supply, supplyByCommunity } from '../../shared/demand/supply.ts'
import type { Catalogue, Community, Facility, Subdistrict } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { catalogue, communities, compounds, facilities, placeVersion, subdistricts } from '../places/queries.ts'

/** What demand needs to know of a district's places, as of one version of them. */
export interface Places {
  version: number
  subdistricts: Subdistrict[]
  communities: Community[]
  catalogue: Catalogue
  catalogueVersion: number
  supply: Map<string, Supply[]>
  facilities: Facility[]
}

const MOST_DISTRICTS = 20
const keptFor = new WeakMap<Db, Map<number, Places>>()

/** The places of a district, read again when their version has changed. */
export async function placesOf(db: Db, districtId: number): Promise<Places> {
  const kept = keptFor.get(db) ?? new Map<number, Places>()
  keptFor.set(db, kept)
  const version = await placeVersion(db, districtId)
  const known = kept.get(districtId)
  if (known?.version === version) return known
  // The version is read first: a change in between only makes the next reader look again.
  const places = { version, ...(await readPlaces(db, districtId)) }
  kept.delete(districtId)
  kept.set(districtId, places)
  const [oldest] = kept.keys()
  if (kept.size > MOST_DISTRICTS && oldest !== undefined) kept.delete(oldest)
  return places
}

async function readPlaces(db: Db, districtId: number): Promise<Omit<Places, 'version'>> {
  const thresholds = await catalogue(db, districtId)
  const found = await facilities(db, districtId)
  return {
    subdistricts: await subdistricts(db, districtId),
    communities: await communities(db, districtId),
    catalogue: thresholds.catalogue,
    catalogueVersion: thresholds.version,
    supply: supplyByCommunity(await compounds(db, districtId), found, thresholds.catalogue),
    facilities: found,
  }
}
