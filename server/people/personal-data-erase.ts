import type { Erasure } from '../../shared/people/personal-data-api.ts'
import type { Db } from '../db/database.ts'
import { eraseNotices } from '../platform/notices.ts'
import { eraseMessagesTo } from '../platform/sms-queries.ts'
import { keepOneAdministrator } from './accounts.ts'
import { caps } from './attempts.ts'
import type { People } from './open.ts'
import { phoneCaps, type Subject, whoseOf } from './personal-data.ts'
import { anonymise, eraseCodes, erasePerson, eraseSignIn, sessionsHeld } from './personal-data-queries.ts'
import { byPhoneAlone, phoneIn } from './phone-code.ts'
import { grantsOfPerson, type StoredPerson } from './queries.ts'
import { nameContext, phoneHash } from './store.ts'

/**
 * Erases what is held about somebody, for good. Whoever worked here leaves an id, so that the record of what was done in
 * the district still holds. Call it in a transaction that administrators take turns in.
 * @throws {Refusal} lastAdministrator
 */
export async function erase(people: People, db: Db, districtId: number, { phone, persons }: Subject): Promise<Erasure> {
  const whose = whoseOf(districtId, { phone, persons })
  for (const { forget } of people.elsewhere) await forget(db, whose)
  const sum: Erasure = { accounts: 0, anonymised: 0, sessions: 0, notices: 0, messages: 0, signInCodes: 0 }
  for (const one of persons) {
    sum.sessions += (await sessionsHeld(db, one.id)).length
    sum.notices += await eraseNotices(db, districtId, one.id)
    sum[await eraseAccount(people, db, one)] += 1
  }
  if (phone === null) return sum
  const hash = phoneHash(people.secrets, phone)
  sum.messages = await eraseMessagesTo(db, districtId, hash)
  sum.signInCodes = await eraseCodes(db, districtId, hash)
  return sum
}

async function eraseAccount(
  { secrets, erasing }: People,
  db: Db,
  one: StoredPerson,
): Promise<'accounts' | 'anonymised'> {
  const { district_id: districtId, id } = one
  const grants = await grantsOfPerson(db, districtId, id)
  await eraseSignIn(db, id)
  for (const eraseElsewhere of erasing) await eraseElsewhere(db, districtId, id)
  const signedInByPhone = grants.length > 0 && grants.every(({ role }) => byPhoneAlone.includes(role))
  if (one.kind === 'resident' || signedInByPhone) {
    await erasePerson(db, districtId, id)
    return 'accounts'
  }
  await anonymise(db, districtId, id, secrets.seal('', nameContext(districtId, id)))
  await keepOneAdministrator(db, districtId, { one, grants })
  return 'anonymised'
}

/** What is kept outside the transaction: tries that are counted, and who was found behind a cookie. */
export async function forgetTraces(people: People, districtId: number, { phone, persons }: Subject): Promise<void> {
  const { attempts, sessions } = people
  for (const { id, username } of persons) {
    sessions.forget(id)
    await attempts.forget(caps.account, username)
  }
  for (const cap of phone === null ? [] : phoneCaps) await attempts.forget(cap, phoneIn(districtId, phone!))
}
