import { type Db, forDistrict } from '../db/database.ts'
import type { Tree } from '../people/reach.ts'
import { communityCodes, site } from './queries.ts'

/** What lies where in a district, for those who ask how far a role carries. */
export function treeOf(db: Db): Tree {
  return {
    communitiesOf: (districtId, subdistricts) => communityCodes(forDistrict(db, districtId), districtId, subdistricts),
    communityOfSite: async (districtId, code) => (await site(forDistrict(db, districtId), districtId, code))?.community,
  }
}
