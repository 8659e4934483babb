import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type Db, forDistrict, onPool } from '../../server/db/database.ts'
import { makeAuth } from '../../server/people/auth.ts'
import { doorOf } from '../../server/people/door.ts'
import { addPeople } from '../../server/people/store.ts'
import type { Secrets } from '../../server/platform/secrets.ts'
import { sealedContact } from '../../server/wishes/contact.ts'

/** Organisations of district 1 with one member each, who is signed in; the cookie of each. */
export async function enlist(pool: pg.Pool, secrets: Secrets, community: string, size: number): Promise<string[]> {
  const unbound = onPool(pool)
  const db = forDistrict(unbound, 1)
  const grants = [{ role: 'sponsor', level: 'community', code: community } as const]
  const entries = Array.from({ length: size }, (_, n) => ({
    ...{ username: `unit${n}`, name: '联络员', phone: `1390000${String(n).padStart(4, '0')}`, grants },
    ...{ kind: 'staff' as const, status: 'active' as const, password: null },
  }))
  const people = await db.transaction().execute((tx) => addPeople(tx, secrets, 1, entries, new Date()))
  await organise(db, people)
  const secret = secrets.hashed('sign-in', 'cookies and second factors').toString('base64')
  const passwords = { hash: never, verify: never }
  const door = doorOf(makeAuth({ db: unbound, secret, secure: false, passwords }), false)
  const cookies: string[] = []
  for (const id of people) {
    const { cookies: set } = await door.open(id, { address: '127.0.0.1', device: 'load' })
    cookies.push(set[0]!.split(';')[0]!)
  }
  return cookies
}

const never = () => Promise.reject(new Error('nobody signs in with a password here'))

async function organise(db: Db, people: string[]): Promise<void> {
  const made = people.map((person, n) => ({ person, id: randomUUID(), name: `共建单位${n}` }))
  const rest = { fallback_for: null, claim_limit: 5, active: true, created_at: new Date() }
  await db
    .insertInto('sponsors')
    .values(made.map(({ id, name }) => ({ district_id: 1, id, name, ...rest })))
    .execute()
  await db
    .insertInto('sponsor_members')
    .values(made.map(({ id, person }) => ({ district_id: 1, person_id: person, sponsor_id: id })))
    .execute()
}

/** So many open wishes, whose wishers can be reached; their ids. */
export async function wish(
  pool: pg.Pool,
  secrets: Secrets,
  { community, from, size }: { community: string; from: number; size: number },
): Promise<string[]> {
  const at = new Date()
  const ids = Array.from({ length: size }, () => randomUUID())
  const rows = ids.map((id, n) => ({
    ...{ district_id: 1, id, number: from + n, community_code: community, kind: 'goods' as const },
    ...{ text: '想要一副防风手套', original: '想要一副防风手套', place: null, cost: 'under-100' as const },
    ...{ needed_by: null, service: null, state: 'open' as const, reason: null, flags: '[]', hardship: false },
    ...{ publish: true, fallback: false, merged_into: null, supporters: 0, photo_id: null, ticket_hash: null },
    ...sealedContact(secrets, 1, id, { phone: `1380000${String(n).padStart(4, '0')}`, name: null }),
    ...{ person_id: null, station_id: null, posted_by: 'load', thanks: null, rating: null, revision: 1 },
    ...{ created_at: at, opened_at: at, changed_at: at, fulfilled_at: null },
  }))
  await forDistrict(onPool(pool), 1).insertInto('wishes').values(rows).execute()
  return ids
}
