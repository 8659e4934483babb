import { type Insertable, sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { WishesTables } from '../db/tables/wishes.ts'
import type { StoredWish } from './queries.ts'

/** Gives the next number of the district; nobody else is given one until the transaction ends. */
export async function nextNumber(db: Db, districtId: number): Promise<number> {
  const { numbers } = await db
    .insertInto('wish_counters')
    .values({ district_id: districtId, numbers: 1, seq: 0 })
    .onConflict((known) => known.column('district_id').doUpdateSet({ numbers: sql<number>`wish_counters.numbers + 1` }))
    .returning('numbers')
    .executeTakeFirstOrThrow()
  return numbers
}

/** False where a wish of this id is there already. */
export async function insertWish(db: Db, wish: Insertable<WishesTables['wishes']>): Promise<boolean> {
  const made = await db
    .insertInto('wishes')
    .values(wish)
    .onConflict((known) => known.columns(['district_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

type Wisher = Pick<StoredWish, 'person_id' | 'ticket_hash'>

/** Wishes of an account and of a device, the newest first. */
export async function wishesOf(db: Db, districtId: number, wisher: Wisher, limit: number): Promise<StoredWish[]> {
  return await ofWisher(db, districtId, wisher).selectAll().orderBy('number', 'desc').limit(limit).execute()
}

/** How many they posted since a moment. */
export async function countPosted(db: Db, districtId: number, wisher: Wisher, since: Date): Promise<number> {
  const { n } = await ofWisher(db, districtId, wisher)
    .select((is) => is.fn.countAll<number>().as('n'))
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow()
  return n
}

const ofWisher = (db: Db, districtId: number, { person_id, ticket_hash }: Wisher) =>
  db
    .selectFrom('wishes')
    .where('district_id', '=', districtId)
    .where((is) => is.or([is('person_id', '=', person_id), is('ticket_hash', '=', ticket_hash)]))

/** Whether anything of a community has come in since a moment and still waits to be looked at. */
export async function waitsSince(db: Db, districtId: number, community: string, since: Date): Promise<boolean> {
  const found = await db
    .selectFrom('wishes')
    .select('id')
    .where('district_id', '=', districtId)
    .where('community_code', '=', community)
    .where('state', '=', 'submitted')
    .where('changed_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
