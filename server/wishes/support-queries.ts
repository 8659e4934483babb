import type { Db } from '../db/database.ts'
import type { Of } from './queries.ts'

/** What somebody is counted by, and their phone where that is an account. */
export interface Supporter {
  hash: Buffer
  device: Buffer | null
}

/** Whether one of these has been counted. */
export async function isSupporter(db: Db, { districtId, id }: Of, hashes: Buffer[]): Promise<boolean> {
  const found = await db
    .selectFrom('wish_supporters')
    .select('at')
    .where('district_id', '=', districtId)
    .where('wish_id', '=', id)
    .where((is) => is.or([is('supporter_hash', 'in', hashes), is('device_hash', 'in', hashes)]))
    .executeTakeFirst()
  return found !== undefined
}

/** Of a wish whose row is held: it has as many supporters as it counts. */
export async function addSupporter(
  db: Db,
  { districtId, id }: Of,
  { hash, device }: Supporter,
  at: Date,
): Promise<void> {
  await db
    .insertInto('wish_supporters')
    .values({ district_id: districtId, wish_id: id, supporter_hash: hash, device_hash: device, at })
    .execute()
  await db
    .updateTable('wishes')
    .set((is) => ({ supporters: is('supporters', '+', 1) }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
}
