import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

type Row = Tables['text_messages']

export interface StoredSms {
  districtId: number
  id: string
  purpose: string
  /** Sealed, as is the body; null once wiped. */
  phone: Buffer | null
  body: Buffer | null
  status: Row['status']
  attempts: number
  problem: string | null
  createdAt: Date
  validUntil: Date | null
}

const columns = [
  'district_id as districtId',
  'id',
  'purpose',
  'phone',
  'body',
  'status',
  'attempts',
  'problem',
  'created_at as createdAt',
  'valid_until as validUntil',
] as const

export async function addMessage(
  db: Db,
  sms: Pick<StoredSms, 'districtId' | 'id' | 'purpose' | 'phone' | 'body' | 'status' | 'validUntil'> & {
    phoneHash: Buffer
  },
  at: Date,
): Promise<void> {
  const { districtId, phoneHash, validUntil, ...rest } = sms
  const keys = { district_id: districtId, phone_hash: phoneHash, valid_until: validUntil, problem: null }
  await db
    .insertInto('text_messages')
    .values({ ...rest, ...keys, created_at: at, changed_at: at })
    .execute()
}

export async function waitingMessage(db: Db, districtId: number, id: string): Promise<StoredSms | undefined> {
  return await db
    .selectFrom('text_messages')
    .select(columns)
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .executeTakeFirst()
}

/** The newest first, at most 200. */
export async function outboxMessages(db: Db, districtId: number): Promise<StoredSms[]> {
  return await db
    .selectFrom('text_messages')
    .select(columns)
    .where('district_id', '=', districtId)
    .where('status', '=', 'outbox')
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
}

/** Those that were given up, that came too late, and that are still being tried; the newest first, at most 200. */
export async function troubledMessages(db: Db, districtId: number): Promise<StoredSms[]> {
  return await db
    .selectFrom('text_messages')
    .select(columns)
    .where('district_id', '=', districtId)
    .where('status', 'in', ['waiting', 'failed', 'expired'])
    .where('problem', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
}

/** Only a message that waits can change, so that two processes never end it twice. */
export async function endMessage(
  db: Db,
  { districtId, id }: StoredSms,
  change: { status: 'waiting' | 'sent' | 'failed' | 'expired'; attempts?: number; problem?: string | null },
  at: Date,
): Promise<void> {
  const nothing = { phone: null, body: null }
  const wiped = change.status === 'sent' ? nothing : change.status === 'expired' ? { body: null } : {}
  await db
    .updateTable('text_messages')
    .set({ ...change, ...wiped, changed_at: at })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .execute()
}

export async function waitAgain(db: Db, districtId: number, id: string, at: Date): Promise<boolean> {
  const changed = await db
    .updateTable('text_messages')
    .set({ status: 'waiting', attempts: 0, changed_at: at })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where('status', '=', 'failed')
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Forgets what was accepted before; returns how many there were. */
export async function forgetMessages(db: Db, districtId: number, before: Date): Promise<number> {
  const gone = await db
    .deleteFrom('text_messages')
    .where('district_id', '=', districtId)
    .where('created_at', '<', before)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** Everything that is kept of messages to a number, the oldest first. */
export async function messagesTo(db: Db, districtId: number, phoneHash: Buffer): Promise<StoredSms[]> {
  return await db
    .selectFrom('text_messages')
    .select(columns)
    .where('district_id', '=', districtId)
    .where('phone_hash', '=', phoneHash)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Everything that was ever to be sent to a number: for its owner's request to have it erased. */
export async function eraseMessagesTo(db: Db, districtId: number, phoneHash: Buffer): Promise<number> {
  const gone = await db
    .deleteFrom('text_messages')
    .where('district_id', '=', districtId)
    .where('phone_hash', '=', phoneHash)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
