import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Db } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { endClaim } from './claim-queries.ts'
import { forgetPhotos } from './photo-files.ts'
import { liveClaim, lockWish, type StoredWish } from './queries.ts'
import { reasonIn } from './sentence.ts'
import { speaker } from './speaker.ts'
import { type By, judged, takeStep } from './take-step.ts'
import { tellSponsor, tellWisher } from './tell.ts'

type House = Pick<FastifyInstance, 'now' | 'people' | 'sms' | 'secrets' | 'files'>

interface Asked {
  wish: string
  ticket: string | undefined
  reason: string | undefined
}

/** Takes a wish back; taken back twice it is taken back. @throws {Refusal} unknownWish, wishState, wishMarkup */
export async function withdraw(
  house: House,
  request: FastifyRequest,
  { wish: id, ticket, reason }: Asked,
): Promise<void> {
  const { db, district } = request
  const at = house.now()
  const said = reason?.trim() ? reasonIn(reason) : undefined
  await db.transaction().execute(async (tx) => {
    const wish = await lockWish(tx, { districtId: district.id, id })
    const by = await speaker(request, wish, ticket)
    if (wish!.state === 'withdrawn') return
    if (by.role === 'staff') {
      const own = { text: `您的第 ${wish!.number} 号心愿，社区已经替您撤回。`, link: `/w/${district.code}/own` }
      await tellWisher(house, tx, wish!, own, at)
    }
    await takeBack(house, tx, wish!, by, at, said)
    if (by.role === 'staff')
      await audit(tx, lookOf(request, `wish:${wish!.id}`, { before: { state: wish!.state } }), at)
  })
}

/** A wish whose row is held; whoever was about to fulfil it hears that they need not. @throws {Refusal} wishState */
export async function takeBack(
  house: House,
  tx: Db,
  wish: StoredWish,
  by: By,
  at: Date,
  reason?: string,
): Promise<void> {
  judged(wish, 'withdraw', by.role)
  const { district_id: districtId, id, number } = wish
  const live = await liveClaim(tx, { districtId, id })
  if (live) {
    await endClaim(tx, live, { ended: 'withdrawn', reason, at })
    const text = `第 ${number} 号心愿已经撤回，不用再办；东西已经备好的，请同社区说一声。谢谢你们。`
    await tellSponsor(house, tx, { districtId, id: live.sponsor_id }, { text, link: '/desk/holdings' }, at)
  }
  await forgetPhotos(house.files, tx, wish)
  await takeStep(tx, wish, 'withdraw', by, at, { reason })
}
