import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../db/database.ts'
import { holds } from '../people/reach.ts'
import { refuse } from '../refusals.ts'
import {
  deliberationById,
  lockDeliberation,
  type Of,
  type Participant,
  participantBySeat,
  participantByTicket,
  type StoredDeliberation,
} from './queries.ts'

type Asked = Pick<FastifyRequest, 'district' | 'reach'> & { db: Db; params: { deliberation: string } }

/** The deliberation that a call of staff names, where its community is within their reach. @throws {Refusal} unknownDeliberation */
export async function within({ db, district, reach, params }: Asked): Promise<StoredDeliberation> {
  const found = await deliberationById(db, { districtId: district.id, id: params.deliberation })
  if (!found || !holds(reach, found.community_code)) throw refuse.unknownDeliberation()
  return found
}

/** The deliberation that a resident's call names: whoever knows its id has been let in. @throws {Refusal} unknownDeliberation */
export async function known({ db, district, params }: Omit<Asked, 'reach'>): Promise<StoredDeliberation> {
  const found = await deliberationById(db, { districtId: district.id, id: params.deliberation })
  if (!found) throw refuse.unknownDeliberation()
  return found
}

/** The deliberation, whose row nobody else changes until the transaction ends. @throws {Refusal} unknownDeliberation */
export async function lockedDeliberation(tx: Db, of: Of): Promise<StoredDeliberation> {
  const found = await lockDeliberation(tx, of)
  if (!found) throw refuse.unknownDeliberation()
  return found
}

export const ofDeliberation = ({ district_id, id }: StoredDeliberation): Of => ({ districtId: district_id, id })

/** Only an open room takes anything in. @throws {Refusal} roomNotYetOpen, roomClosed */
export function mustBeOpen({ status }: Pick<StoredDeliberation, 'status'>): void {
  if (status === 'planned') throw refuse.roomNotYetOpen()
  if (status === 'closed') throw refuse.roomClosed()
}

/** Tickets are stored as hashes: whoever reads the database cannot speak for anybody. */
export const hashOfTicket = (ticket: string): Buffer => createHash('sha256').update(ticket).digest()

/** Who shows this ticket and is in the room. @throws {Refusal} notPresent */
export async function presentBy(db: Db, of: Of, ticket: string): Promise<Participant> {
  const found = await participantByTicket(db, of, hashOfTicket(ticket))
  if (!found || found.left_at) throw refuse.notPresent()
  return found
}

/** Who sits there and is in the room. @throws {Refusal} seatNotPresent */
export async function presentAt(db: Db, of: Of, seat: number): Promise<Participant> {
  const found = await participantBySeat(db, of, seat)
  if (!found || found.left_at) throw refuse.seatNotPresent(seat)
  return found
}
