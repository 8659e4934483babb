import type { FastifyInstance, FastifyRequest } from 'fastify'
import { actorOf, lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { giveTimeAgain } from './claims.ts'
import { liveClaim, lockWish } from './queries.ts'
import { reasonIn } from './sentence.ts'
import { takeStep } from './take-step.ts'
import { tellSponsor } from './tell.ts'
import { monthAndDay } from './words.ts'

type House = Pick<FastifyInstance, 'now' | 'people' | 'sms' | 'secrets'>

/** Gives a wish that was not done after all back to whoever holds it. @throws {Refusal} unknownWish, wishState, wishReason, wishMarkup */
export async function reopen(house: House, request: FastifyRequest, id: string, why: string): Promise<void> {
  const { db, district, caller } = request
  const at = house.now()
  const reason = reasonIn(why)
  await db.transaction().execute(async (tx) => {
    const of = { districtId: district.id, id }
    const wish = await lockWish(tx, of)
    if (!wish) throw refuse.unknownWish()
    const { number } = await takeStep(tx, wish, 'reopen', { actor: actorOf(caller), role: 'staff' }, at, { reason })
    const live = (await liveClaim(tx, of))!
    const { due } = await giveTimeAgain(tx, live, at)
    const text = `第 ${number} 号心愿还没有办好，退回贵单位继续办：${reason}。请在${monthAndDay(due)}前办好，再交一次凭证。`
    await tellSponsor(house, tx, { districtId: district.id, id: live.sponsor_id }, { text, link: '/desk/holdings' }, at)
    await audit(tx, lookOf(request, `wish:${id}`, { after: { claim: live.id, due }, purpose: reason }), at)
  })
}
