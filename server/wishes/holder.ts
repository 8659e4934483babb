import type { FastifyRequest } from 'fastify'
import { managing } from '../../shared/people/permissions.ts'
import { isHeld } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import { actorOf } from '../people/look.ts'
import { mayIn } from '../people/permission.ts'
import { refuse } from '../refusals.ts'
import { liveClaim, lockWish, type StoredClaim, type StoredWish, sponsorById, sponsorOf } from './queries.ts'
import type { By } from './take-step.ts'

export interface Held {
  wish: StoredWish
  live: StoredClaim
  by: By
}

/**
 * A wish that somebody holds, its row locked, for its holder or for staff of its community.
 * @throws {Refusal} wishState where nobody holds it, wishTaken for other organisations, unknownWish for everybody else
 */
export async function held(tx: Db, request: FastifyRequest, id: string): Promise<Held> {
  const { caller, district } = request
  const of = { districtId: district.id, id }
  const wish = await lockWish(tx, of)
  if (!wish) throw refuse.unknownWish()
  const live = await liveClaim(tx, of)
  const mine = caller.person && (await sponsorOf(tx, district.id, caller.person.id))
  const role = await roleIn(request, wish, live !== undefined && mine?.id === live.sponsor_id)
  if (!role && !(mine && isOnBoard(wish.state))) throw refuse.unknownWish()
  if (!live) throw refuse.wishState('现在没有单位在办这个心愿，请刷新后再看。')
  if (!role) throw refuse.wishTaken((await sponsorById(tx, { districtId: district.id, id: live.sponsor_id }))!.name)
  return { wish, live, by: { actor: actorOf(caller), role } }
}

/** Whoever let a wish go, or lost it to the clock, is told so; of what was never theirs to see they hear nothing. */
const isOnBoard = (state: StoredWish['state']): boolean => state === 'open' || isHeld(state)

async function roleIn(request: FastifyRequest, wish: StoredWish, holds: boolean): Promise<By['role'] | undefined> {
  if (holds && request.caller.person?.grants.some(({ role }) => role === 'sponsor')) return 'sponsor'
  return (await mayIn(request, { may: managing, at: 'reach' }, wish.community_code)) ? 'staff' : undefined
}
