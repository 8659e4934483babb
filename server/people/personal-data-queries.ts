import type { Db } from '../db/database.ts'
import type { StoredPerson } from './queries.ts'

/** Everybody in a district who has this number; one may be staff and resident. */
export async function personsByPhone(db: Db, districtId: number, phoneHash: Buffer): Promise<StoredPerson[]> {
  return await db
    .selectFrom('people')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('phone_hash', '=', phoneHash)
    .orderBy('kind')
    .execute()
}

export async function sessionsHeld(db: Db, personId: string) {
  return await db
    .selectFrom('auth_session')
    .select(['created_at', 'updated_at', 'ip_address', 'user_agent'])
    .where('user_id', '=', personId)
    .orderBy('created_at')
    .execute()
}

export async function noticesHeld(db: Db, districtId: number, personId: string) {
  return await db
    .selectFrom('notices')
    .select(['text', 'created_at', 'read_at'])
    .where('district_id', '=', districtId)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute()
}

export async function codesHeld(db: Db, districtId: number, phoneHash: Buffer) {
  return await db
    .selectFrom('phone_codes')
    .select(['tries', 'until'])
    .where('district_id', '=', districtId)
    .where('phone_hash', '=', phoneHash)
    .execute()
}

export async function eraseCodes(db: Db, districtId: number, phoneHash: Buffer): Promise<number> {
  const gone = await db
    .deleteFrom('phone_codes')
    .where('district_id', '=', districtId)
    .where('phone_hash', '=', phoneHash)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** Deletes what signing in needs: sessions, password and second factor go with it. */
export async function eraseSignIn(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('auth_verification').where('value', '=', personId).execute()
  await db.deleteFrom('auth_user').where('id', '=', personId).execute()
}

/** Deletes a person with all grants. */
export async function erasePerson(db: Db, districtId: number, id: string): Promise<void> {
  await db.deleteFrom('people').where('district_id', '=', districtId).where('id', '=', id).execute()
}

/** Leaves of a person the id, and that there was somebody. */
export async function anonymise(db: Db, districtId: number, id: string, name: Buffer): Promise<void> {
  await db.deleteFrom('grants').where('district_id', '=', districtId).where('person_id', '=', id).execute()
  await db
    .updateTable('people')
    .set({ kind: 'erased', username: `erased-${id}`, name, phone: null, phone_hash: null })
    .set({ status: 'disabled', last_seen_at: null })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
}
