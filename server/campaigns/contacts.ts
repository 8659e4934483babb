import type { Kysely } from 'kysely'
import type { Contact, Outcome } from '../../shared/campaigns/api.ts'
import type { Tables } from '../db/tables.ts'
import { community } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import {
  addContact,
  contactsOf,
  type FoundContact,
  findContact,
  noteChange,
  type Of,
  type StoredContact,
  takeContactBack,
} from './queries.ts'

type Db = Kysely<Tables>

export interface Sent {
  id: string
  outcome: Outcome
  doors: number
  /** The day of the visit, where it is not today. */
  day?: string
}

const DAY_MS = 86_400_000
const LONGEST_AGO_DAYS = 60
const MOST_LISTED = 200

/**
 * Records visits without an answer; false where the same came before.
 * @throws {Refusal} unknownCommunity, badContactDay, otherContact
 */
export async function record(db: Db, of: Of, code: string, sent: Sent, look: Look, at: Date): Promise<boolean> {
  if (!(await community(db, of.districtId, code))) throw refuse.unknownCommunity()
  const today = chinaDay(at)
  const day = sent.day ?? today
  if (day > today || day < chinaDay(new Date(at.getTime() - LONGEST_AGO_DAYS * DAY_MS)))
    throw refuse.badContactDay(LONGEST_AGO_DAYS)
  const { id, outcome, doors } = sent
  const contact = { id: id.toLowerCase(), day, outcome, doors, actor: look.actor, recordedAt: at }
  const isNew = await db.transaction().execute(async (one) => {
    if (!(await addContact(one, of, code, contact))) return false
    await noteChange(one, of, [code])
    await audit(one, { ...look, after: { survey: of.survey, community: code, day, outcome, doors } }, at)
    return true
  })
  if (isNew) return true
  const known = await findContact(db, of.districtId, contact.id)
  // A day that was left to the server may have become another since.
  if (!known || !isSame(known, of, code, sent.day ? contact : { ...contact, day: known.day }))
    throw refuse.otherContact()
  return false
}

function isSame(known: FoundContact, { survey }: Of, code: string, { day, outcome, doors, actor }: StoredContact) {
  const here = known.survey === survey && known.community === code && known.actor === actor
  return here && known.day === day && known.outcome === outcome && known.doors === doors
}

/** The newest contacts of a community, as somebody sees them. */
export async function listed(db: Db, of: Of, code: string, actor: string, isManager: boolean): Promise<Contact[]> {
  const found = await contactsOf(db, of, code, MOST_LISTED)
  return found.map(({ id, day, outcome, doors, recordedAt, actor: by }) => {
    const mine = by === actor
    return { id, day, outcome, doors, recordedAt: recordedAt.toISOString(), mine, undoable: mine || isManager }
  })
}

/**
 * Takes a contact back; false where that had been done. Its id stays, so that it does not count again when it is sent again.
 * @throws {Refusal} unknownContact, notYourContact for somebody else's, unless one has people of one's own there
 */
export async function undo(
  db: Db,
  of: Of,
  code: string,
  id: string,
  look: Look,
  isManager: boolean,
  at: Date,
): Promise<boolean> {
  const known = await findContact(db, of.districtId, id.toLowerCase())
  if (!known || known.survey !== of.survey || known.community !== code) throw refuse.unknownContact()
  if (known.actor !== look.actor && !isManager) throw refuse.notYourContact()
  const { day, outcome, doors } = known
  return await db.transaction().execute(async (one) => {
    if (!(await takeContactBack(one, of.districtId, known.id, at))) return false
    await noteChange(one, of, [code])
    await audit(one, { ...look, before: { survey: of.survey, community: code, day, outcome, doors } }, at)
    return true
  })
}
