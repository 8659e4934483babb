import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Whose } from '../people/open.ts'
import type { Of, StoredWish } from './queries.ts'

interface About {
  districtId: number
  persons: string[]
  /** Keyed hash of a number. */
  contact: Buffer | null
}

const any = (texts: string[]) => sql<string>`any(${texts}::text[])`

/** Wishes of these accounts, and those whose wisher is to be reached at a number, by id. */
export async function wishesAbout(db: Db, { districtId, persons, contact }: About): Promise<StoredWish[]> {
  return await db
    .selectFrom('wishes')
    .selectAll()
    .where('district_id', '=', districtId)
    .where((is) => is.or([is('person_id', '=', any(persons)), is('contact_hash', '=', contact)]))
    .orderBy('id')
    .execute()
}

/** Leaves of who wished nothing behind, on a row that is held. */
export async function forgetWisher(
  db: Db,
  { district_id, id }: Pick<StoredWish, 'district_id' | 'id'>,
  text: string,
): Promise<void> {
  const gone = { contact: null, name: null, contact_hash: null, posted_hash: null, person_id: null, ticket_hash: null }
  await db
    .updateTable('wishes')
    .set({ ...gone, text, original: text })
    .where('district_id', '=', district_id)
    .where('id', '=', id)
    .execute()
}

/** Steps that these accounts took as wishers are somebody's. */
export async function forgetSteps(db: Db, { districtId, id, persons }: Of & { persons: string[] }): Promise<void> {
  await db
    .updateTable('wish_steps')
    .set({ actor: 'resident' })
    .where('district_id', '=', districtId)
    .where('wish_id', '=', id)
    .where('role', '=', 'wisher')
    .where('actor', '=', any(persons))
    .execute()
  await db
    .updateTable('wishes')
    .set({ posted_by: 'resident' })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where('posted_by', '=', any(persons))
    .execute()
}

/** Which organisations these accounts belong to. */
export async function membershipsOf(db: Db, { districtId, persons }: Whose): Promise<{ name: string; at: Date }[]> {
  return await db
    .selectFrom('sponsor_members as m')
    .innerJoin('sponsors as s', (join) =>
      join.onRef('s.district_id', '=', 'm.district_id').onRef('s.id', '=', 'm.sponsor_id'),
    )
    .select(['s.name', 's.created_at as at'])
    .where('m.district_id', '=', districtId)
    .where('m.person_id', '=', sql<string>`any(${persons}::uuid[])`)
    .execute()
}

export async function forgetMembership(db: Db, { districtId, persons }: Whose): Promise<void> {
  await db
    .deleteFrom('sponsor_members')
    .where('district_id', '=', districtId)
    .where('person_id', '=', sql<string>`any(${persons}::uuid[])`)
    .execute()
}
