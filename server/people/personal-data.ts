import type { PersonalData } from '../../shared/people/personal-data-api.ts'
import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { type AuditEntry, entriesAbout } from '../platform/audit.ts'
import { readable } from '../platform/sms.ts'
import { messagesTo } from '../platform/sms-queries.ts'
import { caps } from './attempts.ts'
import { lineOf } from './audit-line.ts'
import { nameOf } from './me.ts'
import type { People, Whose } from './open.ts'
import { codesHeld, noticesHeld, sessionsHeld } from './personal-data-queries.ts'
import { phoneIn } from './phone-code.ts'
import { accountById, grantsOfPerson, type StoredPerson } from './queries.ts'
import { phoneContext, phoneHash } from './store.ts'

/** Whose data is meant: a phone number, and the accounts that belong to it. Staff may be registered without a number. */
export interface Subject {
  phone: string | null
  persons: StoredPerson[]
}

/** Counters that are kept by phone number. */
export const phoneCaps = [caps.phoneMinute, caps.phoneHour, caps.phoneDay]

/** The number of somebody with an account, where they have one. */
export function phoneOf({ secrets }: People, { district_id, id, phone }: StoredPerson): string | null {
  return phone && secrets.open(phone, phoneContext(district_id, id))
}

/** Everything that is held about somebody in a district. */
export async function collect(
  people: People,
  db: Db,
  district: Pick<District, 'id' | 'code'>,
  { phone, persons }: Subject,
  at: Date,
): Promise<PersonalData> {
  const accounts: PersonalData['accounts'] = []
  for (const one of persons) accounts.push(await accountOf(people, db, one))
  const ofPhone =
    phone === null ? { messages: [], signInCodes: [], counters: [] } : await byPhone(people, db, district.id, phone)
  const whose = whoseOf(district.id, { phone, persons })
  const elsewhere: PersonalData['elsewhere'] = []
  for (const { held } of people.elsewhere) elsewhere.push(...(await held(db, whose)))
  return { district: district.code, madeAt: at.toISOString(), phone, accounts, ...ofPhone, elsewhere }
}

/** The same as other rooms are told. */
export const whoseOf = (districtId: number, { phone, persons }: Subject): Whose => ({
  ...{ districtId, phone, persons: persons.map(({ id }) => id) },
})

async function accountOf(people: People, db: Db, one: StoredPerson): Promise<PersonalData['accounts'][number]> {
  const { district_id: districtId, id, username, kind, status, created_at, last_seen_at } = one
  const sessions = (await sessionsHeld(db, id)).map(({ created_at, updated_at, ip_address, user_agent }) => ({
    ...{ startedAt: created_at.toISOString(), seenAt: updated_at.toISOString() },
    ...{ from: ip_address, device: user_agent },
  }))
  const notices = (await noticesHeld(db, districtId, id)).map(({ text, created_at, read_at }) => ({
    ...{ text, createdAt: created_at.toISOString(), readAt: read_at?.toISOString() ?? null },
  }))
  return {
    ...{ id, username, status, sessions, notices },
    kind: kind === 'staff' ? 'staff' : 'resident',
    name: nameOf(people.secrets, one),
    phone: phoneOf(people, one),
    grants: await grantsOfPerson(db, districtId, id),
    secondFactor: (await accountById(db, id))?.secondFactor ?? false,
    createdAt: created_at.toISOString(),
    lastSeenAt: last_seen_at?.toISOString() ?? null,
    audit: (await entriesAbout(db, districtId, id)).map((entry) => ownLine(id, entry)),
  }
}

/** Of what others did to the person it says what, not from where; of what the person did to others, not what they were or became. */
function ownLine(id: string, entry: AuditEntry) {
  const line = lineOf(entry)
  if (entry.actor !== id) return { ...line, from: null }
  return entry.subject === `person:${id}` ? line : { ...line, before: null, after: null }
}

async function byPhone({ secrets, attempts }: People, db: Db, districtId: number, phone: string) {
  const hash = phoneHash(secrets, phone)
  const messages = (await messagesTo(db, districtId, hash)).map((sms) => ({
    ...{
      purpose: sms.purpose,
      status: sms.status,
      text: sms.body && readable(secrets, sms).text,
      createdAt: sms.createdAt.toISOString(),
    },
  }))
  const codes = (await codesHeld(db, districtId, hash)).map(({ tries, until }) => {
    return { tries, validUntil: until.toISOString() }
  })
  const counters: PersonalData['counters'] = []
  for (const cap of phoneCaps) {
    const counted = await attempts.counted(cap, phoneIn(districtId, phone))
    if (counted) counters.push({ what: cap.name, tries: counted.tries, until: counted.until.toISOString() })
  }
  return { messages, signInCodes: codes, counters }
}
