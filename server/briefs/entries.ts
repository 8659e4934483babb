import type { BriefEntry } from '../../shared/briefs/api.ts'
import type { Db } from '../db/database.ts'
import { communities, sites } from '../places/queries.ts'
import { chinaTime } from '../platform/china-time.ts'
import type { Edition } from './queries.ts'

/** Turns editions into entries as people read them, with the names of site and community. */
export async function namer(db: Db, districtId: number): Promise<(edition: Edition) => BriefEntry> {
  const siteOf = new Map((await sites(db, districtId)).map((site) => [site.code, site]))
  const nameOf = new Map((await communities(db, districtId)).map(({ code, name }) => [code, name]))
  return ({ site, audience, edition, hash, composedAt }) => {
    const { name, community } = siteOf.get(site)!
    const names = { siteName: name, community, communityName: nameOf.get(community) ?? community }
    return { site, ...names, audience, edition, hash, composedAt: chinaTime(composedAt) }
  }
}
