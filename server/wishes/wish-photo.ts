import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isHeld, stateNames } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { keepPhoto, ofWish } from './photo-files.ts'
import { readPhotoForm } from './photo-form.ts'
import type { Photos } from './photos.ts'
import { lockWish, type StoredWish, wishById } from './queries.ts'
import { speaker } from './speaker.ts'

type House = Pick<FastifyInstance, 'files' | 'now'>

/**
 * What a wisher changes is written down nowhere else: an address in the audit would name them.
 * @throws {Refusal} unknownWish, wrongPhoto, photoTooLarge, wishAfterClaim, wishState, onePhoto
 */
export async function addPhoto(house: House, photos: Photos, request: FastifyRequest, id: string): Promise<string> {
  const { db, district } = request
  const of = { districtId: district.id, id }
  const found = await wishById(db, of)
  if (!found) throw refuse.unknownWish()
  return await house.files.withScratch(async (folder) => {
    const { paths, fields } = await readPhotoForm(request, folder, { most: 1, fields: ['ticket'] })
    const { role } = await speaker(request, found, fields.ticket)
    isChangeable(found)
    const content = await photos.clean(paths[0]!)
    const at = house.now()
    return await db.transaction().execute(async (tx) => {
      const wish = await locked(tx, of)
      if (wish.photo_id !== null) throw refuse.onePhoto()
      const kept = { districtId: district.id, subject: ofWish(wish), name: '心愿照片.jpg' }
      const photo = (await keepPhoto(house.files, tx, kept, content, at)).id
      await setPhoto(tx, wish, photo, at)
      if (role === 'staff') await audit(tx, lookOf(request, `wish:${wish.id}`, { after: { photo } }), at)
      return photo
    })
  })
}

/** @throws {Refusal} unknownWish, unknownPhoto, wishAfterClaim, wishState */
export async function removePhoto(
  house: House,
  request: FastifyRequest,
  { wish: id, photo, ticket }: { wish: string; photo: string; ticket: string | undefined },
): Promise<void> {
  const { db, district } = request
  const at = house.now()
  await db.transaction().execute(async (tx) => {
    const wish = await lockWish(tx, { districtId: district.id, id })
    const { role } = await speaker(request, wish, ticket)
    if (!wish || wish.photo_id !== photo.toLowerCase()) throw refuse.unknownPhoto()
    isChangeable(wish)
    await house.files.remove(tx, { districtId: district.id, subject: ofWish(wish), id: wish.photo_id })
    await setPhoto(tx, wish, null, at)
    const before = { photo: wish.photo_id }
    if (role === 'staff') await audit(tx, lookOf(request, `wish:${wish.id}`, { before }), at)
  })
}

/** @throws {Refusal} unknownWish, wishAfterClaim, wishState */
async function locked(tx: Db, of: { districtId: number; id: string }): Promise<StoredWish> {
  const wish = await lockWish(tx, of)
  if (!wish) throw refuse.unknownWish()
  isChangeable(wish)
  return wish
}

/** @throws {Refusal} wishAfterClaim, wishState once it was approved */
function isChangeable({ state }: StoredWish): void {
  if (state === 'submitted' || state === 'returned') return
  if (isHeld(state)) throw refuse.wishAfterClaim()
  throw refuse.wishState(`这个心愿现在是“${stateNames[state]}”，照片不能再换。`)
}

/** Whoever moderates decides on what they have seen: a photo that came since counts as a change. */
async function setPhoto(tx: Db, { district_id, id }: StoredWish, photo: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('wishes')
    .set((is) => ({ photo_id: photo, revision: is('revision', '+', 1), changed_at: at }))
    .where('district_id', '=', district_id)
    .where('id', '=', id)
    .execute()
}
