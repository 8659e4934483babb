import type { OwnWish } from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import type { Files } from '../platform/files.ts'
import { type Doing, doings, donesOf } from './doings.ts'
import { numbersOf } from './moderation-queries.ts'
import type { StoredWish } from './queries.ts'

/** Wishes as their wishers see them. */
export async function ownWishes(files: Files, db: Db, districtId: number, wishes: StoredWish[]): Promise<OwnWish[]> {
  const found = await doings(db, districtId, wishes)
  const numbers = await numbersOf(db, districtId, wishes)
  const done = await donesOf(files, db, districtId, wishes, found)
  return wishes.map((wish) => ({ ...ownWish(wish, found.get(wish.id), numbers), done: done.get(wish.id) ?? null }))
}

function ownWish(wish: StoredWish, doing: Doing | undefined, numbers: Map<string, number>): Omit<OwnWish, 'done'> {
  const { merged_into: into } = wish
  return {
    ...{ id: wish.id, number: wish.number, community: wish.community_code, kind: wish.kind, text: wish.text },
    ...{ where: wish.place, cost: wish.cost, neededBy: wish.needed_by, service: wish.service, state: wish.state },
    ...{ photo: wish.photo_id, reason: wish.reason, supporters: wish.supporters },
    ...{ sponsor: doing?.sponsorName ?? null, dueOn: doing?.ended_at === null ? doing.due_on : null },
    ...{ thanks: wish.thanks, rating: wish.rating, publish: wish.publish, revision: wish.revision },
    mergedInto: into === null ? null : { id: into, number: numbers.get(into)! },
  }
}
