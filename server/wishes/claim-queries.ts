import type { Insertable } from 'kysely'
import type { Pool } from 'pg'
import type { Db } from '../db/database.ts'
import { queryIn } from '../db/district.ts'
import type { WishesTables } from '../db/tables/wishes.ts'
import type { Of, StoredClaim, StoredSponsor, StoredWish } from './queries.ts'

/** What a wish is to somebody who would claim it. */
export interface Faced extends Pick<StoredWish, 'state' | 'needed_by'> {
  holder: string | null
  /** The organisation of whoever asks. */
  mine: string | null
  active: boolean | null
  /** Of which wish a claim of this id is already, and who made it. */
  sameWish: string | null
  samePerson: string | null
}

const FACED = `SELECT w.state, w.needed_by, holder.name AS holder, mine.id AS mine, mine.active,
    same.wish_id AS "sameWish", same.person_id AS "samePerson"
  FROM wishes w
  LEFT JOIN claims live ON live.district_id = w.district_id AND live.wish_id = w.id AND live.ended_at IS NULL
  LEFT JOIN sponsors holder ON holder.district_id = live.district_id AND holder.id = live.sponsor_id
  LEFT JOIN sponsor_members m ON m.district_id = w.district_id AND m.person_id = $3
  LEFT JOIN sponsors mine ON mine.district_id = m.district_id AND mine.id = m.sponsor_id
  LEFT JOIN claims same ON same.district_id = w.district_id AND same.id = $4
  WHERE w.district_id = $1 AND w.id = $2`

/**
 * All that those who come too late are told of, without waiting for anybody: one statement that the database keeps prepared,
 * since a thousand who press at once ask it.
 */
export async function faced(
  pool: Pool,
  { districtId, id }: Of,
  { person, claim }: { person: string; claim: string },
): Promise<Faced | undefined> {
  const values = [districtId, id, person, claim]
  const { rows } = await queryIn<Faced>(pool, districtId, { name: 'faced', text: FACED, values })
  return rows[0]
}

export async function claimById(db: Db, { districtId, id }: Of): Promise<StoredClaim | undefined> {
  return await db
    .selectFrom('claims')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** An organisation, which takes no other wish until the transaction ends. */
export async function lockSponsor(db: Db, { districtId, id }: Of): Promise<StoredSponsor | undefined> {
  return await db
    .selectFrom('sponsors')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

export async function openClaims(db: Db, { districtId, id }: Of): Promise<number> {
  const { n } = await db
    .selectFrom('claims')
    .select((is) => is.fn.countAll<number>().as('n'))
    .where('district_id', '=', districtId)
    .where('sponsor_id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return n
}

/** Whether somebody of an organisation wished it: by account, by the number of one, or to be reached at a number of theirs. */
export async function isWishedBy(
  db: Db,
  { district_id: districtId, person_id }: Pick<StoredWish, 'district_id' | 'person_id'>,
  { sponsor, phoneHash }: { sponsor: string; phoneHash: Buffer | null },
): Promise<boolean> {
  const found = await db
    .selectFrom('sponsor_members as m')
    .innerJoin('people as p', (join) =>
      join.onRef('p.district_id', '=', 'm.district_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select('p.id')
    .where('m.district_id', '=', districtId)
    .where('m.sponsor_id', '=', sponsor)
    .where((is) =>
      is.or([
        is('p.id', '=', person_id),
        is('p.phone_hash', '=', phoneHash),
        is(
          'p.phone_hash',
          '=',
          is
            .selectFrom('people as wisher')
            .select('wisher.phone_hash')
            .where('wisher.district_id', '=', districtId)
            .where('wisher.id', '=', person_id),
        ),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

type NewClaim = Pick<
  Insertable<WishesTables['claims']>,
  'district_id' | 'id' | 'wish_id' | 'sponsor_id' | 'person_id' | 'claimed_at' | 'due_on'
>

export async function insertClaim(db: Db, claim: NewClaim): Promise<void> {
  await db
    .insertInto('claims')
    .values({
      ...{ ...claim, extended: false, reminded: 0, ended_at: null, ended: null, reason: null },
      ...{ note: null, done_on: null, delivered_at: null },
    })
    .execute()
}

/** Of a live claim whose wish is held. */
export async function changeClaim(
  db: Db,
  { district_id, id }: Pick<StoredClaim, 'district_id' | 'id'>,
  change: Partial<Pick<StoredClaim, 'due_on' | 'extended' | 'reminded'>>,
): Promise<void> {
  await db
    .updateTable('claims')
    .set(change)
    .where('district_id', '=', district_id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** Who has held a wish, the earliest first. */
export async function claimsOf(db: Db, { districtId, id }: Of): Promise<StoredClaim[]> {
  return await db
    .selectFrom('claims')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('wish_id', '=', id)
    .orderBy('claimed_at')
    .orderBy('id')
    .execute()
}

/** Ends the live claim of a wish whose row is held. */
export async function endClaim(
  db: Db,
  { district_id, id }: Pick<StoredClaim, 'district_id' | 'id'>,
  { ended, reason = null, at }: { ended: NonNullable<StoredClaim['ended']>; reason?: string | null; at: Date },
): Promise<void> {
  await db
    .updateTable('claims')
    .set({ ended, reason, ended_at: at })
    .where('district_id', '=', district_id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

/** Organisations that take what was let go in a community. */
export async function fallbackSponsors(db: Db, districtId: number, community: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sponsors')
    .select('id')
    .where('district_id', '=', districtId)
    .where('fallback_for', '=', community)
    .where('active', '=', true)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The wish, where somebody is a member of the organisation that holds it. */
export async function heldBy(
  db: Db,
  { districtId, id }: Of,
  person: string,
): Promise<(Pick<StoredWish, 'district_id' | 'id' | 'contact' | 'name'> & { claim: string }) | undefined> {
  return await db
    .selectFrom('wishes as w')
    .innerJoin('claims as c', (join) =>
      join.onRef('c.district_id', '=', 'w.district_id').onRef('c.wish_id', '=', 'w.id').on('c.ended_at', 'is', null),
    )
    .innerJoin('sponsor_members as m', (join) =>
      join
        .onRef('m.district_id', '=', 'c.district_id')
        .onRef('m.sponsor_id', '=', 'c.sponsor_id')
        .on('m.person_id', '=', person),
    )
    .select(['w.district_id', 'w.id', 'w.contact', 'w.name', 'c.id as claim'])
    .where('w.district_id', '=', districtId)
    .where('w.id', '=', id)
    .executeTakeFirst()
}
