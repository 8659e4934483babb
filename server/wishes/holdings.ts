import type { Holding } from '../../shared/wishes/claims-api.ts'
import type { Db } from '../db/database.ts'
import type { Of, StoredClaim, StoredWish } from './queries.ts'
import { shown } from './shown.ts'

/** Nobody reads more than this, the newest first. */
const MOST_LISTED = 500

const found = (db: Db, districtId: number) =>
  db
    .selectFrom('claims as c')
    .innerJoin('wishes as w', (join) =>
      join.onRef('w.district_id', '=', 'c.district_id').onRef('w.id', '=', 'c.wish_id'),
    )
    .innerJoin('communities as place', (join) =>
      join.onRef('place.district_id', '=', 'w.district_id').onRef('place.code', '=', 'w.community_code'),
    )
    .leftJoin('claims as live', (join) =>
      join
        .onRef('live.district_id', '=', 'w.district_id')
        .onRef('live.wish_id', '=', 'w.id')
        .on('live.ended_at', 'is', null),
    )
    .leftJoin('sponsors as holder', (join) =>
      join.onRef('holder.district_id', '=', 'live.district_id').onRef('holder.id', '=', 'live.sponsor_id'),
    )
    .selectAll('w')
    .select(['c.id as claim', 'c.claimed_at', 'c.due_on', 'c.extended', 'c.ended', 'c.delivered_at'])
    .select(['c.reason as endedBecause', 'place.name as communityName'])
    .select(['live.due_on as liveDueOn', 'holder.name as holder'])
    .where('c.district_id', '=', districtId)

/** A claim as those see it who hold it. */
export async function holding(db: Db, { districtId, id }: Of): Promise<Holding> {
  return holdingOf(await found(db, districtId).where('c.id', '=', id).executeTakeFirstOrThrow())
}

/** What an organisation holds and held. */
export async function holdingsOf(db: Db, districtId: number, sponsor: string): Promise<Holding[]> {
  const rows = await found(db, districtId)
    .where('c.sponsor_id', '=', sponsor)
    .orderBy('c.claimed_at', 'desc')
    .orderBy('c.id')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(holdingOf)
}

type Row = StoredWish &
  Pick<StoredClaim, 'claimed_at' | 'due_on' | 'extended' | 'ended' | 'delivered_at'> & {
    claim: string
    endedBecause: string | null
    communityName: string
    liveDueOn: string | null
    holder: string | null
  }

function holdingOf({ claim, endedBecause, communityName, liveDueOn, holder, ...row }: Row): Holding {
  const { claimed_at, due_on, extended, ended, rating, thanks } = row
  return {
    ...{ claim, wish: shown(row, { communityName, sponsor: holder, dueOn: liveDueOn }) },
    ...{ claimedAt: claimed_at.toISOString(), dueOn: due_on, extended, live: ended === null, ended },
    ...(ended === 'fulfilled' ? { rating, thanks } : { rating: null, thanks: null }),
    reason: ended === null ? sentBackBecause(row) : endedBecause,
  }
}

/** Whoever holds a wish that was delivered once has had it sent back. */
function sentBackBecause({ state, delivered_at, reason }: Pick<Row, 'state' | 'delivered_at' | 'reason'>) {
  return state === 'claimed' && delivered_at !== null ? reason : null
}
