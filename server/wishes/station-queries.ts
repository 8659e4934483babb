import { sql } from 'kysely'
import type { Station } from '../../shared/wishes/desk-api.ts'
import type { Db } from '../db/database.ts'
import type { Reach } from '../people/reach.ts'
import type { Of } from './queries.ts'

const stationsIn = (db: Db, districtId: number) =>
  db
    .selectFrom('stations')
    .select(['id', 'name', 'community_code as community', 'active'])
    .where('district_id', '=', districtId)

export async function stations(db: Db, districtId: number, { whole, communities }: Reach): Promise<Station[]> {
  return await stationsIn(db, districtId)
    .$if(!whole, (query) => query.where('community_code', '=', sql<string>`any(${[...communities]})`))
    .orderBy('community_code')
    .orderBy('name')
    .orderBy('id')
    .execute()
}

export async function stationById(db: Db, { districtId, id }: Of): Promise<Station | undefined> {
  return await stationsIn(db, districtId).where('id', '=', id).executeTakeFirst()
}

export async function activeStation(db: Db, of: Of): Promise<boolean> {
  return (await stationById(db, of))?.active === true
}

/** False where a station of this id is there already. */
export async function insertStation(db: Db, districtId: number, station: Station, at: Date): Promise<boolean> {
  const { id, name, community, active } = station
  const made = await db
    .insertInto('stations')
    .values({ district_id: districtId, id, name, community_code: community, active, created_at: at })
    .onConflict((known) => known.columns(['district_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

export async function updateStation(
  db: Db,
  districtId: number,
  { id, name, community, active }: Station,
): Promise<void> {
  await db
    .updateTable('stations')
    .set({ name, community_code: community, active })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
}
