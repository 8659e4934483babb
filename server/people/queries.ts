import { sql } from 'kysely'
import type { Grant, Role } from '../../shared/people/roles.ts'
import { type Db, forDistrict } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

export type StoredPerson = Tables['people']

/** Whether anybody has been made administrator, in whatever district. */
export async function administratorExists(db: Db): Promise<boolean> {
  const found = await db.selectFrom('auth_user').select('id').where('administrator', '=', true).limit(1).execute()
  return found.length > 0
}

/** What signing in needs to know before it looks at the password. */
export interface Account {
  id: string
  districtId: number
  username: string
  secondFactor: boolean
  /** Hash of the password, or a slip in its place; null for those who sign in by phone. */
  password: string | null
}

const accounts = (db: Db) =>
  db
    .selectFrom('auth_user')
    .leftJoin('auth_account', (join) =>
      join.onRef('auth_account.user_id', '=', 'auth_user.id').on('provider_id', '=', 'credential'),
    )
    .select(['auth_user.id', 'district_id as districtId', 'two_factor_enabled as secondFactor', 'password'])
    .select((eb) => eb.fn.coalesce('username', sql<string>`''`).as('username'))

export function accountByUsername(db: Db, username: string): Promise<Account | undefined> {
  return accounts(db).where('username', '=', username).executeTakeFirst()
}

export function accountById(db: Db, id: string): Promise<Account | undefined> {
  return accounts(db).where('auth_user.id', '=', id).executeTakeFirst()
}

const people = (db: Db, districtId: number) =>
  forDistrict(db, districtId).selectFrom('people').where('district_id', '=', districtId)

export function person(db: Db, districtId: number, id: string): Promise<StoredPerson | undefined> {
  return people(db, districtId).selectAll().where('id', '=', id).executeTakeFirst()
}

/** Staff before residents, where somebody is both. */
export function personByPhone(db: Db, districtId: number, phoneHash: Buffer): Promise<StoredPerson | undefined> {
  return people(db, districtId)
    .selectAll()
    .where('phone_hash', '=', phoneHash)
    .orderBy('kind', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Everybody with an account of staff in a district, by username. */
export function staffOf(db: Db, districtId: number): Promise<StoredPerson[]> {
  return people(db, districtId).selectAll().where('kind', '=', 'staff').orderBy('username').execute()
}

const grants = (db: Db, districtId: number) =>
  forDistrict(db, districtId)
    .selectFrom('grants')
    .select(['role', 'level', 'code'])
    .where('district_id', '=', districtId)
    .orderBy('role')
    .orderBy('code')

/** Grants of everybody in a district by person. */
export async function grantsOf(db: Db, districtId: number): Promise<Map<string, Grant[]>> {
  const rows = await grants(db, districtId).select('person_id').execute()
  const byPerson = new Map<string, Grant[]>()
  for (const { person_id, ...grant } of rows) byPerson.set(person_id, [...(byPerson.get(person_id) ?? []), grant])
  return byPerson
}

/** A person with what they may do, by one statement: it is asked for every few seconds of everybody who is signed in. */
export async function personWithGrants(
  db: Db,
  districtId: number,
  id: string,
): Promise<{ person: StoredPerson; grants: Grant[] } | undefined> {
  const row = await people(db, districtId)
    .selectAll()
    .select(
      sql<Grant[]>`(
      SELECT coalesce(json_agg(json_build_object('role', role, 'level', level, 'code', code) ORDER BY role, code), '[]')
      FROM grants WHERE district_id = ${districtId} AND person_id = people.id)`.as('grants'),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { grants, ...person } = row
  return { person, grants }
}

export function grantsOfPerson(db: Db, districtId: number, personId: string): Promise<Grant[]> {
  return grants(db, districtId).where('person_id', '=', personId).execute()
}

/** Which of these accounts have a second factor. */
export async function withSecondFactor(db: Db, districtId: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('auth_user')
    .select('id')
    .where('district_id', '=', districtId)
    .where('two_factor_enabled', '=', true)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Usernames among these that are taken, in any district. */
export async function takenUsernames(db: Db, usernames: string[]): Promise<Set<string>> {
  if (usernames.length === 0) return new Set()
  const rows = await db.selectFrom('auth_user').select('username').where('username', 'in', usernames).execute()
  return new Set(rows.map(({ username }) => username!))
}

export interface DistrictTree {
  subdistricts: { code: string; name: string }[]
  communities: { code: string; name: string; subdistrict: string }[]
}

/** The nodes of a district's tree below itself. */
export async function districtTree(db: Db, districtId: number): Promise<DistrictTree> {
  const subdistricts = await forDistrict(db, districtId)
    .selectFrom('subdistricts')
    .select(['code', 'name'])
    .where('district_id', '=', districtId)
    .execute()
  const communities = await forDistrict(db, districtId)
    .selectFrom('communities')
    .select(['code', 'name', 'subdistrict_code as subdistrict'])
    .where('district_id', '=', districtId)
    .execute()
  return { subdistricts, communities }
}

const SEEN_MS = 300_000

/** Says that a person was here, at most once in five minutes; `last` is when they are known to have been. */
export async function seen(db: Db, districtId: number, id: string, at: Date, last: Date | null = null): Promise<void> {
  const before = new Date(at.getTime() - SEEN_MS)
  if (last && last >= before) return
  await forDistrict(db, districtId)
    .updateTable('people')
    .set({ last_seen_at: at })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_seen_at', 'is', null), eb('last_seen_at', '<', before)]))
    .execute()
}

/** Administrators of a district who are not disabled. */
export async function administrators(db: Db, districtId: number): Promise<string[]> {
  return await holders(db, districtId, { role: 'administrator', code: '' })
}

/** Secretaries of a community who are not disabled. */
export async function secretariesOf(db: Db, districtId: number, community: string): Promise<string[]> {
  return await holders(db, districtId, { role: 'secretary', code: community })
}

async function holders(db: Db, districtId: number, { role, code }: { role: Role; code: string }): Promise<string[]> {
  const rows = await forDistrict(db, districtId)
    .selectFrom('grants')
    .innerJoin('people', (join) =>
      join.onRef('people.district_id', '=', 'grants.district_id').onRef('people.id', '=', 'grants.person_id'),
    )
    .select('people.id')
    .where('grants.district_id', '=', districtId)
    .where('grants.role', '=', role)
    .where('grants.code', '=', code)
    .where('people.status', '<>', 'disabled')
    .execute()
  return rows.map(({ id }) => id)
}

/** Keyed hashes among these, as hexadecimal digits, that belong to staff of the district. */
export async function takenPhones(db: Db, districtId: number, hashes: string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const rows = await people(db, districtId)
    .select('phone_hash')
    .where('kind', '=', 'staff')
    .where(
      'phone_hash',
      'in',
      hashes.map((hash) => Buffer.from(hash, 'hex')),
    )
    .execute()
  return new Set(rows.map(({ phone_hash }) => phone_hash!.toString('hex')))
}
