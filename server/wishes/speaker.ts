import type { FastifyRequest } from 'fastify'
import { managing } from '../../shared/people/permissions.ts'
import { actorOf } from '../people/look.ts'
import { mayIn } from '../people/permission.ts'
import { refuse } from '../refusals.ts'
import { isOwn } from './found.ts'
import type { StoredWish } from './queries.ts'
import type { By } from './take-step.ts'

/** As what somebody speaks for a wish: its wisher, or staff of its community. @throws {Refusal} unknownWish for everybody else */
export async function speaker(
  request: FastifyRequest,
  wish: StoredWish | undefined,
  ticket: string | undefined,
): Promise<By & { role: 'wisher' | 'staff' }> {
  const actor = actorOf(request.caller)
  if (wish && isOwn(wish, request, ticket)) return { actor, role: 'wisher' }
  if (wish && (await mayIn(request, { may: managing, at: 'reach' }, wish.community_code)))
    return { actor, role: 'staff' }
  throw refuse.unknownWish()
}

/** Whether staff posted it for somebody, who then has nothing to speak with. */
export const isPostedByStaff = ({ person_id, ticket_hash }: Pick<StoredWish, 'person_id' | 'ticket_hash'>): boolean =>
  person_id === null && ticket_hash === null
