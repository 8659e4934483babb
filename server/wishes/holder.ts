import type { FastifyRequest } from 'fastify'
import { managing } from '../../shared/people/permissions.ts'
import type { Db } from '../db/database.ts'
import { actorOf } from '../people/look.ts'
import { mayIn } from '../people/permission.ts'
import { refuse } from '../refusals.ts'
import { liveClaim, lockWish, type StoredClaim, type StoredWish, sponsorOf } from './queries.ts'
import type { By } from './take-step.ts'

export interface Held {
  wish: StoredWish
  live: StoredClaim
  by: By
}

/**
 * A wish that somebody holds, its row locked, for its holder or for staff of its community.
 * @throws {Refusal} unknownWish for everybody else, wishState where nobody holds it
 */
export async function held(tx: Db, request: FastifyRequest, id: string): Promise<Held> {
  const { caller, district } = request
  const of = { districtId: district.id, id }
  const wish = await lockWish(tx, of)
  if (!wish) throw refuse.unknownWish()
  const live = await liveClaim(tx, of)
  const mine = caller.person && (await sponsorOf(tx, district.id, caller.person.id))
  const role = await roleIn(request, wish, live !== undefined && mine?.id === live.sponsor_id)
  if (!role) throw refuse.unknownWish()
  if (!live) throw refuse.wishState('现在没有单位在办这个心愿，请刷新后再看。')
  return { wish, live, by: { actor: actorOf(caller), role } }
}

async function roleIn(request: FastifyRequest, wish: StoredWish, holds: boolean): Promise<By['role'] | undefined> {
  if (holds && request.caller.person?.grants.some(({ role }) => role === 'sponsor')) return 'sponsor'
  return (await mayIn(request, { may: managing, at: 'reach' }, wish.community_code)) ? 'staff' : undefined
}
