import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Grant } from '../../shared/people/roles.ts'
import type { Sponsor } from '../../shared/wishes/claims-api.ts'
import type { Db } from '../db/database.ts'
import type { StoredPerson } from '../people/queries.ts'
import type { Of, StoredSponsor } from './queries.ts'

export type Counted = StoredSponsor & { open: number; fulfilled: number }

/** Organisations of a district by name, with how much each holds and has fulfilled. */
export async function sponsors(db: Db, districtId: number, id?: string): Promise<Counted[]> {
  const n = (condition: 'open' | 'fulfilled') =>
    condition === 'open'
      ? sql<number>`count(*) FILTER (WHERE c.ended_at IS NULL AND c.id IS NOT NULL)::integer`.as('open')
      : sql<number>`count(*) FILTER (WHERE c.ended = 'fulfilled')::integer`.as('fulfilled')
  return await db
    .selectFrom('sponsors as s')
    .leftJoin('claims as c', (join) =>
      join.onRef('c.district_id', '=', 's.district_id').onRef('c.sponsor_id', '=', 's.id'),
    )
    .selectAll('s')
    .select([n('open'), n('fulfilled')])
    .where('s.district_id', '=', districtId)
    .$if(id !== undefined, (query) => query.where('s.id', '=', id!))
    .groupBy(['s.district_id', 's.id'])
    .orderBy('s.name')
    .execute()
}

/** People of organisations, as they are registered. */
export async function memberPeople(
  db: Db,
  districtId: number,
  sponsor?: string,
): Promise<(StoredPerson & { sponsor: string })[]> {
  return await db
    .selectFrom('sponsor_members as m')
    .innerJoin('people as p', (join) =>
      join.onRef('p.district_id', '=', 'm.district_id').onRef('p.id', '=', 'm.person_id'),
    )
    .selectAll('p')
    .select('m.sponsor_id as sponsor')
    .where('m.district_id', '=', districtId)
    .$if(sponsor !== undefined, (query) => query.where('m.sponsor_id', '=', sponsor!))
    .orderBy('p.username')
    .execute()
}

const columnsOf = ({ name, fallbackFor, limit, active }: Sponsor) => ({
  ...{ name, fallback_for: fallbackFor, claim_limit: limit, active },
})

/** False where it is there already. Throws the database's own error where the name is taken. */
export async function insertSponsor(db: Db, districtId: number, sponsor: Sponsor, at: Date): Promise<boolean> {
  const made = await db
    .insertInto('sponsors')
    .values({ district_id: districtId, id: sponsor.id, ...columnsOf(sponsor), created_at: at })
    .onConflict((known) => known.columns(['district_id', 'id']).doNothing())
    .executeTakeFirst()
  return Boolean(made.numInsertedOrUpdatedRows)
}

export async function updateSponsor(db: Db, districtId: number, sponsor: Sponsor): Promise<void> {
  await db
    .updateTable('sponsors')
    .set(columnsOf(sponsor))
    .where('district_id', '=', districtId)
    .where('id', '=', sponsor.id)
    .execute()
}

export interface Candidate {
  id: string
  /** Where they have the role. */
  nodes: Pick<Grant, 'level' | 'code'>[]
  /** Of which organisation already. */
  sponsor: string | null
}

/** Those among these who have an account. */
export async function candidates(db: Db, districtId: number, people: string[]): Promise<Candidate[]> {
  const ids = people.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
  if (ids.length === 0) return []
  return await db
    .selectFrom('people as p')
    .leftJoin('sponsor_members as m', (join) =>
      join.onRef('m.district_id', '=', 'p.district_id').onRef('m.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'm.sponsor_id as sponsor'])
    .select((is) =>
      jsonArrayFrom(
        is
          .selectFrom('grants as g')
          .select(['g.level', 'g.code'])
          .where('g.district_id', '=', districtId)
          .whereRef('g.person_id', '=', 'p.id')
          .where('g.role', '=', 'sponsor'),
      ).as('nodes'),
    )
    .where('p.district_id', '=', districtId)
    .where('p.id', 'in', ids)
    .execute()
}

/** Throws the database's own error where somebody has joined another meanwhile. */
export async function replaceMembers(db: Db, { districtId, id }: Of, people: string[]): Promise<void> {
  await db.deleteFrom('sponsor_members').where('district_id', '=', districtId).where('sponsor_id', '=', id).execute()
  if (people.length === 0) return
  const rows = people.map((person_id) => ({ district_id: districtId, person_id, sponsor_id: id }))
  await db.insertInto('sponsor_members').values(rows).execute()
}
