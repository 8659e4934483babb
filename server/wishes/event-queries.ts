import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { parts } from './board-queries.ts'

/** How often the board of a district has changed. */
export async function boardSeq(db: Db, districtId: number): Promise<number> {
  const row = await db
    .selectFrom('wish_counters')
    .select('seq')
    .where('district_id', '=', districtId)
    .executeTakeFirst()
  return row?.seq ?? 0
}

/** For screens that follow the board. The row of the wish is held already. */
export async function boardChanged(tx: Db, districtId: number): Promise<void> {
  await tx
    .insertInto('wish_counters')
    .values({ district_id: districtId, numbers: 0, seq: 1 })
    .onConflict((known) => known.column('district_id').doUpdateSet({ seq: sql<number>`wish_counters.seq + 1` }))
    .execute()
}

interface Of {
  districtId: number
  community?: string
}

export interface NewestClaim {
  number: number
  sponsor: string
  at: Date
}

/** The newest claims that are still held. */
export async function newestClaims(db: Db, { districtId, community }: Of, limit: number): Promise<NewestClaim[]> {
  const where =
    community === undefined
      ? sql``
      : // The wishes of one community first: its claims may lie far apart among those of the district.
        sql`AND c.wish_id IN (SELECT id FROM wishes WHERE district_id = ${districtId} AND community_code = ${community}
            AND board = ${parts.held}::smallint)`
  const { rows } = await sql<NewestClaim>`
    SELECT w.number, s.name AS sponsor, c.claimed_at AS at
    FROM (SELECT wish_id, sponsor_id, claimed_at, id FROM claims c
      WHERE c.district_id = ${districtId} AND c.ended_at IS NULL ${where}
      ORDER BY c.claimed_at DESC, c.id LIMIT ${limit}) AS c
    JOIN wishes w ON w.district_id = ${districtId} AND w.id = c.wish_id
    JOIN sponsors s ON s.district_id = ${districtId} AND s.id = c.sponsor_id
    ORDER BY c.claimed_at DESC, c.id`.execute(db)
  return rows
}

export interface Totals {
  open: number
  claimed: number
  fulfilled: number
}

export async function totalsOf(db: Db, { districtId, community }: Of): Promise<Totals> {
  const { rows } = await sql<{ state: string; n: number }>`
    SELECT state, count(*) AS n FROM wishes
    WHERE district_id = ${districtId} ${community === undefined ? sql`` : sql`AND community_code = ${community}`}
      AND state IN ('open', 'claimed', 'delivered', 'disputed', 'fulfilled')
    GROUP BY state`.execute(db)
  const sum = (...states: string[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((before, { n }) => before + n, 0)
  return { open: sum('open'), claimed: sum('claimed', 'delivered', 'disputed'), fulfilled: sum('fulfilled') }
}
