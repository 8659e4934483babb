import type { Db } from '../db/database.ts'
import { chinaDay } from '../platform/china-time.ts'
import { waitsSince } from './post-queries.ts'
import { tellStaff } from './tell.ts'

/**
 * Tells staff of a community that something is to be looked at: with the first that comes in on a day, and again with the
 * first after everything of that day was looked at. Call it before the wish is taken in.
 */
export async function tellOfNew(tx: Db, of: { districtId: number; community: string }, at: Date): Promise<void> {
  const midnight = new Date(`${chinaDay(at)}T00:00:00+08:00`)
  if (await waitsSince(tx, of.districtId, of.community, midnight)) return
  await tellStaff(tx, of, { text: '有新的微心愿等您审核。', link: '/desk/wishes' }, at)
}
