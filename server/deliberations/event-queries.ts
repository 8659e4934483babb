import type { RoomChange } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import type { Of } from './queries.ts'

export interface StoredEvent {
  seq: number
  audience: 'all' | 'desk'
  body: RoomChange
}

/** What happened after a number, in order. */
export async function eventsAfter(db: Db, { districtId, id }: Of, seq: number, limit: number): Promise<StoredEvent[]> {
  return await db
    .selectFrom('deliberation_events')
    .select(['seq', 'audience', 'body'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The number of the last event; undefined where there is no such deliberation. */
export async function lastEvent(db: Db, { districtId, id }: Of): Promise<number | undefined> {
  const row = await db
    .selectFrom('deliberations')
    .select('sequence')
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.sequence
}

/** The open door with this code. */
export async function deliberationByCode(db: Db, districtId: number, code: string) {
  return await db
    .selectFrom('deliberations')
    .select(['id', 'title'])
    .where('district_id', '=', districtId)
    .where('code', '=', code)
    .executeTakeFirst()
}

/** Questions that are open just now. */
export async function openQuestions(db: Db, { districtId, id }: Of): Promise<string[]> {
  const rows = await db
    .selectFrom('questions')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', '=', 'open')
    .execute()
  return rows.map(({ id }) => id)
}
