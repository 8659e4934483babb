import { type RawBuilder, sql } from 'kysely'
import { type Cost, costs, type Kind, kinds } from '../../shared/wishes/kinds.ts'
import type { Db } from '../db/database.ts'
import { chinaDayNumber } from '../platform/china-time.ts'

/** The parts of the board as the column `board` has them, in the order in which they are read. */
export const parts = { open: 0, held: 1, fulfilled: 2 } as const
export type Part = keyof typeof parts

export interface Wanted {
  kind?: Kind
  cost?: Cost
  community?: string
  /** Needed within so many days. */
  within?: number
}

/** A place in a part of the board: the moment in full, which a Date would cut to milliseconds. */
export interface Place {
  at: string
  id: string
}

interface Stretch {
  part: Part
  wanted: Wanted
  /** What comes after this one; the first where there is none. */
  after?: Place
  limit: number
  now: Date
  /** Wishes that stand elsewhere for whoever pages, and those that stand here for them. */
  but?: readonly string[]
  also?: readonly string[]
}

const SPAN_DAYS = 64
const day = (number: number) => sql`(DATE '1970-01-01' + ${number}::integer)`

/**
 * A stretch of one part of the board in its order: the longest waiting first, of what is fulfilled the newest. Each kind,
 * each cost and each span of days has a stretch of its own in an index, and only the heads of these are read and merged:
 * so it costs the same however many wishes there are, and however few are wanted.
 */
export async function stretch(db: Db, districtId: number, asked: Stretch): Promise<Place[]> {
  const { part, wanted, limit, but = [], also = [] } = asked
  const { kind, cost } = wanted
  const order = part === 'fulfilled' ? sql`ORDER BY board_at DESC, id DESC` : sql`ORDER BY board_at, id`
  const filtered = sql`w.district_id = ${districtId}${inCommunity(wanted)}${inTime(asked)}${from(asked)}`
  const here =
    also.length === 0
      ? sql``
      : sql`
    UNION ALL SELECT board_at, id FROM wishes w WHERE ${filtered} AND id = ANY (${also}::uuid[]) AND board IN (0, 1)
      AND kind = ANY (${kind ? [kind] : kinds}::text[]) AND cost = ANY (${cost ? [cost] : costs}::text[])`
  const { rows } = await sql<Place>`
    SELECT board_at::text AS at, id FROM (
      SELECT head.board_at, head.id
      FROM unnest(${kind ? [kind] : kinds}::text[]) AS k(kind), unnest(${cost ? [cost] : costs}::text[]) AS c(cost),
      ${spansOf(asked)}, LATERAL (
        SELECT board_at, id FROM wishes w
        WHERE ${filtered} AND board = ${parts[part]}::smallint AND w.kind = k.kind AND w.cost = c.cost
          ${wanted.within === undefined ? sql`` : sql`AND needed_span = s.span`}
          ${but.length === 0 ? sql`` : sql`AND id <> ALL (${but}::uuid[])`}
        ${order} LIMIT ${limit}
      ) AS head ${here}
    ) AS found ${order} LIMIT ${limit}`.execute(db)
  return rows
}

const inCommunity = ({ community }: Wanted) =>
  community === undefined ? sql`` : sql` AND community_code = ${community}`

/** The first and the last day that are asked for, counted since 1970. */
function daysOf({ wanted: { within = 0 }, now }: Stretch): [number, number] {
  const today = chinaDayNumber(now)
  return [today, today + within]
}

function inTime(asked: Stretch): RawBuilder<unknown> {
  if (asked.wanted.within === undefined) return sql``
  const [first, last] = daysOf(asked)
  return sql` AND needed_by BETWEEN ${day(first)} AND ${day(last)}`
}

function spansOf(asked: Stretch): RawBuilder<unknown> {
  if (asked.wanted.within === undefined) return sql`(VALUES (0)) AS s(span)`
  const [first, last] = daysOf(asked).map((number) => Math.floor(number / SPAN_DAYS))
  return sql`generate_series(${first}::integer, ${last}::integer) AS s(span)`
}

function from({ part, after }: Stretch): RawBuilder<unknown> {
  if (!after) return sql``
  const place = sql`(${after.at}::timestamptz, ${after.id}::uuid)`
  return part === 'fulfilled' ? sql` AND (board_at, id) < ${place}` : sql` AND (board_at, id) > ${place}`
}

export interface Moved {
  id: string
  wasHeld: boolean
}

/** Wishes that were claimed or let go since a moment, and whether they were held then. */
export async function movedSince(db: Db, districtId: number, since: Date): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    SELECT wish_id AS id, bool_or(claimed_at <= ${since}) AS "wasHeld" FROM (
      SELECT wish_id, claimed_at FROM claims
      WHERE district_id = ${districtId} AND ended_at IS NULL AND claimed_at > ${since}
      UNION ALL
      SELECT wish_id, claimed_at FROM claims WHERE district_id = ${districtId} AND ended_at > ${since}
    ) AS moved GROUP BY wish_id`.execute(db)
  return rows
}
