import type { OwnWish } from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import type { Files } from '../platform/files.ts'
import { type Doing, doings, doneOf } from './doings.ts'
import { numbersOf } from './moderation-queries.ts'
import type { StoredWish } from './queries.ts'

/** Wishes as their wishers see them. */
export async function ownWishes(files: Files, db: Db, districtId: number, wishes: StoredWish[]): Promise<OwnWish[]> {
  const found = await doings(db, districtId, wishes)
  const numbers = await numbersOf(db, districtId, wishes)
  const listed: OwnWish[] = []
  for (const wish of wishes) {
    const doing = found.get(wish.id)
    listed.push({ ...ownWish(wish, doing, numbers), done: await doneOf(files, db, wish, doing) })
  }
  return listed
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
