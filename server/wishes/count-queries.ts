import { type RawBuilder, sql } from 'kysely'
import { countsOf, noSums, ranked, type Sums } from '../../shared/wishes/counts.ts'
import type { WishCounts } from '../../shared/wishes/desk-api.ts'
import { type Kind, kinds } from '../../shared/wishes/kinds.ts'
import type { Db } from '../db/database.ts'
import type { Reach } from '../people/reach.ts'

/** Which wishes are told of: those within reach that were posted from one day to another, both included, in China. */
export interface Chosen {
  districtId: number
  reach: Reach
  from?: string
  to?: string
}

const DAY_MS = 86_400_000
const midnight = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

export function isChosen({ districtId, reach, from, to }: Chosen): RawBuilder<boolean> {
  return sql<boolean>`wish.district_id = ${districtId}
    and ${reach.whole ? sql`true` : sql`wish.community_code = any(${[...reach.communities]}::text[])`}
    and ${from ? sql`wish.created_at >= ${midnight(from)}` : sql`true`}
    and ${to ? sql`wish.created_at < ${new Date(midnight(to).getTime() + DAY_MS)}` : sql`true`}`
}

type Line = Sums & { community: string | null; kind: Kind | null }

/** Over all of them, by community and by kind. Communities without any are left out. */
export async function sumsOf(db: Db, chosen: Chosen) {
  const lines = await linesOf(db, chosen)
  const of = (line: Line | undefined): WishCounts => countsOf(line ?? noSums)
  return {
    all: of(lines.find(({ community, kind }) => community === null && kind === null)),
    communities: lines
      .flatMap((line) => (line.community === null ? [] : [{ community: line.community, ...of(line) }]))
      .sort((a, b) => (a.community < b.community ? -1 : 1)),
    kinds: kinds.map((kind) => ({ kind, ...of(lines.find((line) => line.kind === kind)) })),
  }
}

/**
 * Days from the board to the first claim, and from the claim that was fulfilled to the confirmation. percentile_cont takes
 * a quantile as Hyndman and Fan's type 7 does, which is also R's and Excel's own.
 */
async function linesOf(db: Db, chosen: Chosen): Promise<Line[]> {
  const days = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) =>
    sql`extract(epoch from ${to} - ${from})::float8 / 86400`
  const { rows } = await sql<Line>`
    with chosen as (
      select wish.community_code as community, wish.kind, wish.state, claimed.first is not null as was_claimed,
        ${days(sql`wish.opened_at`, sql`claimed.first`)} as to_claim,
        ${days(sql`claimed.fulfilled`, sql`wish.fulfilled_at`)} as to_fulfil
      from wishes wish cross join lateral (
        select min(claimed_at) as first, max(claimed_at) filter (where ended = 'fulfilled') as fulfilled
        from claims where district_id = wish.district_id and wish_id = wish.id
      ) as claimed
      where ${isChosen(chosen)}
    )
    select community, kind, count(*) as posted, count(*) filter (where state = 'open') as open,
      count(*) filter (where was_claimed) as claimed, count(*) filter (where state = 'fulfilled') as fulfilled,
      percentile_cont(array[0.5, 0.9]) within group (order by to_claim) as to_claim, count(to_claim) as to_claim_n,
      percentile_cont(array[0.5, 0.9]) within group (order by to_fulfil) as to_fulfil, count(to_fulfil) as to_fulfil_n
    from chosen group by grouping sets ((), (community), (kind))`.execute(db)
  return rows
}

/** Who fulfilled how many of them, and how that was rated. */
export async function ranking(db: Db, chosen: Chosen) {
  const { rows } = await sql<{
    sponsor: string
    name: string
    fulfilled: number
    rating: number | null
    rated: number
  }>`
    select sponsor.id as sponsor, sponsor.name, count(*) as fulfilled, avg(wish.rating)::float8 as rating,
      count(wish.rating) as rated
    from claims claim
      join wishes wish on wish.district_id = claim.district_id and wish.id = claim.wish_id
      join sponsors sponsor on sponsor.district_id = claim.district_id and sponsor.id = claim.sponsor_id
    where claim.district_id = ${chosen.districtId} and claim.ended = 'fulfilled' and ${isChosen(chosen)}
    group by sponsor.id, sponsor.name`.execute(db)
  return ranked(rows)
}

/** What an organisation fulfilled in the whole district. */
export interface Deeds {
  fulfilled: number
  kinds: { kind: Kind; n: number }[]
  first: Date
  last: Date
}

/** Undefined where there is none. */
export async function deedsOf(db: Db, districtId: number, sponsor: string): Promise<Deeds | undefined> {
  const { rows } = await sql<{ kind: Kind; n: number; first: Date; last: Date }>`
    select wish.kind, count(*) as n, min(wish.fulfilled_at) as first, max(wish.fulfilled_at) as last
    from claims claim join wishes wish on wish.district_id = claim.district_id and wish.id = claim.wish_id
    where claim.district_id = ${districtId} and claim.sponsor_id = ${sponsor} and claim.ended = 'fulfilled'
      and wish.fulfilled_at is not null
    group by wish.kind`.execute(db)
  if (rows.length === 0) return undefined
  const moments = (of: 'first' | 'last') => rows.map((row) => row[of].getTime())
  return {
    fulfilled: rows.reduce((sum, { n }) => sum + n, 0),
    kinds: kinds.flatMap((kind) => rows.filter((row) => row.kind === kind).map(({ n }) => ({ kind, n }))),
    first: new Date(Math.min(...moments('first'))),
    last: new Date(Math.max(...moments('last'))),
  }
}
