import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import type { Db } from '../db/database.ts'
import type { Files } from '../platform/files.ts'
import { type Doing, doings, donesOf } from './doings.ts'
import { communityNames } from './moderation-queries.ts'
import type { StoredWish } from './queries.ts'
import { shown } from './shown.ts'

/** Wishes as staff see them, in this order. */
export async function deskWishes(files: Files, db: Db, districtId: number, wishes: StoredWish[]): Promise<DeskWish[]> {
  const found = await doings(db, districtId, wishes)
  const names = await communityNames(db, districtId, wishes)
  const done = await donesOf(files, db, districtId, wishes, found)
  return wishes.map((wish) => {
    const communityName = names.get(wish.community_code) ?? wish.community_code
    return { ...deskWish(wish, communityName, found.get(wish.id)), done: done.get(wish.id) ?? null }
  })
}

function deskWish(wish: StoredWish, communityName: string, doing: Doing | undefined): Omit<DeskWish, 'done'> {
  const live = doing?.ended_at === null ? doing : undefined
  return {
    ...shown(wish, { communityName, sponsor: doing?.sponsorName ?? null, dueOn: live?.due_on ?? null }),
    claim: live ? claimOf(live) : null,
    ...{ original: wish.original, flags: wish.flags, service: wish.service, reason: wish.reason },
    ...{ publish: wish.publish, fallback: wish.fallback, revision: wish.revision },
    ...{ createdAt: wish.created_at.toISOString(), changedAt: wish.changed_at.toISOString() },
    ...{ thanks: wish.thanks, rating: wish.rating },
  }
}

const claimOf = ({ id, sponsor_id, sponsorName, due_on, extended, reminded }: Doing): DeskWish['claim'] => ({
  ...{ id, sponsor: sponsor_id, sponsorName, dueOn: due_on, extended, reminded: reminded > 0 },
})
