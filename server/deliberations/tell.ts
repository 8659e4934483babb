import { sql } from 'kysely'
import type { RoomChange } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import type { Of } from './queries.ts'

/** On which PostgreSQL tells every server process that something happened in a room, as `<district>:<deliberation>:<seq>`. */
export const ROOMS = 'rooms'

/**
 * Numbers what has changed in a room and keeps it for everybody who follows. Call it last in the transaction of what it
 * tells about: the row of the deliberation is held from here to the commit, so that numbers are committed in order and
 * nobody who asks for what came after one misses any. Returns the last number.
 */
export async function tell(db: Db, { districtId, id }: Of, changes: readonly RoomChange[], at: Date): Promise<number> {
  const { sequence } = await db
    .updateTable('deliberations')
    .set((is) => ({ sequence: is('sequence', '+', changes.length) }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .returning('sequence')
    .executeTakeFirstOrThrow()
  if (changes.length === 0) return sequence
  const first = sequence - changes.length + 1
  const rows = changes.map((change, i) => ({
    ...{ district_id: districtId, deliberation_id: id, seq: first + i, at },
    ...{ audience: change.kind === 'desk' ? ('desk' as const) : ('all' as const), body: JSON.stringify(change) },
  }))
  await db.insertInto('deliberation_events').values(rows).execute()
  await sql`SELECT pg_notify(${ROOMS}, ${`${districtId}:${id}:${sequence}`})`.execute(db)
  return sequence
}
