import { sql } from 'kysely'
import type { Where } from '../../shared/wishes/api.ts'
import type { Cost, Kind } from '../../shared/wishes/kinds.ts'
import type { Entry } from '../../shared/wishes/ledger.ts'
import type { State } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import { chinaTime } from '../platform/china-time.ts'
import { type Chosen, isChosen } from './count-queries.ts'

interface Row {
  number: number
  community: string
  kind: Kind
  text: string
  place: Where | null
  cost: Cost
  needed_by: string | null
  service: string | null
  hardship: boolean
  supporters: number
  state: State
  created_at: Date
  opened_at: Date | null
  fulfilled_at: Date | null
  rating: number | null
  first: Date | null
  claims: number
  sponsor: string | null
  claimed_at: Date | null
  due_on: string | null
  delivered_at: Date | null
  done_on: string | null
}

export async function howMany(db: Db, chosen: Chosen): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from wishes wish where ${isChosen(chosen)}`.execute(db)
  return rows[0]!.n
}

/** The next ones after a number, at most so many. Neither who wished nor how to reach them is read. */
export async function entriesAfter(db: Db, chosen: Chosen, after: number, most: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select wish.number, community.name as community, wish.kind, wish.text, wish.place, wish.cost,
      wish.needed_by, wish.service, wish.hardship, wish.supporters, wish.state, wish.created_at, wish.opened_at,
      wish.fulfilled_at, wish.rating, of.first, of.claims, sponsor.name as sponsor, held.claimed_at,
      held.due_on, held.delivered_at, held.done_on
    from wishes wish
      join communities community on community.district_id = wish.district_id and community.code = wish.community_code
      cross join lateral (
        select min(claimed_at) as first, count(*) as claims from claims
        where district_id = wish.district_id and wish_id = wish.id
      ) as of
      left join lateral (
        select sponsor_id, claimed_at, due_on, delivered_at, done_on from claims
        where district_id = wish.district_id and wish_id = wish.id and (ended is null or ended = 'fulfilled')
        order by claimed_at desc limit 1
      ) as held on true
      left join sponsors sponsor on sponsor.district_id = wish.district_id and sponsor.id = held.sponsor_id
    where ${isChosen(chosen)} and wish.number > ${after}
    order by wish.number limit ${most}`.execute(db)
  return rows
}

const DAY_MS = 86_400_000
const minute = (at: Date | null): string | null => at && chinaTime(at).slice(0, 16).replace('T', ' ')
const days = (from: Date | null, to: Date | null): number | null =>
  from && to && (to.getTime() - from.getTime()) / DAY_MS

export function entryOf(row: Row, services: ReadonlyMap<string, string>): Entry {
  const { number, community, kind, text, cost, hardship, supporters, state, claims, sponsor, rating } = row
  return {
    ...{ number, community, kind, text, cost, hardship, supporters, state, claims, sponsor, rating },
    where: row.place,
    neededBy: row.needed_by,
    service: row.service && (services.get(row.service) ?? row.service),
    postedAt: minute(row.created_at)!,
    openedAt: minute(row.opened_at),
    firstClaimedAt: minute(row.first),
    claimedAt: minute(row.claimed_at),
    dueOn: row.due_on,
    deliveredAt: minute(row.delivered_at),
    doneOn: row.done_on,
    fulfilledAt: minute(row.fulfilled_at),
    toClaim: days(row.opened_at, row.first),
    toFulfil: days(row.claimed_at, row.fulfilled_at),
  }
}
