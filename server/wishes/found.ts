import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/database.ts'
import { holds } from '../people/reach.ts'
import { refuse } from '../refusals.ts'
import { type StoredWish, wishById } from './queries.ts'

type Asked = Pick<FastifyRequest, 'district' | 'reach'> & { db: Db; params: { wish: string } }

/** The wish that a call of staff or sponsors names, where its community is within their reach. @throws {Refusal} unknownWish */
export async function within({ db, district, reach, params }: Asked): Promise<StoredWish> {
  const found = await wishById(db, { districtId: district.id, id: params.wish })
  if (!found || !holds(reach, found.community_code)) throw refuse.unknownWish()
  return found
}

/** Tickets are stored as hashes: whoever reads the database cannot speak for anybody. */
export const hashOfTicket = (ticket: string): Buffer => createHash('sha256').update(ticket).digest()

/** Whether it is the wish of whoever shows this ticket or has signed in. */
export function isOwn(
  wish: Pick<StoredWish, 'ticket_hash' | 'person_id'>,
  { caller }: Pick<FastifyRequest, 'caller'>,
  ticket: string | undefined,
): boolean {
  if (caller.person && wish.person_id === caller.person.id) return true
  return ticket !== undefined && wish.ticket_hash?.equals(hashOfTicket(ticket)) === true
}
