import type { FastifyRequest } from 'fastify'
import { daysAfter } from '../../shared/wishes/deadlines.ts'
import { lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { changeClaim } from './claim-queries.ts'
import type { Ground } from './claims.ts'
import { held } from './holder.ts'
import { letGo } from './letting-go.ts'
import { rulesOf } from './rules.ts'
import { reasonIn } from './sentence.ts'
import { takeStep } from './take-step.ts'
import { tellSponsor, tellWisher } from './tell.ts'
import { monthAndDay } from './words.ts'

interface Told {
  wish: string
  reason: string
}

/** Lengthens a claim once; returns its id. @throws {Refusal} wishReason, wishMarkup, unknownWish, wishState, extendedAlready */
export async function extend(ground: Ground, request: FastifyRequest, told: Told, at: Date): Promise<string> {
  const { db, house, district } = ground
  const reason = reasonIn(told.reason)
  return await db.transaction().execute(async (tx) => {
    const { wish, live, by } = await held(tx, request, told.wish)
    if (wish.state === 'claimed' && live.extended) throw refuse.extendedAlready()
    // From today where nothing ran on the day it was due.
    const today = chinaDay(at)
    const from = live.due_on > today ? live.due_on : today
    const due = daysAfter(from, (await rulesOf(tx, district.id)).extensionDays)
    // The reminder before the end comes again before the new one.
    await changeClaim(tx, live, { due_on: due, extended: true, reminded: Math.min(live.reminded, 1) })
    const text = `第 ${wish.number} 号心愿的办理期限延长到${monthAndDay(due)}。`
    if (by.role === 'staff') {
      const message = { text: `${text}理由：${reason}`, link: '/desk/holdings' }
      await tellSponsor(house, tx, { districtId: district.id, id: live.sponsor_id }, message, at)
    }
    await tellWisher(house, tx, wish, { text: `您的${text}`, link: `/w/${district.code}/own` }, at)
    await takeStep(tx, wish, 'extend', by, at, { reason })
    const more = { before: { due: live.due_on }, after: { claim: live.id, due }, purpose: reason }
    await audit(tx, lookOf(request, `wish:${wish.id}`, more), at)
    return live.id
  })
}

/** Gives a wish back to the board. @throws {Refusal} wishReason, wishMarkup, unknownWish, wishState */
export async function release(ground: Ground, request: FastifyRequest, told: Told, at: Date): Promise<void> {
  const { db, house, district } = ground
  const reason = reasonIn(told.reason)
  await db.transaction().execute(async (tx) => {
    const { wish, live, by } = await held(tx, request, told.wish)
    if (by.role === 'staff') {
      const message = { text: `社区收回了第 ${wish.number} 号心愿：${reason}。`, link: '/desk/holdings' }
      await tellSponsor(house, tx, { districtId: district.id, id: live.sponsor_id }, message, at)
    }
    await letGo(ground, tx, wish, live, { step: 'release', by, reason, what: '被退回' }, at)
    const more = { before: { claim: live.id, sponsor: live.sponsor_id }, purpose: reason }
    await audit(tx, lookOf(request, `wish:${wish.id}`, more), at)
  })
}
