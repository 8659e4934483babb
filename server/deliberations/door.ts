import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Attendee, signIn as signInCall } from '../../shared/deliberations/attendance-api.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import {
  addTo,
  described,
  givenBy,
  isBack,
  lockForAttendance,
  type Person,
  presentOf,
  tellAttendance,
} from './attendance.ts'
import { changeParticipant, participantById, participantsOf } from './attendance-queries.ts'
import { ofDeliberation } from './found.ts'
import { inRoom } from './in-room.ts'
import { eachInTurn, openName } from './names.ts'
import { type Of, type Participant, participantBySeat, type StoredDeliberation } from './queries.ts'

type Sent = Static<typeof signInCall.body>

/** Staff sign somebody in at the door. @throws {Refusal} badRequest, roomClosed, roomFull, seatTaken, sameParticipant */
export async function signIn(
  db: Kysely<Tables>,
  secrets: Secrets,
  of: Of,
  sent: Sent,
  look: Look,
  at: Date,
): Promise<{ attendee: Attendee; isNew: boolean }> {
  const person = await givenBy(db, secrets, of, sent)
  return await inRoom(db, of, async (tx) => {
    const found = await lockForAttendance(tx, of)
    const known = await participantById(tx, of.districtId, sent.participant)
    if (known && known.deliberation_id !== of.id) throw refuse.sameParticipant()
    if (known && !known.left_at) {
      if (known.seat !== (sent.seat ?? null)) throw refuse.sameParticipant()
      return { attendee: attendeeOf(secrets, known), isNew: false }
    }
    const one = await admitted(tx, secrets, found, sent, known, person, at)
    await tellAttendance(tx, found, at)
    await audit(tx, { ...look, after: { participant: one.id, number: one.number, seat: one.seat } }, at)
    return { attendee: attendeeOf(secrets, one), isNew: known === undefined }
  })
}

/** Somebody new, or somebody who left and is back on their seat. */
async function admitted(
  tx: Db,
  secrets: Secrets,
  found: StoredDeliberation,
  { participant, seat }: Sent,
  known: Participant | undefined,
  person: Person,
  at: Date,
): Promise<Participant> {
  const of = ofDeliberation(found)
  const { districtId } = of
  const sat = seat === undefined ? undefined : await participantBySeat(tx, of, seat)
  if (sat && !sat.left_at) throw refuse.seatTaken(seat!)
  if (known) return await changeParticipant(tx, districtId, known.id, { left_at: null })
  if (sat && isBack(secrets, sat, person)) return await changeParticipant(tx, districtId, sat.id, { left_at: null })
  if (sat) await changeParticipant(tx, districtId, sat.id, { seat: null })
  const id = participant.toLowerCase()
  return await addTo(tx, found, {
    ...{ id, channel: 'seat', seat: seat ?? null, ticket_hash: null, signed_in_at: at },
    ...described(secrets, districtId, id, person),
  })
}

/** The list at the door, in the order of signing in. */
export async function attendance(db: Db, secrets: Secrets, of: Of): Promise<Attendee[]> {
  return await eachInTurn(await participantsOf(db, of), (one) => attendeeOf(secrets, one))
}

function attendeeOf(secrets: Secrets, one: Participant): Attendee {
  const { district_id, id, name, channel, compound, signed_in_at, left_at, invitee_id } = one
  return {
    ...presentOf(one),
    ...{ channel, compound, invited: invitee_id !== null },
    name: name && openName(secrets, 'participants', district_id, { id, name }),
    signedInAt: signed_in_at.toISOString(),
    leftAt: left_at?.toISOString() ?? null,
  }
}
