import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { reviseWish } from '../../shared/wishes/api.ts'
import { isHeld } from '../../shared/wishes/states.ts'
import { lookOf } from '../people/look.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { lockWish, type StoredWish } from './queries.ts'
import { speaker } from './speaker.ts'
import { judged, takeStep } from './take-step.ts'
import { tellOfNew } from './tell-of-new.ts'
import { wanted } from './wanted.ts'

/**
 * Changes what is wished; staff look at it again.
 * @throws {Refusal} unknownWish, wishAfterClaim, wishState, wishChanged, and what `wanted` throws
 */
export async function revise(
  house: Pick<FastifyInstance, 'now'>,
  request: FastifyRequest,
  id: string,
  { ticket, revision, ...given }: Static<typeof reviseWish.body>,
): Promise<StoredWish> {
  const { db, district } = request
  const at = house.now()
  return await db.transaction().execute(async (tx) => {
    const wish = await lockWish(tx, { districtId: district.id, id })
    const by = await speaker(request, wish, ticket)
    const { community_code: community, state } = wish!
    if (isHeld(state) || state === 'fulfilled') throw refuse.wishAfterClaim()
    judged(wish!, 'revise', by.role)
    if (wish!.revision !== revision) throw refuse.wishChanged()
    const columns = await wanted(tx, given, { districtId: district.id, community, at })
    await tellOfNew(tx, { districtId: district.id, community }, at)
    const revised = await takeStep(tx, wish!, 'revise', by, at, { ...columns, reason: null })
    if (by.role === 'staff') await audit(tx, lookOf(request, `wish:${wish!.id}`, { after: { state: 'submitted' } }), at)
    return revised
  })
}
