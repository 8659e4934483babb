import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Grant, isAdministrator } from '../../shared/people/roles.ts'
import type { Db } from '../db/database.ts'
import { locks } from '../db/locks.ts'
import { contextIn } from '../platform/sealed-columns.ts'
import type { Secrets } from '../platform/secrets.ts'

/** Somebody who is to have an account. */
export interface Entry {
  username: string
  name: string
  phone?: string
  grants: Grant[]
  kind: 'staff' | 'resident'
  status: 'invited' | 'active'
  /** Hash of a password, or a slip; null for those who sign in by phone. */
  password: string | null
}

const ROWS_A_STATEMENT = 500

/** Adds people with account and grants. Call it in a transaction. Throws the database's own error where a username or phone is taken. */
export async function addPeople(
  db: Db,
  secrets: Secrets,
  districtId: number,
  entries: Entry[],
  at: Date,
): Promise<string[]> {
  const made = entries.map((entry) => ({ ...entry, id: randomUUID() }))
  for (let i = 0; i < made.length; i += ROWS_A_STATEMENT) {
    const some = made.slice(i, i + ROWS_A_STATEMENT)
    const moments = { created_at: at, updated_at: at }
    await db
      .insertInto('auth_user')
      .values(
        some.map(({ id, username, grants }) => ({
          id,
          name: username,
          email: `${id}@staff.invalid`,
          username,
          district_id: districtId,
          administrator: isAdministrator(grants),
          ...moments,
        })),
      )
      .execute()
    await db
      .insertInto('auth_account')
      .values(
        some.map(({ id, password }) => ({
          id: randomUUID(),
          account_id: id,
          provider_id: 'credential',
          user_id: id,
          password,
          ...moments,
        })),
      )
      .execute()
    await db
      .insertInto('people')
      .values(
        some.map(({ id, kind, username, name, phone, status }) => ({
          district_id: districtId,
          id,
          kind,
          username,
          name: secrets.seal(name, nameContext(districtId, id)),
          phone: phone === undefined ? null : secrets.seal(phone, phoneContext(districtId, id)),
          phone_hash: phone === undefined ? null : phoneHash(secrets, phone),
          status,
          created_at: at,
        })),
      )
      .execute()
    const grants = some.flatMap(({ id, grants }) => grantRows(districtId, id, grants))
    if (grants.length > 0) await db.insertInto('grants').values(grants).execute()
  }
  return made.map(({ id }) => id)
}

/** Puts these grants in the place of all that a person had. Call it in a transaction. */
export async function saveGrants(db: Db, districtId: number, personId: string, grants: Grant[]): Promise<void> {
  await db.deleteFrom('grants').where('district_id', '=', districtId).where('person_id', '=', personId).execute()
  const rows = grantRows(districtId, personId, grants)
  if (rows.length > 0) await db.insertInto('grants').values(rows).execute()
  await db
    .updateTable('auth_user')
    .set({ administrator: isAdministrator(grants) })
    .where('id', '=', personId)
    .execute()
}

function grantRows(district_id: number, person_id: string, grants: Grant[]) {
  const once = new Map(grants.map((grant) => [`${grant.role} ${grant.level} ${grant.code}`, grant]))
  return [...once.values()].map(({ role, level, code }) => ({
    district_id,
    id: randomUUID(),
    person_id,
    role,
    level,
    code,
  }))
}

/** Puts a hash or a slip in the place of the password. */
export async function savePassword(db: Db, id: string, password: string, at: Date): Promise<void> {
  await db
    .updateTable('auth_account')
    .set({ password, updated_at: at })
    .where('user_id', '=', id)
    .where('provider_id', '=', 'credential')
    .execute()
}

/** Puts one value in the place of another; false when somebody else was first. */
export async function swapPassword(db: Db, id: string, from: string, to: string): Promise<boolean> {
  const row = await db
    .updateTable('auth_account')
    .set({ password: to })
    .where('user_id', '=', id)
    .where('provider_id', '=', 'credential')
    .where('password', '=', from)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function saveStatus(
  db: Db,
  districtId: number,
  id: string,
  status: 'invited' | 'active' | 'disabled',
): Promise<void> {
  await db.updateTable('people').set({ status }).where('district_id', '=', districtId).where('id', '=', id).execute()
}

/** Takes the second factor away, for somebody who has lost it. */
export async function dropSecondFactor(db: Db, id: string): Promise<void> {
  await db.deleteFrom('auth_two_factor').where('user_id', '=', id).execute()
  await db.updateTable('auth_user').set({ two_factor_enabled: false }).where('id', '=', id).execute()
}

export const nameContext = (districtId: number, id: string): string => contextIn('people', 'name', districtId, id)
export const phoneContext = (districtId: number, id: string): string => contextIn('people', 'phone', districtId, id)

/** What a phone number is found by. */
export function phoneHash(secrets: Secrets, phone: string): Buffer {
  return secrets.hashed('phone', phone)
}

/** Those who change administrators at the same time take turns, so that the last one stays. Until the transaction ends. */
export async function administratorsInTurn(db: Db): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${locks.administrators})`.execute(db)
}
