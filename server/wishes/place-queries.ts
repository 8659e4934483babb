import { type RawBuilder, sql } from 'kysely'
import type { Where } from '../../shared/wishes/api.ts'
import type { Kind } from '../../shared/wishes/kinds.ts'
import type { PlaceWish } from '../../shared/wishes/signals.ts'
import type { State } from '../../shared/wishes/states.ts'
import { type Stage, stageOf, type Wished } from '../../shared/wishes/wished.ts'
import type { Db } from '../db/database.ts'

/*
 * What approved wishes say, for demand and briefs.
 */

const approved = sql`state in ('open', 'claimed', 'delivered', 'disputed', 'fulfilled')`

interface Found extends PlaceWish {
  text: string
  place: Where | null
  state: State
  publish: boolean
}

/** Wishes for places with how many people each is from: whoever wished, and those who joined, among them whose wish was merged into it. */
async function found(db: Db, districtId: number, which: RawBuilder<unknown>): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select number, community_code as community, service, 1 + supporters as people, text, place, state, publish
    from wishes where district_id = ${districtId} and kind = 'place' and ${approved} and ${which}
    order by supporters desc, number`.execute(db)
  return rows
}

/** Those of which somebody knows the service. */
export async function placeWishes(db: Db, districtId: number): Promise<PlaceWish[]> {
  return await found(db, districtId, sql`service is not null`)
}

/** Undefined where the community has no approved wish. */
export async function wishedIn(db: Db, districtId: number, community: string): Promise<Wished | undefined> {
  const counted = await countedIn(db, districtId, community)
  if (counted.length === 0) return undefined
  const places = await found(db, districtId, sql`community_code = ${community}`)
  return {
    ...{ counted, atStations: await fromStations(db, districtId, community) },
    sponsors: await sponsorsIn(db, districtId, community),
    places: places.map(({ number, service, people, text, place, state, publish }) => {
      const where = place?.words ?? (place?.point ? '地图上标出的一处' : null)
      const stage = stageOf(state)!
      return { number, service, people, text, where, stage, public: stage !== 'fulfilled' || publish }
    }),
  }
}

async function countedIn(db: Db, districtId: number, community: string): Promise<Wished['counted']> {
  const { rows } = await sql<{ kind: Kind; stage: Stage; numbers: number[] }>`
    select kind, case when state in ('open', 'fulfilled') then state else 'held' end as stage,
      array_agg(number order by number) as numbers
    from wishes where district_id = ${districtId} and community_code = ${community} and ${approved}
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

async function fromStations(db: Db, districtId: number, community: string): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select number from wishes
    where district_id = ${districtId} and community_code = ${community} and ${approved} and station_id is not null
    order by number`.execute(db)
  return rows.map(({ number }) => number)
}

async function sponsorsIn(db: Db, districtId: number, community: string): Promise<Wished['sponsors']> {
  const { rows } = await sql<{ name: string; numbers: number[] }>`
    select sponsor.name, array_agg(wish.number order by wish.number) as numbers
    from wishes wish
      join claims claim on claim.district_id = wish.district_id and claim.wish_id = wish.id and claim.ended = 'fulfilled'
      join sponsors sponsor on sponsor.district_id = claim.district_id and sponsor.id = claim.sponsor_id
    where wish.district_id = ${districtId} and wish.community_code = ${community} and wish.state = 'fulfilled'
    group by sponsor.id, sponsor.name order by count(*) desc, sponsor.name collate "C"`.execute(db)
  return rows
}
