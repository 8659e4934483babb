import { sql } from 'kysely'
import type { RecordedStatement } from '../../shared/deliberations/minutes/record.ts'
import type { MinutesTexts } from '../../shared/deliberations/minutes-api.ts'
import type { Db } from '../db/database.ts'
import { isSomebody } from './attendance-queries.ts'
import type { Of } from './queries.ts'

/*
 * What minutes are made from, and where they are kept.
 */

/** Everybody who signed in, also those who left; seats that a phone took are that one person. */
export async function attended(db: Db, { districtId, id }: Of) {
  const { rows } = await sql<{ roster: number; fromRoster: number; phone: number; seat: number; left: number }>`
    SELECT (SELECT count(*) FROM invitees i WHERE i.district_id = ${districtId} AND i.deliberation_id = ${id})::integer AS roster,
      count(DISTINCT p.invitee_id)::integer AS "fromRoster",
      count(*) FILTER (WHERE p.channel = 'phone')::integer AS phone,
      count(*) FILTER (WHERE p.channel = 'seat')::integer AS seat,
      count(p.left_at)::integer AS "left"
    FROM participants p WHERE p.district_id = ${districtId} AND p.deliberation_id = ${id} AND ${isSomebody}`.execute(db)
  return rows[0]!
}

/** Those who gave a name and let the minutes print it. */
export async function consenting(db: Db, { districtId, id }: Of): Promise<{ id: string; name: Buffer }[]> {
  return await db
    .selectFrom('participants')
    .select(['id', 'name'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('names_me', '=', true)
    .where('name', 'is not', null)
    .$narrowType<{ name: Buffer }>()
    .orderBy('number')
    .execute()
}

export async function heldItems(db: Db, { districtId, id }: Of) {
  return await db
    .selectFrom('agenda_items')
    .select(['id', 'title', 'kind', 'minutes', 'started_at', 'ended_at'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('position')
    .execute()
}

export async function heldStatements(db: Db, { districtId, id }: Of): Promise<RecordedStatement[]> {
  return await db
    .selectFrom('statements')
    .select(['id', 'number', 'text', 'channel', 'agenda_item_id as item', 'proposal_id as proposal', 'service'])
    .select(['state', 'merged_into as mergedInto', 'answer', 'result'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('number')
    .execute()
}

/** What was put to the vote, in that order. */
export async function heldQuestions(db: Db, { districtId, id }: Of) {
  return await db
    .selectFrom('questions')
    .select(['id', 'agenda_item_id as item', 'kind', 'title', 'options', 'secret', 'rule', 'quorum', 'requirement'])
    .select(['state', 'reason', 'rerun_of as rerunOf', 'outcome'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('opened_at', 'is not', null)
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
}

export async function storedMinutes(db: Db, { districtId, id }: Of) {
  return await db
    .selectFrom('minutes')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .executeTakeFirst()
}
export type StoredMinutes = NonNullable<Awaited<ReturnType<typeof storedMinutes>>>

/** Keeps the words of whoever writes; whoever calls holds the deliberation's row. */
export async function saveTexts(
  db: Db,
  { districtId, id }: Of,
  { texts, by }: { texts: MinutesTexts; by: string },
  at: Date,
): Promise<void> {
  const said = { texts: JSON.stringify(texts), edited_by: by, edited_at: at }
  await db
    .insertInto('minutes')
    .values({ district_id: districtId, deliberation_id: id, revision: 1, status: 'draft', ...said })
    .onConflict((known) =>
      known
        .columns(['district_id', 'deliberation_id'])
        .doUpdateSet((is) => ({ ...said, revision: is('minutes.revision', '+', 1) })),
    )
    .execute()
}

export async function freeze(
  db: Db,
  { districtId, id }: Of,
  { document, sha256, by }: { document: string; sha256: Buffer; by: string },
  at: Date,
): Promise<void> {
  await db
    .updateTable('minutes')
    .set((is) => ({
      ...{ status: 'approved', document, sha256, approved_by: by, approved_at: at },
      revision: is('revision', '+', 1),
    }))
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .execute()
}

export async function publish(db: Db, { districtId, id }: Of, at: Date): Promise<void> {
  await db
    .updateTable('minutes')
    .set((is) => ({ status: 'published', published_at: at, revision: is('revision', '+', 1) }))
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .execute()
}
