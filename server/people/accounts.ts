import type { Slip } from '../../shared/people/api.ts'
import { type Grant, isAdministrator } from '../../shared/people/roles.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { audit, auditAll } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { checkGrants } from './grants.ts'
import { type Asked, lookOf } from './look.ts'
import { type Managed, type Manager, managedBy } from './manager.ts'
import { nameOf } from './me.ts'
import type { People } from './open.ts'
import { accountById, administrators, type StoredPerson } from './queries.ts'
import { endSessions } from './sessions.ts'
import { isSlip, newSlip } from './slips.ts'
import {
  addPeople,
  administratorsInTurn,
  dropSecondFactor,
  type Entry,
  saveGrants,
  savePassword,
  saveStatus,
} from './store.ts'

/**
 * Adds one of the staff and prints their slip.
 * @throws {Refusal} badGrants, usernameTaken, phoneTaken
 */
export async function addPerson(
  people: People,
  request: Asked,
  manager: Manager,
  given: { username: string; name: string; phone?: string; grants: Grant[] },
): Promise<Slip> {
  checkGrants(manager, given.grants)
  const { slips } = await addStaff(people, request, [given])
  return slips[0]!
}

/** Adds staff, all of them or none. @throws {Refusal} usernameTaken, phoneTaken */
export async function addStaff(
  people: People,
  request: Asked,
  given: { username: string; name: string; phone?: string; grants: Grant[] }[],
): Promise<{ slips: Slip[] }> {
  const { db, secrets } = people
  const at = new Date()
  const printed = given.map((who) => ({ who, slip: newSlip(secrets, at) }))
  const entries = printed.map(({ who, slip }): Entry => {
    return { ...who, kind: 'staff', status: 'invited', password: slip.stored }
  })
  const ids = await forDistrict(db, request.district.id)
    .transaction()
    .execute(async (one) => {
      const ids = await addPeople(one, secrets, request.district.id, entries, at).catch(namedConflict)
      const looks = ids.map((id, i) => {
        const { username, grants } = given[i]!
        return lookOf(request, `person:${id}`, { after: { username, grants } })
      })
      await auditAll(one, looks, at)
      return ids
    })
  await people.administrator.look()
  return { slips: printed.map(({ who, slip }, i) => slipOf(ids[i]!, who, slip)) }
}

function slipOf(
  id: string,
  { username, name }: { username: string; name: string },
  slip: ReturnType<typeof newSlip>,
): Slip {
  return { person: id, username, name, code: slip.code, validUntil: slip.validUntil.toISOString() }
}

/** What the database says where somebody else was quicker. */
export function namedConflict(error: { constraint?: string }): never {
  if (error.constraint === 'people_phone_key') throw refuse.phoneTaken()
  const names = ['auth_user_username_key', 'people_username_key']
  throw names.includes(error.constraint ?? '') ? refuse.usernameTaken() : error
}

/** @throws {Refusal} unknownPerson, notOneself, notYourPerson, badGrants, lastAdministrator */
export async function changeGrants(
  people: People,
  request: Asked,
  manager: Manager,
  id: string,
  grants: Grant[],
): Promise<Managed> {
  const at = new Date()
  const after = await forDistrict(people.db, manager.districtId)
    .transaction()
    .execute(async (one) => {
      await administratorsInTurn(one)
      const found = await managedBy(one, manager, id)
      checkGrants(manager, grants)
      await saveGrants(one, manager.districtId, id, grants)
      await keepOneAdministrator(one, manager.districtId, found)
      await audit(one, lookOf(request, `person:${id}`, { before: { grants: found.grants }, after: { grants } }), at)
      return { one: found.one, grants }
    })
  people.sessions.forget(id)
  await people.administrator.look()
  return after
}

/** Disabling ends every session. @throws {Refusal} unknownPerson, notOneself, notYourPerson, lastAdministrator */
export async function changeStatus(
  people: People,
  request: Asked,
  manager: Manager,
  id: string,
  wanted: 'active' | 'disabled',
): Promise<Managed> {
  const after = await forDistrict(people.db, manager.districtId)
    .transaction()
    .execute(async (one) => {
      await administratorsInTurn(one)
      const found = await managedBy(one, manager, id)
      // Somebody who was never in is not made active by being let in again: the slip still has to be used.
      const status: StoredPerson['status'] = wanted === 'active' && (await hasSlip(one, id)) ? 'invited' : wanted
      await saveStatus(one, manager.districtId, id, status)
      if (status === 'disabled') await endSessions(one, id)
      await keepOneAdministrator(one, manager.districtId, found)
      const states = { before: { status: found.one.status }, after: { status } }
      await audit(one, lookOf(request, `person:${id}`, states), new Date())
      return { one: { ...found.one, status }, grants: found.grants }
    })
  people.sessions.forget(id)
  return after
}

async function hasSlip(db: Db, id: string): Promise<boolean> {
  const account = await accountById(db, id)
  return account?.password ? isSlip(account.password) : false
}

/** @throws {Refusal} lastAdministrator where the change would leave none */
export async function keepOneAdministrator(db: Db, districtId: number, { one, grants }: Managed): Promise<void> {
  const was = one.status !== 'disabled' && isAdministrator(grants)
  if (was && (await administrators(db, districtId)).length === 0) throw refuse.lastAdministrator()
}

/**
 * Prints a slip anew, for whoever lost theirs, forgot the password or lost the second factor: all of these end with it,
 * and every session.
 * @throws {Refusal} unknownPerson, notOneself, notYourPerson
 */
export async function renewSlip(people: People, request: Asked, manager: Manager, id: string): Promise<Slip> {
  const at = new Date()
  const slip = newSlip(people.secrets, at)
  const one = await forDistrict(people.db, manager.districtId)
    .transaction()
    .execute(async (transaction) => {
      const found = await managedBy(transaction, manager, id)
      await savePassword(transaction, id, slip.stored, at)
      await dropSecondFactor(transaction, id)
      await endSessions(transaction, id)
      if (found.one.status === 'active') await saveStatus(transaction, manager.districtId, id, 'invited')
      await audit(transaction, lookOf(request, `person:${id}`), at)
      return found.one
    })
  people.sessions.forget(id)
  return slipOf(id, { username: one.username, name: nameOf(people.secrets, one) }, slip)
}
