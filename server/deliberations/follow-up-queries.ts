import { sql } from 'kysely'
import type { FollowUpState } from '../../shared/deliberations/kinds.ts'
import type { FollowUp } from '../../shared/deliberations/minutes-api.ts'
import type { Db } from '../db/database.ts'
import type { Reach } from '../people/reach.ts'
import type { Of } from './queries.ts'

/** What somebody is to do by when. */
export interface Task {
  text: string
  owner: string
  /** YYYY-MM-DD */
  dueOn: string
  statements: string[]
  question: string | null
}

export type StoredFollowUp = Omit<FollowUp, 'overdue'>

/** Nobody reads more than this, and a page of more would hold up everybody's. */
const MOST_LISTED = 1_000

export const unsettled: FollowUpState[] = ['open', 'in-progress']

const columns = [
  ...(['follow_ups.id', 'follow_ups.number', 'follow_ups.text', 'follow_ups.owner', 'follow_ups.state'] as const),
  ...(['follow_ups.outcome', 'follow_ups.revision'] as const),
  ...(['follow_ups.statement_ids as statements', 'follow_ups.question_id as question'] as const),
] as const
/** A date is a day wherever the server stands. */
const dueOn = sql<string>`follow_ups.due_on::text`.as('dueOn')

export async function followUpsOf(db: Db, { districtId, id }: Of): Promise<StoredFollowUp[]> {
  return await db
    .selectFrom('follow_ups')
    .select(columns)
    .select(dueOn)
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('number')
    .execute()
}

/** With the deliberation that it belongs to, whichever that is. */
export async function followUpById(
  db: Db,
  districtId: number,
  id: string,
): Promise<(StoredFollowUp & { deliberation: string }) | undefined> {
  return await db
    .selectFrom('follow_ups')
    .select(columns)
    .select([dueOn, 'deliberation_id as deliberation'])
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Those that are not settled yet, over all deliberations within reach, the most pressing first. */
export async function unsettledWithin(
  db: Db,
  districtId: number,
  reach: Reach,
): Promise<(StoredFollowUp & { deliberation: string; title: string })[]> {
  return await db
    .selectFrom('follow_ups')
    .innerJoin('deliberations as d', (join) =>
      join.onRef('d.district_id', '=', 'follow_ups.district_id').onRef('d.id', '=', 'follow_ups.deliberation_id'),
    )
    .select(columns)
    .select([dueOn, 'follow_ups.deliberation_id as deliberation', 'd.title'])
    .where('follow_ups.district_id', '=', districtId)
    .where('follow_ups.state', 'in', unsettled)
    .$if(!reach.whole, (query) => query.where('d.community_code', '=', sql<string>`any(${[...reach.communities]})`))
    .orderBy('due_on')
    .orderBy('follow_ups.id')
    .limit(MOST_LISTED)
    .execute()
}

const columnsOf = ({ text, owner, dueOn, statements, question }: Task) => ({
  ...{ text, owner, due_on: dueOn, statement_ids: JSON.stringify(statements), question_id: question },
})

/** Numbers it after the last one; whoever calls holds the deliberation's row. */
export async function insertFollowUp(
  db: Db,
  { districtId, id }: Of,
  { task, followUp, by, at }: { task: Task; followUp: string; by: string; at: Date },
): Promise<void> {
  const { number } = await db
    .selectFrom('follow_ups')
    .select((is) => is.fn.coalesce(is.fn.max('number'), sql<number>`0`).as('number'))
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('follow_ups')
    .values({
      ...{ district_id: districtId, id: followUp, deliberation_id: id, number: number + 1, ...columnsOf(task) },
      ...{ state: 'open', outcome: null, revision: 1, created_by: by, created_at: at, changed_at: at },
      reminded_on: null,
    })
    .execute()
}

/** @param anew whether people are to be reminded of it as if they had never been */
export async function saveFollowUp(
  db: Db,
  districtId: number,
  { id, task, state, outcome, anew }: { id: string; task: Task; anew: boolean } & Pick<FollowUp, 'state' | 'outcome'>,
  at: Date,
): Promise<void> {
  await db
    .updateTable('follow_ups')
    .set((is) => ({ ...columnsOf(task), state, outcome, changed_at: at, revision: is('revision', '+', 1) }))
    .$if(anew, (query) => query.set({ reminded_on: null }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
}

/** Whether all of these are rows of this deliberation. */
export async function allOf(
  db: Db,
  { districtId, id }: Of,
  table: 'statements' | 'questions',
  ids: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*)::integer AS n FROM ${sql.table(table)}
    WHERE district_id = ${districtId} AND deliberation_id = ${id} AND id = any(${ids}::uuid[])`.execute(db)
  return rows[0]?.n === new Set(ids).size
}

export interface Pressing {
  id: string
  deliberation: string
  title: string
  text: string
  owner: string
  dueOn: string
  by: string
}

/** Those that somebody is to hear of: due by `ahead` and never told, or past their day and not told since. */
export async function dueForReminder(
  db: Db,
  districtId: number,
  { today, ahead }: { today: string; ahead: string },
): Promise<Pressing[]> {
  return await db
    .selectFrom('follow_ups')
    .innerJoin('deliberations as d', (join) =>
      join.onRef('d.district_id', '=', 'follow_ups.district_id').onRef('d.id', '=', 'follow_ups.deliberation_id'),
    )
    .select(['follow_ups.id', 'deliberation_id as deliberation', 'd.title', 'text', 'owner', dueOn])
    .select('follow_ups.created_by as by')
    .where('follow_ups.district_id', '=', districtId)
    .where('follow_ups.state', 'in', unsettled)
    .where('due_on', '<=', ahead)
    .where(notYetReminded(today))
    .orderBy('due_on')
    .execute()
}

const notYetReminded = (today: string) =>
  sql<boolean>`(follow_ups.reminded_on IS NULL
    OR (follow_ups.due_on < ${today}::date AND follow_ups.reminded_on <= follow_ups.due_on))`

/** Returns false where somebody else has done so meanwhile, or it was settled. */
export async function markReminded(
  db: Db,
  districtId: number,
  { id }: { id: string },
  today: string,
): Promise<boolean> {
  const marked = await db
    .updateTable('follow_ups')
    .set({ reminded_on: today })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where('state', 'in', unsettled)
    .where(notYetReminded(today))
    .executeTakeFirst()
  return marked.numUpdatedRows > 0n
}
