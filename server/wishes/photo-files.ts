import type { Db } from '../db/database.ts'
import type { Files, KeptFile } from '../platform/files.ts'
import type { StoredClaim, StoredWish } from './queries.ts'

type Owner = Pick<StoredWish | StoredClaim, 'district_id' | 'id'>

export const ofWish = ({ id }: Pick<StoredWish, 'id'>): string => `wish:${id}`
export const ofClaim = ({ id }: Pick<StoredClaim, 'id'>): string => `claim:${id}`

/** Keeps a photo that has been cleaned. */
export async function keepPhoto(
  files: Files,
  tx: Db,
  { districtId, subject, name }: { districtId: number; subject: string; name: string },
  content: Buffer,
  at: Date,
): Promise<KeptFile> {
  return await files.keep(tx, { districtId, subject, name, content, kinds: ['image/jpeg'] }, at)
}

/** Of a wish of which nothing more comes and which was not fulfilled: what was photographed for it, and by whoever held it. */
export async function forgetPhotos(files: Files, tx: Db, wish: Owner): Promise<void> {
  const { district_id: districtId, id } = wish
  const claims = await tx
    .selectFrom('claims')
    .select('id')
    .where('district_id', '=', districtId)
    .where('wish_id', '=', id)
    .execute()
  for (const subject of [ofWish(wish), ...claims.map(ofClaim)]) await files.forget(tx, districtId, subject)
  await tx
    .updateTable('wishes')
    .set({ photo_id: null })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
}
