import { randomUUID } from 'node:crypto'
import type { Db } from '../db/database.ts'

/** Something that one of the staff is to know; it waits in their inbox. */
export interface NewNotice {
  districtId: number
  /** Id of the person. */
  person: string
  text: string
  /** A page of ours that it is about, from the slash on. */
  link?: string
}

export interface Notice {
  id: string
  text: string
  link: string | null
  createdAt: Date
  readAt: Date | null
}

/** Where a page of notices ended. */
export interface Place {
  at: Date
  id: string
}

/** Puts a notice in somebody's inbox; inside a transaction, when that is committed. @throws {Error} when the link leads elsewhere */
export async function notify(db: Db, { districtId, person, text, link }: NewNotice, at: Date): Promise<void> {
  if (link !== undefined && !/^\/(?![/\\])/.test(link)) throw new Error('a notice leads to a page of ours only')
  const row = { id: randomUUID(), person_id: person, text, link: link ?? null, created_at: at, read_at: null }
  await db
    .insertInto('notices')
    .values({ district_id: districtId, ...row })
    .execute()
}

/** The newest first, after `before` where one is given. */
export async function noticesOf(
  db: Db,
  districtId: number,
  person: string,
  limit: number,
  before?: Place,
): Promise<Notice[]> {
  return await db
    .selectFrom('notices')
    .select(['id', 'text', 'link', 'created_at as createdAt', 'read_at as readAt'])
    .where('district_id', '=', districtId)
    .where('person_id', '=', person)
    .$if(before !== undefined, (query) =>
      query.where((is) => is(is.refTuple('created_at', 'id'), '<', is.tuple(before!.at, before!.id))),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function countUnread(db: Db, districtId: number, person: string): Promise<number> {
  const { unread } = await db
    .selectFrom('notices')
    .select((is) => is.fn.countAll<number>().as('unread'))
    .where('district_id', '=', districtId)
    .where('person_id', '=', person)
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow()
  return unread
}

/** Marks one of somebody's notices as read, or all of them; when it was read first stays. False where they have no such notice. */
export async function markRead(db: Db, districtId: number, person: string, at: Date, id?: string): Promise<boolean> {
  const marked = await db
    .updateTable('notices')
    .set((is) => ({ read_at: is.fn.coalesce('read_at', is.val(at)) }))
    .where('district_id', '=', districtId)
    .where('person_id', '=', person)
    .$if(id !== undefined, (query) => query.where('id', '=', id!))
    .$if(id === undefined, (query) => query.where('read_at', 'is', null))
    .executeTakeFirst()
  return marked.numUpdatedRows > 0n
}

/** Takes everything out of somebody's inbox, where they are erased. */
export async function eraseNotices(db: Db, districtId: number, person: string): Promise<number> {
  const gone = await db
    .deleteFrom('notices')
    .where('district_id', '=', districtId)
    .where('person_id', '=', person)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** Forgets what has been in inboxes since before; returns how many there were. */
export async function forgetNotices(db: Db, districtId: number, before: Date): Promise<number> {
  const gone = await db
    .deleteFrom('notices')
    .where('district_id', '=', districtId)
    .where('created_at', '<', before)
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
