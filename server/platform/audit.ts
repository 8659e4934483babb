import { type SelectQueryBuilder, sql } from 'kysely'
import { type Db, forDistrict } from '../db/database.ts'
import { locks } from '../db/locks.ts'
import type { Tables } from '../db/tables.ts'
import { type Chained, hashOf, START, storable } from './audit-chain.ts'
import { redacted, withoutNumbers } from './audit-redact.ts'

/** Somebody changed something, or looked at personal data. */
export interface Look {
  district: { id: number }
  /** Id of a person, or `key`, `local`, `resident`, `system`. */
  actor: string
  /** The call, e.g. `PUT /api/districts/:district/people/:person/grants`, or a verb. */
  action: string
  /** Kind and id, e.g. `person:<id>`, `survey:needs2026`. */
  subject: string
  before?: unknown
  after?: unknown
  /** Why, where a reason was asked for. */
  purpose?: string
  /** Address and device. */
  from: string | null
}

/**
 * Adds an entry to the chain of its district. Call it last in the transaction of what it tells about: both are kept or
 * neither, and the others of the district wait no longer than the commit takes. Names and numbers are left out.
 */
export async function audit(db: Db, look: Look, at: Date): Promise<void> {
  await auditAll(db, [look], at)
}

/** Adds entries of one district at once. */
export async function auditAll(db: Db, looks: readonly Look[], at: Date): Promise<void> {
  if (looks.length === 0) return
  const district = looks[0]!.district.id
  if (!db.isTransaction) {
    const own = forDistrict(db, district).transaction()
    return await own.execute((transaction) => auditAll(transaction, looks, at))
  }
  // A statement of its own: the next one then sees what the holder before has committed.
  await sql`SELECT pg_advisory_xact_lock(${locks.audit}, ${district})`.execute(db)
  const last = await lastEntry(db, district)
  await db
    .insertInto('audit_entries')
    .values(chain(looks, last, at))
    .execute()
}

export interface Head {
  seq: number
  hash: Buffer
}

/** The newest entry of a district, on which the whole chain hangs. */
export async function lastEntry(db: Db, districtId: number): Promise<Head | undefined> {
  return await db
    .selectFrom('audit_entries')
    .select(['seq', 'hash'])
    .where('district_id', '=', districtId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function chain(looks: readonly Look[], last: Head | undefined, at: Date) {
  let { seq, hash } = last ?? { seq: 0, hash: START }
  return looks.map((look) => {
    const entry = written(look, ++seq, at)
    const previous = hash
    hash = hashOf(previous, entry)
    const { district, from, ...said } = entry
    return { district_id: district, ...said, from_address: from, previous, hash }
  })
}

function written(
  { district, actor, action, subject, before, after, purpose, from }: Look,
  seq: number,
  at: Date,
): Chained {
  const text = (words: string) => withoutNumbers(storable(words))
  const state = (value: unknown, earlier?: unknown) =>
    value === undefined ? null : storable(JSON.stringify(redacted(value, earlier)))
  return {
    ...{ district: district.id, seq, at, actor: text(actor), action: text(action), subject: text(subject) },
    ...{ before: state(before), after: state(after, before) },
    ...{ purpose: purpose === undefined ? null : text(purpose), from: from === null ? null : text(from) },
  }
}

export interface AuditEntry extends Chained {
  previous: Buffer
  hash: Buffer
}

export interface Search {
  actor?: string
  action?: string
  /** Whatever begins with it. */
  subject?: string
  from?: Date
  to?: Date
  /** Only what is older than the entry of this number. */
  before?: number
}

/** Entries of a district that match, the newest first. */
export async function searchAudit(db: Db, districtId: number, search: Search, limit: number): Promise<AuditEntry[]> {
  const { actor, action, subject, from, to, before } = search
  const beginning = `${(subject ?? '').replace(/[\\%_]/g, '\\$&')}%`
  return await entries(db, districtId)
    .$if(actor !== undefined, (query) => query.where('actor', '=', actor!))
    .$if(action !== undefined, (query) => query.where('action', '=', action!))
    .$if(subject !== undefined, (query) => query.where('subject', 'like', beginning))
    .$if(from !== undefined, (query) => query.where('at', '>=', from!))
    .$if(to !== undefined, (query) => query.where('at', '<', to!))
    .$if(before !== undefined, (query) => query.where('seq', '<', before!))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
}

/** Entries of a district in the order of the chain, those after `seq`. */
export async function entriesAfter(db: Db, districtId: number, seq: number, limit: number): Promise<AuditEntry[]> {
  return await entries(db, districtId).where('seq', '>', seq).orderBy('seq').limit(limit).execute()
}

/** What the record says about a person and what it says that they did, in the order of the chain. */
export async function entriesAbout(db: Db, districtId: number, personId: string): Promise<AuditEntry[]> {
  return await entries(db, districtId)
    .where((is) => is.or([is('subject', '=', `person:${personId}`), is('actor', '=', personId)]))
    .orderBy('seq')
    .execute()
}

function entries(db: Db, districtId: number): SelectQueryBuilder<Tables, 'audit_entries', AuditEntry> {
  return db
    .selectFrom('audit_entries')
    .select(['district_id as district', 'seq', 'at', 'actor', 'action', 'subject', 'before', 'after', 'purpose'])
    .select(['from_address as from', 'previous', 'hash'])
    .where('district_id', '=', districtId)
}
