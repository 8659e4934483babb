import { sql } from 'kysely'
import type { State } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import type { Reach } from '../people/reach.ts'
import type { Of, StoredWish } from './queries.ts'
import type { Supporter } from './support-queries.ts'

/** Numbers of the wishes into which these were merged, by id. */
export async function numbersOf(
  db: Db,
  districtId: number,
  wishes: readonly Pick<StoredWish, 'merged_into'>[],
): Promise<Map<string, number>> {
  const ids = wishes.flatMap(({ merged_into }) => merged_into ?? [])
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('wishes')
    .select(['id', 'number'])
    .where('district_id', '=', districtId)
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/** Names of the communities of these wishes, by code. */
export async function communityNames(
  db: Db,
  districtId: number,
  wishes: readonly Pick<StoredWish, 'community_code'>[],
): Promise<Map<string, string>> {
  const codes = [...new Set(wishes.map(({ community_code }) => community_code))]
  const rows = await db
    .selectFrom('communities')
    .select(['code', 'name'])
    .where('district_id', '=', districtId)
    .where('code', '=', sql<string>`any(${codes})`)
    .execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}

const reached = (db: Db, districtId: number, { whole, communities }: Reach) =>
  db
    .selectFrom('wishes')
    .where('district_id', '=', districtId)
    .$if(!whole, (query) => query.where('community_code', '=', sql<string>`any(${[...communities]})`))

interface Page {
  state?: State
  fallback?: boolean
  /** Only what was posted after the wish of this number. */
  after?: number
  limit: number
}

/** Wishes within reach, the oldest first. */
export async function wishesWithin(
  db: Db,
  districtId: number,
  reach: Reach,
  { state, fallback, after, limit }: Page,
): Promise<StoredWish[]> {
  return await reached(db, districtId, reach)
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(fallback === true, (query) => query.where('fallback', '=', true))
    .$if(after !== undefined, (query) => query.where('number', '>', after!))
    .orderBy('number')
    .limit(limit)
    .execute()
}

export async function countByState(db: Db, districtId: number, reach: Reach): Promise<{ state: State; n: number }[]> {
  return await reached(db, districtId, reach)
    .select(['state', (is) => is.fn.countAll<number>().as('n')])
    .groupBy('state')
    .orderBy('state')
    .execute()
}

/** Every step of a wish, with the organisation that held it then: members come and go. */
export async function stepsOf(db: Db, { districtId, id }: Of) {
  return await db
    .selectFrom('wish_steps as s')
    .leftJoinLateral(
      (is) =>
        is
          .selectFrom('claims as c')
          .select('c.sponsor_id')
          .whereRef('c.district_id', '=', 's.district_id')
          .whereRef('c.wish_id', '=', 's.wish_id')
          .whereRef('c.claimed_at', '<=', 's.at')
          .where((one) => one.or([one('c.ended_at', 'is', null), one('c.ended_at', '>=', one.ref('s.at'))]))
          // One may be let go and taken again in the same instant.
          .orderBy(sql`c.person_id = s.actor`, 'desc')
          .orderBy('c.claimed_at', 'desc')
          .limit(1)
          .as('held'),
      (join) => join.onTrue(),
    )
    .leftJoin('sponsors as house', (join) =>
      join.onRef('house.district_id', '=', 's.district_id').onRef('house.id', '=', 'held.sponsor_id'),
    )
    .select(['s.at', 's.step', 's.from_state', 's.to_state', 's.reason', 's.role', 's.actor', 'house.name as sponsor'])
    .where('s.district_id', '=', districtId)
    .where('s.wish_id', '=', id)
    .orderBy('s.seq')
    .execute()
}

/** The wish that stays has everybody who wanted the other, its wisher among them, and each of them once. */
export async function unite(
  db: Db,
  districtId: number,
  { from, into, wisher, but }: { from: string; into: string; wisher: Supporter | null; but: readonly Buffer[] },
  at: Date,
): Promise<void> {
  const more = wisher ? sql`UNION ALL SELECT ${wisher.hash}::bytea, ${wisher.device}::bytea, ${at}::timestamptz` : sql``
  await sql`
    INSERT INTO wish_supporters (district_id, wish_id, supporter_hash, device_hash, at)
    SELECT ${districtId}::integer, ${into}::uuid, supporter_hash, device_hash, at FROM (
      SELECT supporter_hash, device_hash, at FROM wish_supporters
      WHERE district_id = ${districtId} AND wish_id = ${from} ${more}
    ) AS wanting WHERE NOT EXISTS (
      SELECT FROM (
        SELECT supporter_hash, device_hash FROM wish_supporters WHERE district_id = ${districtId} AND wish_id = ${into}
        UNION ALL SELECT hash, NULL FROM unnest(${[...but]}::bytea[]) AS hash
      ) AS known
      WHERE known.supporter_hash IN (wanting.supporter_hash, wanting.device_hash)
        OR known.device_hash IN (wanting.supporter_hash, wanting.device_hash)
    ) ON CONFLICT DO NOTHING`.execute(db)
  await sql`
    UPDATE wishes SET supporters =
      (SELECT count(*) FROM wish_supporters WHERE district_id = ${districtId} AND wish_id = ${into})
    WHERE district_id = ${districtId} AND id = ${into}`.execute(db)
  await sql`
    UPDATE wishes SET merged_into = ${into} WHERE district_id = ${districtId} AND merged_into = ${from}`.execute(db)
}
