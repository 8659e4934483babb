import type { Static } from 'typebox'
import type { readWishPlaces } from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import { catalogue, communities, compounds, subdistricts } from '../places/queries.ts'

type Places = Static<(typeof readWishPlaces.responses)[200]>

/** Where wishes can be for; of one community also what a plain map shows. */
export async function placesToWish(db: Db, districtId: number, community?: string): Promise<Places> {
  const [all, above, standing, { catalogue: known }] = await Promise.all([
    communities(db, districtId),
    subdistricts(db, districtId),
    community === undefined ? [] : compounds(db, districtId, community),
    catalogue(db, districtId),
  ])
  const names = new Map(above.map(({ code, name }) => [code, name]))
  return {
    communities: all.map(({ code, name, subdistrict }) => ({
      ...{ code, name, subdistrict: names.get(subdistrict) ?? subdistrict },
    })),
    compounds: standing.map(({ name, lon, lat }) => ({ name, lon, lat })),
    services: known.services.map(({ code, zh }) => ({ code, name: zh })),
  }
}
