import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { confirmWish } from '../../shared/wishes/api.ts'
import { CONFIRM_DAYS, MOST_THANKS_LENGTH } from '../../shared/wishes/kinds.ts'
import type { State } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { endClaim } from './claim-queries.ts'
import { liveClaim, lockWish, type StoredClaim, type StoredWish } from './queries.ts'
import { sentence } from './sentence.ts'
import { isPostedByStaff, speaker } from './speaker.ts'
import { type By, judged, takeStep } from './take-step.ts'
import { tellSponsor, tellStaff, tellWisher } from './tell.ts'

type House = Pick<FastifyInstance, 'now' | 'people' | 'sms' | 'secrets'>
type Said = Static<typeof confirmWish.body>

interface Judging {
  house: House
  /** Code of the district. */
  district: string
  tx: Db
  wish: StoredWish
  by: By
  at: Date
}

const DAY_MS = 86_400_000

/**
 * What the wisher, or staff for them, say of a wish that was delivered.
 * @throws {Refusal} unknownWish, wishState, wishReason, wishMarkup, confirmTooSoon
 */
export async function judge(house: House, request: FastifyRequest, id: string, said: Said): Promise<State> {
  const { db, district } = request
  const at = house.now()
  const given = cleaned(said)
  return await db.transaction().execute(async (tx) => {
    const wish = await lockWish(tx, { districtId: district.id, id })
    const by = await speaker(request, wish, said.ticket)
    const judging = { house, district: district.code, tx, wish: wish!, by, at }
    const { state } = given.done ? await confirm(judging, given) : await dispute(judging, given)
    if (by.role === 'staff') await audit(tx, lookOf(request, `wish:${wish!.id}`, { after: { state } }), at)
    return state
  })
}

function cleaned({ thanks, reason, ...rest }: Said): Said {
  const line = (text: string | undefined) => {
    const isEmpty = text === undefined || text.trim() === ''
    return isEmpty ? undefined : sentence(text, MOST_THANKS_LENGTH, () => refuse.wishReason())
  }
  return { ...rest, thanks: line(thanks), reason: line(reason) }
}

async function confirm(judging: Judging, said: Said): Promise<StoredWish> {
  const { tx, wish, by, at } = judging
  judged(wish, 'confirm', by.role)
  const { district_id: districtId, id } = wish
  const live = (await liveClaim(tx, { districtId, id }))!
  if (by.role === 'staff') mayConfirm(wish, live, said, at)
  await tellConfirmed(judging, live, said)
  await endClaim(tx, live, { ended: 'fulfilled', at })
  return await takeStep(tx, wish, 'confirm', by, at, {
    ...{ thanks: said.thanks ?? null, rating: said.rating ?? null, publish: said.publish ?? wish.publish },
    ...{ fulfilled_at: at, reason: by.role === 'staff' ? said.reason : undefined },
  })
}

/**
 * Staff speak for whoever asked them to; otherwise they wait, and thank and rate for nobody.
 * @throws {Refusal} confirmTooSoon, wishReason
 */
function mayConfirm(wish: StoredWish, { delivered_at }: StoredClaim, said: Said, at: Date): void {
  if (isPostedByStaff(wish) || said.reason !== undefined) return
  const isLate = delivered_at !== null && at.getTime() >= delivered_at.getTime() + CONFIRM_DAYS * DAY_MS
  if (wish.state !== 'disputed' && !isLate) throw refuse.confirmTooSoon(CONFIRM_DAYS)
  if (said.thanks !== undefined || said.rating !== undefined || said.publish === true) throw refuse.wishReason()
}

/** Before the step that ends the wish: after it nobody knows how to reach the wisher. */
async function tellConfirmed({ house, district, tx, wish, by, at }: Judging, live: StoredClaim, said: Said) {
  const { district_id: districtId, number } = wish
  const more = [said.rating && `打了 ${said.rating} 分`, said.thanks && '写了感谢的话'].filter(Boolean)
  const given = more.length > 0 ? `许愿人${more.join('，')}。` : ''
  const text = `第 ${number} 号心愿已经确认办好。${given}谢谢你们。`
  await tellSponsor(house, tx, { districtId, id: live.sponsor_id }, { text, link: '/desk/holdings' }, at)
  if (by.role === 'wisher') return
  const own = { text: `您的第 ${number} 号心愿，社区已经确认办好。`, link: `/w/${district}/own` }
  await tellWisher(house, tx, wish, own, at)
}

async function dispute({ tx, wish, by, at }: Judging, { reason }: Said): Promise<StoredWish> {
  if (by.role === 'staff') throw refuse.wishState('没有办好的，请用“退回继续办”，写明理由。')
  const disputed = await takeStep(tx, wish, 'dispute', by, at, { reason })
  const text = `第 ${wish.number} 号心愿，许愿人说没有办好，请了解情况后确认，或退回认领单位。`
  await tellStaff(
    tx,
    { districtId: wish.district_id, community: wish.community_code },
    { text, link: '/desk/wishes/progress?view=disputed' },
    at,
  )
  return disputed
}
