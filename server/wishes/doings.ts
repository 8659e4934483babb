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

/** What was done about these wishes, by id, once there is evidence. */
export async function donesOf(
  files: Files,
  db: Db,
  districtId: number,
  wishes: readonly StoredWish[],
  found: ReadonlyMap<string, Doing>,
): Promise<Map<string, OwnWish['done']>> {
  const done = wishes.flatMap(({ id, state }) => (isDone(state) ? (found.get(id) ?? []) : []))
  const photos = await photosOf(files, db, districtId, done)
  return new Map(
    done.flatMap((claim) => {
      const { wish_id, note, done_on: on } = claim
      return on === null ? [] : [[wish_id, { note: note ?? '', on, photos: photos.get(claim.id) ?? [] }]]
    }),
  )
}

/** Ids of the photos of each of these claims, in their order, by id of the claim. */
export async function photosOf(
  files: Files,
  db: Db,
  districtId: number,
  claims: readonly Pick<StoredClaim, 'id'>[],
): Promise<Map<string, string[]>> {
  const bySubject = new Map<string, string[]>()
  for (const { subject, id } of await files.list(db, districtId, ...claims.map(ofClaim))) {
    const known = bySubject.get(subject)
    if (known) known.push(id)
    else bySubject.set(subject, [id])
  }
  return new Map(claims.map((claim) => [claim.id, bySubject.get(ofClaim(claim)) ?? []]))
}
