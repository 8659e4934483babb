import type { Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { DeliberationsTables } from '../db/tables/deliberations.ts'

/** One deliberation of a district. */
export interface Of {
  districtId: number
  id: string
}

export type StoredDeliberation = Selectable<DeliberationsTables['deliberations']>
export type Participant = Selectable<DeliberationsTables['participants']>

export async function deliberationById(db: Db, { districtId, id }: Of): Promise<StoredDeliberation | undefined> {
  return await db
    .selectFrom('deliberations')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The same, and nobody else changes its row until the transaction ends. */
export async function lockDeliberation(db: Db, { districtId, id }: Of): Promise<StoredDeliberation | undefined> {
  return await db
    .selectFrom('deliberations')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function participantByTicket(db: Db, of: Of, hash: Buffer): Promise<Participant | undefined> {
  return await participants(db, of).where('ticket_hash', '=', hash).executeTakeFirst()
}

export async function participantBySeat(db: Db, of: Of, seat: number): Promise<Participant | undefined> {
  return await participants(db, of).where('seat', '=', seat).executeTakeFirst()
}

function participants(db: Db, { districtId, id }: Of) {
  return db
    .selectFrom('participants')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
}

/** The item of the agenda that the room is at. */
export async function currentItem(db: Db, { districtId, id }: Of): Promise<string | null> {
  const row = await db
    .selectFrom('agenda_items')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', '=', 'current')
    .executeTakeFirst()
  return row?.id ?? null
}
