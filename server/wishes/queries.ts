import type { Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { WishesTables } from '../db/tables/wishes.ts'

// biome-ignore lint/performance/noBarrelFile: other rooms come in by this door alone
export { boardSeq } from './event-queries.ts'
export { placeWishes, wishedIn } from './place-queries.ts'

/** One wish of a district. */
export interface Of {
  districtId: number
  id: string
}

export type StoredWish = Selectable<WishesTables['wishes']>
export type StoredClaim = Selectable<WishesTables['claims']>
export type StoredSponsor = Selectable<WishesTables['sponsors']>

export async function wishById(db: Db, { districtId, id }: Of): Promise<StoredWish | undefined> {
  return await db
    .selectFrom('wishes')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The same, and nobody else takes a step with it until the transaction ends. */
export async function lockWish(db: Db, { districtId, id }: Of): Promise<StoredWish | undefined> {
  return await db
    .selectFrom('wishes')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

/** Who holds a wish now. */
export async function liveClaim(db: Db, { districtId, id }: Of): Promise<StoredClaim | undefined> {
  return await db
    .selectFrom('claims')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('wish_id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
}

/** The organisation that somebody is a member of. */
export async function sponsorOf(db: Db, districtId: number, personId: string): Promise<StoredSponsor | undefined> {
  return await db
    .selectFrom('sponsors')
    .innerJoin('sponsor_members', (join) =>
      join
        .onRef('sponsor_members.district_id', '=', 'sponsors.district_id')
        .onRef('sponsor_members.sponsor_id', '=', 'sponsors.id'),
    )
    .selectAll('sponsors')
    .where('sponsors.district_id', '=', districtId)
    .where('sponsor_members.person_id', '=', personId)
    .executeTakeFirst()
}

/** Ids of the people of an organisation. */
export async function membersOf(db: Db, districtId: number, sponsor: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sponsor_members')
    .select('person_id')
    .where('district_id', '=', districtId)
    .where('sponsor_id', '=', sponsor)
    .orderBy('person_id')
    .execute()
  return rows.map(({ person_id }) => person_id)
}

export async function sponsorById(db: Db, { districtId, id }: Of): Promise<StoredSponsor | undefined> {
  return await db
    .selectFrom('sponsors')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}
