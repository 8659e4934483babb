import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { comeIn as comeInCall, Present } from '../../shared/deliberations/attendance-api.ts'
import { mostPeople } from '../../shared/deliberations/kinds.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { isSame } from '../people/same.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { addParticipant, changeParticipant, handOver, hasVoted, type Newcomer, takeBack } from './attendance-queries.ts'
import { hashOfTicket, ofDeliberation } from './found.ts'
import { inRoom } from './in-room.ts'
import { invitedAs, openName, plain, sameName, sealName } from './names.ts'
import {
  lockDeliberation,
  type Of,
  type Participant,
  participantBySeat,
  participantByTicket,
  type StoredDeliberation,
} from './queries.ts'
import { roomHead } from './room-queries.ts'
import { seatSecret } from './seat-card.ts'
import { withdrawAll } from './speakers.ts'
import { tell } from './tell.ts'

type Sent = Static<typeof comeInCall.body>

export const presentOf = ({ id, number, seat }: Participant): Present => ({ participant: id, number, seat })

/** People come before the room opens, until it has closed. @throws {Refusal} unknownDeliberation, roomClosed */
export async function lockForAttendance(tx: Db, of: Of): Promise<StoredDeliberation> {
  const found = await lockDeliberation(tx, of)
  if (!found) throw refuse.unknownDeliberation()
  if (found.status === 'closed') throw refuse.roomClosed()
  return found
}

/** Tells everybody how many are in the room now, and the desk that its list has changed. */
export async function tellAttendance(tx: Db, found: StoredDeliberation, at: Date): Promise<void> {
  const of = { districtId: found.district_id, id: found.id }
  const head = await roomHead(tx, found)
  await tell(
    tx,
    of,
    [
      { kind: 'head', head },
      { kind: 'desk', about: 'attendance' },
    ],
    at,
  )
}

/**
 * A phone comes in, for the first time or again. @throws {Refusal} roomClosed, roomFull, wrongSeatCard, seatTaken, cardDuringVote, sameParticipant
 */
export async function comeIn(
  db: Kysely<Tables>,
  secrets: Secrets,
  of: Of,
  sent: Sent,
  at: Date,
): Promise<{ present: Present; isNew: boolean }> {
  const { card } = sent
  if (card && !isSame(Buffer.from(card.secret), Buffer.from(seatSecret(secrets, of, card.seat))))
    throw refuse.wrongSeatCard()
  const given = await givenBy(db, secrets, of, sent)
  return await inRoom(db, of, async (tx) => {
    const found = await lockForAttendance(tx, of)
    const known = await participantByTicket(tx, of, hashOfTicket(sent.ticket))
    if (known && !known.left_at && (!card || known.seat === card.seat))
      return { present: presentOf(known), isNew: false }
    const one = await seated(tx, secrets, found, known, { ...sent, ...given }, at)
    await tellAttendance(tx, found, at)
    return { present: presentOf(one), isNew: known === undefined }
  })
}

type Given = Sent & Person

/** Whoever shows this ticket from now on: who sits on the card's seat, who came in with it before, or somebody new. */
async function seated(
  tx: Db,
  secrets: Secrets,
  found: StoredDeliberation,
  known: Participant | undefined,
  given: Given,
  at: Date,
): Promise<Participant> {
  const of = ofDeliberation(found)
  const { districtId } = of
  const seat = given.card?.seat
  const sits = seat === undefined ? undefined : await whoSits(tx, secrets, of, seat, known, given)
  if (known && (!sits || sits.id === known.id))
    return await changeParticipant(tx, districtId, known.id, { left_at: null, ...(seat && { seat }) })
  if (!sits) return await addPhone(tx, secrets, found, given, at)
  if (sits.ticket_hash && !sits.left_at) throw refuse.seatTaken(seat!)
  const person = known ? asKnown(secrets, known, given) : given
  if (known) await giveUp(tx, of, known, sits, at)
  return await changeParticipant(tx, districtId, sits.id, {
    ...{ channel: 'phone' as const, ticket_hash: hashOfTicket(given.ticket), left_at: null },
    ...(sits.name
      ? { ...consent(secrets, sits, person), invitee_id: sits.invitee_id ?? person.invitee }
      : described(secrets, districtId, sits.id, person)),
  })
}

/** A card that was given back says nothing of who had it: what they said and how they voted stays theirs. */
async function whoSits(
  tx: Db,
  secrets: Secrets,
  of: Of,
  seat: number,
  known: Participant | undefined,
  given: Given,
): Promise<Participant | undefined> {
  const sits = await participantBySeat(tx, of, seat)
  if (!sits?.left_at || sits.id === known?.id || isBack(secrets, sits, given)) return sits
  await changeParticipant(tx, of.districtId, sits.id, { seat: null })
  return undefined
}

/** Whether somebody who left a seat is who takes it now, as far as they say. */
export function isBack(secrets: Secrets, sat: Participant, { name }: Pick<Person, 'name'>): boolean {
  return sat.name && name ? isCalled(secrets, sat, sat.name, name) : !sat.name && !name
}

/** Nobody lets the minutes print a name that is not theirs. */
function consent(secrets: Secrets, sits: Participant, { name, namesMe }: Given) {
  const isOwn = !name || (sits.name !== null && isCalled(secrets, sits, sits.name, name))
  return namesMe && isOwn ? { names_me: true } : {}
}

const isCalled = (secrets: Secrets, { district_id, id }: Participant, sealed: Buffer, name: string): boolean =>
  sameName(openName(secrets, 'participants', district_id, { id, name: sealed })) === sameName(name)

/** What somebody says about themselves, and said when they came in before. */
function asKnown(secrets: Secrets, { district_id, id, ...known }: Participant, given: Given): Given {
  const { name } = known
  return {
    ...given,
    name: given.name ?? (name ? openName(secrets, 'participants', district_id, { id, name }) : undefined),
    compound: given.compound ?? known.compound ?? undefined,
    namesMe: given.namesMe || known.names_me,
    invitee: given.invitee ?? known.invitee_id,
  }
}

/**
 * One person is counted once: the sign-in before the seat card was scanned goes, and what was said under it is the seat's.
 * Votes that were counted stay under it; then it is kept for them alone, and nobody is it any more. Whoever has voted on
 * what is still open would have a second vote with the seat. @throws {Refusal} cardDuringVote
 */
async function giveUp(tx: Db, of: Of, { id }: Participant, sits: Participant, at: Date): Promise<void> {
  if (await hasVoted(tx, of, id, ['open'])) throw refuse.cardDuringVote()
  await withdrawAll(tx, of, id, at)
  await handOver(tx, of, id, sits.id)
  if (await takeBack(tx, of, id)) return
  const nobody = { name: null, compound: null, invitee_id: null, names_me: false }
  await changeParticipant(tx, of.districtId, id, { ...nobody, ticket_hash: null, seat: null, left_at: at })
}

async function addPhone(tx: Db, secrets: Secrets, found: StoredDeliberation, given: Given, at: Date) {
  const { ticket, card } = given
  const id = given.participant.toLowerCase()
  return await addTo(tx, found, {
    ...{ id, channel: 'phone', seat: card?.seat ?? null, ticket_hash: hashOfTicket(ticket), signed_in_at: at },
    ...described(secrets, found.district_id, id, given),
  })
}

/** Somebody new in a room whose row is held. @throws {Refusal} roomFull, sameParticipant */
export async function addTo(tx: Db, found: StoredDeliberation, one: Newcomer): Promise<Participant> {
  const most = mostPeople(found.kind)
  if (found.participants >= most) throw refuse.roomFull(most)
  const added = await addParticipant(tx, ofDeliberation(found), one)
  if (!added) throw refuse.sameParticipant()
  return added
}

/** What somebody says about themselves, and whom on the roster that is. */
export interface Person {
  name: string | undefined
  compound: string | undefined
  namesMe: boolean
  invitee: string | null
}

/** @throws {Refusal} badRequest */
export async function givenBy(
  db: Db,
  secrets: Secrets,
  of: Of,
  sent: { name?: string; compound?: string; namesMe?: boolean },
): Promise<Person> {
  const name = plain('name', sent.name)
  const compound = plain('compound', sent.compound)
  return { name, compound, namesMe: sent.namesMe ?? false, invitee: await invitedAs(db, secrets, of, name) }
}

export function described(
  secrets: Secrets,
  districtId: number,
  id: string,
  { name, compound, namesMe, invitee }: Person,
) {
  const sealed = name ? sealName(secrets, districtId, id, name) : null
  return { name: sealed, compound: compound ?? null, invitee_id: invitee, names_me: namesMe }
}
