import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { lockForAttendance, tellAttendance } from './attendance.ts'
import { changeParticipant, participantById } from './attendance-queries.ts'
import { hashOfTicket } from './found.ts'
import { inRoom } from './in-room.ts'
import { type Of, type Participant, participantByTicket } from './queries.ts'
import { withdrawAll } from './speakers.ts'

type Find = (tx: Kysely<Tables>) => Promise<Participant>

/** Somebody leaves by their phone; false where they had left. @throws {Refusal} notPresent, roomClosed */
export function leave(db: Kysely<Tables>, of: Of, ticket: string, at: Date): Promise<boolean> {
  return end(db, of, at, async (tx) => {
    const found = await participantByTicket(tx, of, hashOfTicket(ticket))
    if (!found) throw refuse.notPresent()
    return found
  })
}

/** Staff write down that somebody left; false where they had. @throws {Refusal} unknownParticipant, roomClosed */
export function signOut(db: Kysely<Tables>, of: Of, id: string, look: Look, at: Date): Promise<boolean> {
  const find: Find = async (tx) => {
    const found = await participantById(tx, of.districtId, id)
    if (found?.deliberation_id !== of.id) throw refuse.unknownParticipant()
    return found
  }
  return end(db, of, at, find, look)
}

async function end(db: Kysely<Tables>, of: Of, at: Date, find: Find, look?: Look): Promise<boolean> {
  return await inRoom(db, of, async (tx) => {
    const found = await lockForAttendance(tx, of)
    const one = await find(tx)
    if (one.left_at) return false
    await changeParticipant(tx, of.districtId, one.id, { left_at: at })
    await withdrawAll(tx, of, one.id, at)
    await tellAttendance(tx, found, at)
    if (look) await audit(tx, { ...look, after: { participant: one.id, number: one.number, left: true } }, at)
    return true
  })
}
