import { sql } from 'kysely'
import type { OwnWish } from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import type { Files } from '../platform/files.ts'
import { ofClaim } from './photo-files.ts'
import type { StoredClaim, StoredWish } from './queries.ts'

/** The claim that counts: the live one, or the one by which a wish was fulfilled. */
export type Doing = StoredClaim & { sponsorName: string }

/** Of these wishes, by id. */
export async function doings(
  db: Db,
  districtId: number,
  wishes: readonly Pick<StoredWish, 'id'>[],
): Promise<Map<string, Doing>> {
  const rows = await db
    .selectFrom('claims')
    .innerJoin('sponsors', (join) =>
      join.onRef('sponsors.district_id', '=', 'claims.district_id').onRef('sponsors.id', '=', 'claims.sponsor_id'),
    )
    .selectAll('claims')
    .select('sponsors.name as sponsorName')
    .where('claims.district_id', '=', districtId)
    .where('claims.wish_id', '=', sql<string>`any(${wishes.map(({ id }) => id)}::uuid[])`)
    .where((is) => is.or([is('ended_at', 'is', null), is('ended', '=', 'fulfilled')]))
    .execute()
  return new Map(rows.map((row) => [row.wish_id, row]))
}

const isDone = (state: StoredWish['state']) => ['delivered', 'disputed', 'fulfilled'].includes(state)

/** What was done about a wish, once there is evidence. */
export async function doneOf(
  files: Files,
  db: Db,
  { district_id: districtId, state }: StoredWish,
  doing: Doing | undefined,
): Promise<OwnWish['done']> {
  if (!doing || doing.done_on === null || !isDone(state)) return null
  const photos = await files.list(db, districtId, ofClaim(doing))
  return { note: doing.note ?? '', on: doing.done_on, photos: photos.map(({ id }) => id) }
}
