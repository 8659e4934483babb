import type { BoardWish } from '../../shared/wishes/api.ts'
import type { Kind } from '../../shared/wishes/kinds.ts'
import type { Db } from '../db/database.ts'
import { parts } from './board-queries.ts'
import { shown } from './shown.ts'

/** These wishes as everybody may see them, in this order; what is not on the board is left out. */
export async function cardsOf(db: Db, districtId: number, ids: readonly string[]): Promise<BoardWish[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('wishes as w')
    .innerJoin('communities as place', (join) =>
      join.onRef('place.district_id', '=', 'w.district_id').onRef('place.code', '=', 'w.community_code'),
    )
    .leftJoin('claims as c', (join) =>
      join
        .onRef('c.district_id', '=', 'w.district_id')
        .onRef('c.wish_id', '=', 'w.id')
        .on((is) => is.or([is('c.ended_at', 'is', null), is('c.ended', '=', 'fulfilled')])),
    )
    .leftJoin('sponsors as holder', (join) =>
      join.onRef('holder.district_id', '=', 'c.district_id').onRef('holder.id', '=', 'c.sponsor_id'),
    )
    .select(['w.id', 'w.number', 'w.community_code', 'w.kind', 'w.text', 'w.place', 'w.cost', 'w.needed_by'])
    .select(['w.hardship', 'w.photo_id', 'w.supporters', 'w.state', 'w.opened_at', 'w.created_at'])
    .select(['place.name as communityName', 'holder.name as sponsor', 'c.due_on', 'c.ended_at'])
    .where('w.district_id', '=', districtId)
    .where('w.id', 'in', ids)
    .where('w.board', 'is not', null)
    .execute()
  const byId = new Map(
    rows.map(({ communityName, sponsor, due_on, ended_at, ...wish }) => {
      const dueOn = ended_at === null ? due_on : null
      return [wish.id, discreet(shown(wish, { communityName, sponsor, dueOn }))]
    }),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** What a wisher and an organisation disagree about is nobody else's business. */
const discreet = (card: BoardWish): BoardWish => (card.state === 'disputed' ? { ...card, state: 'delivered' } : card)

export interface FulfilledWish {
  id: string
  number: number
  communityName: string
  kind: Kind
  text: string
  sponsor: string
  doneOn: string
  note: string
  thanks: string | null
  claim: string
}

/** What was done for these wishes and may be shown, in this order. */
export async function fulfilledWishes(db: Db, districtId: number, ids: readonly string[]): Promise<FulfilledWish[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('wishes as w')
    .innerJoin('communities as place', (join) =>
      join.onRef('place.district_id', '=', 'w.district_id').onRef('place.code', '=', 'w.community_code'),
    )
    .innerJoin('claims as c', (join) =>
      join.onRef('c.district_id', '=', 'w.district_id').onRef('c.wish_id', '=', 'w.id').on('c.ended', '=', 'fulfilled'),
    )
    .innerJoin('sponsors as holder', (join) =>
      join.onRef('holder.district_id', '=', 'c.district_id').onRef('holder.id', '=', 'c.sponsor_id'),
    )
    .select(['w.id', 'w.number', 'w.kind', 'w.text', 'w.thanks', 'place.name as communityName'])
    .select(['holder.name as sponsor', 'c.id as claim', 'c.done_on', 'c.note'])
    .where('w.district_id', '=', districtId)
    .where('w.id', 'in', ids)
    .where('w.board', '=', parts.fulfilled)
    .execute()
  const byId = new Map(
    rows.map(({ done_on, note, ...row }) => [row.id, { ...row, doneOn: done_on ?? '', note: note ?? '' }]),
  )
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Words that a district does not want shown, beside those that are shipped. */
export async function ownWords(db: Db, districtId: number): Promise<string[]> {
  const rules = await db
    .selectFrom('wish_rules')
    .select('words')
    .where('district_id', '=', districtId)
    .executeTakeFirst()
  return rules?.words ?? []
}
