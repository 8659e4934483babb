import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { moderateWish } from '../../shared/wishes/desk-api.ts'
import { flagsIn } from '../../shared/wishes/flags.ts'
import type { Db } from '../db/database.ts'
import { actorOf, lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { merge, mergedInto } from './merging.ts'
import { forgetPhotos } from './photo-files.ts'
import { lockWish, type StoredWish } from './queries.ts'
import { rulesOf } from './rules.ts'
import { reasonIn } from './sentence.ts'
import { type By, judged, takeStep } from './take-step.ts'
import { tellWisher } from './tell.ts'
import { mustBeKnown, wishText } from './wanted.ts'

type Decision = Static<typeof moderateWish.body>

/** One decision on a wish whose row is held. */
export interface Deciding {
  house: Pick<FastifyInstance, 'people' | 'sms' | 'secrets' | 'files'>
  district: { id: number; code: string }
  tx: Db
  by: By
  at: Date
}

/** What is masked may be longer than what stood there. */
const MOST_MASKED = 400

/**
 * Decides on a wish, found within reach; the wisher hears of it.
 * @throws {Refusal} unknownWish, wishChanged, wishState, wishReason, wishEmpty, wishTooLong, wishMarkup, unknownService, badRequest
 */
export async function moderate(
  house: Deciding['house'] & Pick<FastifyInstance, 'now'>,
  request: FastifyRequest,
  { id }: Pick<StoredWish, 'id'>,
  decision: Decision,
): Promise<StoredWish> {
  const { db, district, caller } = request
  const at = house.now()
  return await db.transaction().execute(async (tx) => {
    const by = { actor: actorOf(caller), role: 'staff' as const }
    const deciding = { house, district, tx, by, at }
    // Two wishes are locked by ascending id, whoever is merged into whom.
    const into = await mergedInto(tx, request, id, decision)
    const wish = (await lockWish(tx, { districtId: district.id, id }))!
    judged(wish, decision.decision, 'staff')
    if (wish.revision !== decision.revision) throw refuse.wishChanged()
    const reason = decision.reason?.trim() ? reasonIn(decision.reason) : undefined
    const changed = into
      ? await merge(deciding, wish, into, reason)
      : await decide(deciding, wish, { ...decision, reason })
    const after = { state: changed.state, ...(into ? { into: into.id } : {}) }
    await audit(tx, lookOf(request, `wish:${id}`, { before: { state: wish.state }, after }), at)
    return changed
  })
}

async function decide(deciding: Deciding, wish: StoredWish, decision: Decision): Promise<StoredWish> {
  if (decision.decision === 'approve') return await approve(deciding, wish, decision)
  const { house, tx, by, at, district } = deciding
  const isReturned = decision.decision === 'return'
  if (decision.reason === undefined) throw refuse.wishReason()
  const what = isReturned ? '要改一改再提交，怎么改' : '没有通过审核，理由'
  const text = `您的第 ${wish.number} 号心愿${what}请看“我的心愿”。`
  await tellWisher(house, tx, wish, { text, link: `/w/${district.code}/own` }, at)
  if (!isReturned) await forgetPhotos(house.files, tx, wish)
  return await takeStep(tx, wish, isReturned ? 'return' : 'reject', by, at, { reason: decision.reason })
}

/** @throws {Refusal} wishState, wishEmpty, wishTooLong, wishMarkup, unknownService */
async function approve({ house, tx, by, at, district }: Deciding, wish: StoredWish, decision: Decision) {
  if (wish.needed_by !== null && wish.needed_by < chinaDay(at))
    throw refuse.wishState('希望实现的日期已经过了，请先请许愿人改日期。')
  const service = decision.service === undefined ? wish.service : decision.service
  if (service !== null && service !== wish.service) await mustBeKnown(tx, district.id, service)
  const text = decision.text === undefined ? wish.text : wishText(decision.text, MOST_MASKED)
  const flags = JSON.stringify(flagsIn(text, (await rulesOf(tx, district.id)).words))
  const message = {
    text: `您的第 ${wish.number} 号心愿通过了审核，已经放上心愿墙；有单位认领会再告诉您。`,
    link: `/w/${district.code}/own`,
  }
  await tellWisher(house, tx, wish, message, at)
  return await takeStep(tx, wish, 'approve', by, at, { text, flags, service, opened_at: at, reason: null })
}
