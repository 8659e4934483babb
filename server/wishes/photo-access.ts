import type { FastifyRequest } from 'fastify'
import { permissions } from '../../shared/people/permissions.ts'
import { listWishes } from '../../shared/wishes/desk-api.ts'
import { isHeld } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import { mayIn } from '../people/permission.ts'
import type { KeptFile } from '../platform/files.ts'
import { claimsOf } from './claim-queries.ts'
import { isOwn } from './found.ts'
import { ofClaim, ofWish } from './photo-files.ts'
import { type StoredClaim, type StoredWish, sponsorOf } from './queries.ts'

/** Those who read the list of wishes at the desk also see what belongs to them. */
const desk = permissions[`${listWishes.method} ${listWishes.url}`]!

/** Whether a file is a photo of this wish that whoever asks may see. */
export async function maySee(
  request: FastifyRequest,
  db: Db,
  wish: StoredWish,
  { id, subject }: Pick<KeptFile, 'id' | 'subject'>,
  ticket?: string,
): Promise<boolean> {
  const isOfWish = subject === ofWish(wish) && wish.photo_id === id
  const claims = await claimsOf(db, { districtId: wish.district_id, id: wish.id })
  const claim = claims.find((one) => subject === ofClaim(one))
  if (!isOfWish && !claim) return false
  const isEverybodys = claim ? isShown(wish, claim) : isOnBoard(wish)
  if (isEverybodys || isOwn(wish, request, ticket)) return true
  const holder = claim ?? claims.find(({ ended }) => ended === 'fulfilled')
  return (await isMember(request, db, holder)) || (await isStaff(request, wish))
}

async function isStaff(request: FastifyRequest, wish: StoredWish): Promise<boolean> {
  return request.caller.kind === 'local' || (await mayIn(request, desk, wish.community_code))
}

const isPublished = ({ state, publish }: StoredWish) => state === 'fulfilled' && publish
const isOnBoard = (wish: StoredWish) => wish.state === 'open' || isHeld(wish.state) || isPublished(wish)
const isShown = (wish: StoredWish, { ended }: StoredClaim) => isPublished(wish) && ended === 'fulfilled'

async function isMember({ caller }: FastifyRequest, db: Db, claim: StoredClaim | undefined): Promise<boolean> {
  if (!claim || !caller.person || caller.person.districtId !== claim.district_id) return false
  return (await sponsorOf(db, claim.district_id, caller.person.id))?.id === claim.sponsor_id
}
