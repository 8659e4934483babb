import type { FastifyInstance } from 'fastify'
import type { Db } from '../db/database.ts'
import { phoneOf } from '../people/personal-data.ts'
import { administrators, person, secretariesOf } from '../people/queries.ts'
import { notify } from '../platform/notices.ts'
import { contactOf } from './contact.ts'
import { membersOf, type StoredWish } from './queries.ts'

type House = Pick<FastifyInstance, 'people' | 'sms' | 'secrets'>

interface Message {
  /** Whole sentences, without a wisher's name, number or words. */
  text: string
  /** A page of ours, from the slash on. */
  link: string
}

const signed = (text: string) => `【以需】${text}`
const isMobile = (phone: string) => /^1\d{10}$/.test(phone)

/** Tells a wisher by text message, as long as their number is known, and in their inbox where they have signed in. */
export async function tellWisher(house: House, tx: Db, wish: StoredWish, message: Message, at: Date): Promise<void> {
  const { district_id: districtId, person_id: id } = wish
  if (id !== null && (await person(tx, districtId, id))) await notify(tx, { districtId, person: id, ...message }, at)
  const phone = contactOf(house.secrets, wish)?.phone
  if (phone && isMobile(phone))
    await house.sms.send(tx, { districtId, phone, text: signed(message.text), purpose: 'wish' }, at)
}

/** Tells everybody of an organisation, in the inbox and by text message. */
export async function tellSponsor(
  house: House,
  tx: Db,
  { districtId, id }: { districtId: number; id: string },
  message: Message,
  at: Date,
): Promise<void> {
  for (const member of await membersOf(tx, districtId, id)) {
    const known = await person(tx, districtId, member)
    if (!known || known.status === 'disabled') continue
    await notify(tx, { districtId, person: member, ...message }, at)
    const phone = phoneOf(house.people, known)
    if (phone) await house.sms.send(tx, { districtId, phone, text: signed(message.text), purpose: 'wish' }, at)
  }
}

/** Tells the secretaries of a community, or the administrators where it has none. */
export async function tellStaff(
  tx: Db,
  { districtId, community }: { districtId: number; community: string },
  message: Message,
  at: Date,
): Promise<void> {
  const secretaries = await secretariesOf(tx, districtId, community)
  const told = secretaries.length > 0 ? secretaries : await administrators(tx, districtId)
  for (const one of told) await notify(tx, { districtId, person: one, ...message }, at)
}
