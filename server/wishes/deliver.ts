import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Holding } from '../../shared/wishes/claims-api.ts'
import { MOST_EVIDENCE, MOST_NOTE_LENGTH } from '../../shared/wishes/kinds.ts'
import type { Db } from '../db/database.ts'
import { actorOf, lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import { claimsOf } from './claim-queries.ts'
import { holding } from './holdings.ts'
import { keepPhoto, ofClaim } from './photo-files.ts'
import { readPhotoForm } from './photo-form.ts'
import type { Photos } from './photos.ts'
import { liveClaim, lockWish, type StoredClaim, type StoredWish, sponsorById, sponsorOf } from './queries.ts'
import { sentence } from './sentence.ts'
import { isPostedByStaff } from './speaker.ts'
import { type By, judged, takeStep } from './take-step.ts'
import { tellStaff, tellWisher } from './tell.ts'

type House = Pick<FastifyInstance, 'files' | 'now' | 'people' | 'sms' | 'secrets'>

interface Said {
  note: string
  on: string
}

/**
 * Takes evidence in, all of it or nothing.
 * @throws {Refusal} unknownWish for whoever does not hold the wish, wishState, wrongPhoto, photoTooLarge, evidenceNeeded, wishMarkup
 */
export async function deliver(house: House, photos: Photos, request: FastifyRequest, id: string): Promise<Holding> {
  const { db, district } = request
  const { live } = await holds(db, request, id)
  await house.files.withScratch(async (folder) => {
    const { paths, fields } = await readPhotoForm(request, folder, { most: MOST_EVIDENCE, fields: ['note', 'on'] })
    const said = checked(fields, live, chinaDay(house.now()))
    const pictures: Buffer[] = []
    for (const [at, path] of paths.entries()) pictures.push(await photos.clean(path).catch(naming(at)))
    const at = house.now()
    await db.transaction().execute(async (tx) => {
      const found = await holds(tx, request, id)
      await replaceEvidence(house, tx, found.live, pictures, at)
      await writeDown(tx, found.live, said, at)
      await takeStep(tx, found.wish, 'deliver', found.by, at)
      await tell(house, tx, found, district.code, at)
      const after = { claim: found.live.id, photos: pictures.length, on: said.on }
      await audit(tx, lookOf(request, `wish:${found.wish.id}`, { after }), at)
    })
  })
  return await holding(db, { districtId: district.id, id: live.id })
}

/** Whoever sends several must know which of them cannot be taken. @throws {Refusal} wrongPhoto */
const naming =
  (at: number) =>
  (error: unknown): never => {
    const isWrong = error instanceof Refusal && error.code === 'wrong_photo'
    throw isWrong ? refuse.wrongPhoto(`第 ${at + 1} 张：${error.message}`) : error
  }

interface Held {
  wish: StoredWish
  live: StoredClaim
  by: By
}

/** @throws {Refusal} unknownWish, wishState for whoever held it last */
async function holds(tx: Db, { caller, district }: FastifyRequest, id: string): Promise<Held> {
  const of = { districtId: district.id, id }
  const wish = await lockWish(tx, of)
  const mine = caller.person && (await sponsorOf(tx, district.id, caller.person.id))
  const live = (await liveClaim(tx, of)) ?? (await claimsOf(tx, of)).at(-1)
  if (!wish || !live || mine?.id !== live.sponsor_id) throw refuse.unknownWish()
  judged(wish, 'deliver', 'sponsor')
  return { wish, live, by: { actor: actorOf(caller), role: 'sponsor' } }
}

/** @throws {Refusal} evidenceNeeded, wishMarkup */
function checked({ note = '', on = '' }: Partial<Said>, { claimed_at }: StoredClaim, today: string): Said {
  const told = sentence(note, MOST_NOTE_LENGTH, (fault) =>
    refuse.evidenceNeeded(
      fault === 'empty' ? '请写一句说明：办了什么、怎么办的。' : `说明最多 ${MOST_NOTE_LENGTH} 个字，请缩短后再提交。`,
    ),
  )
  if (!isDay(on) || on > today || on < chinaDay(claimed_at))
    throw refuse.evidenceNeeded('请填办好的日期：不早于认领那天，不晚于今天。')
  return { note: told, on }
}

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

/** What was sent back is done anew: the photos of then no longer say what was done. */
async function replaceEvidence(
  { files }: House,
  tx: Db,
  claim: StoredClaim,
  pictures: readonly Buffer[],
  at: Date,
): Promise<void> {
  const to = { districtId: claim.district_id, subject: ofClaim(claim) }
  await files.forget(tx, to.districtId, to.subject)
  // Files of a subject are listed by when they were kept.
  for (const [index, picture] of pictures.entries())
    await keepPhoto(files, tx, { ...to, name: `办结照片${index + 1}.jpg` }, picture, new Date(at.getTime() + index))
}

async function writeDown(tx: Db, { district_id, id }: StoredClaim, said: Said, at: Date): Promise<void> {
  await tx
    .updateTable('claims')
    .set({ note: said.note, done_on: said.on, delivered_at: at })
    .where('district_id', '=', district_id)
    .where('id', '=', id)
    .execute()
}

async function tell(house: House, tx: Db, { wish, live }: Held, district: string, at: Date): Promise<void> {
  const { district_id: districtId, community_code: community, number } = wish
  const who = (await sponsorById(tx, { districtId, id: live.sponsor_id }))!.name
  if (isPostedByStaff(wish)) {
    const text = `${who}交了第 ${number} 号心愿的办结凭证。这个心愿是代居民提的，请问过许愿人后确认。`
    await tellStaff(tx, { districtId, community }, { text, link: '/desk/wishes/progress?view=delivered' }, at)
  }
  const how = isPostedByStaff(wish) ? '有没有办好，请告诉社区。' : '请打开“我的心愿”看看照片，确认一下。'
  const text = `您的第 ${number} 号心愿，${who}说已经办好。${how}`
  await tellWisher(house, tx, wish, { text, link: `/w/${district}/own` }, at)
}
