import type { Insertable, Updateable } from 'kysely'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import type { Db } from '../db/database.ts'
import type { DeliberationsTables } from '../db/tables/deliberations.ts'
import type { Of } from './queries.ts'

type Statements = DeliberationsTables['statements']

/** Statements as the desk sees them, in the order of their numbers. */
export async function statementsOf(db: Db, of: Of): Promise<Statement[]> {
  return (await chosen(db, of).orderBy('number').execute()).map(viewOf)
}

export async function statementById(db: Db, of: Of, id: string): Promise<Statement | undefined> {
  const row = await chosen(db, of).where('id', '=', id).executeTakeFirst()
  return row && viewOf(row)
}

/** Those merged into one. */
export async function mergedInto(db: Db, of: Of, id: string): Promise<Statement[]> {
  return (await chosen(db, of).where('merged_into', '=', id).execute()).map(viewOf)
}

function chosen(db: Db, { districtId, id }: Of) {
  return db
    .selectFrom('statements')
    .select(['id', 'number', 'text', 'agenda_item_id as item', 'proposal_id as proposal', 'seat', 'channel', 'state'])
    .select(['reason', 'merged_into as mergedInto', 'service', 'suggested', 'answer', 'result', 'created_at'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
}

const viewOf = <R extends { created_at: Date }>({ created_at, ...row }: R) => {
  return { ...row, createdAt: created_at.toISOString() }
}

/** What came under an id before, in whichever deliberation. */
export async function sentBefore(db: Db, districtId: number, id: string) {
  return await db
    .selectFrom('statements')
    .select(['deliberation_id as deliberation', 'number', 'text', 'participant_id as participant', 'seat', 'channel'])
    .select('proposal_id as proposal')
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}
export type Sent = NonNullable<Awaited<ReturnType<typeof sentBefore>>>

export type NewStatement = Omit<Insertable<Statements>, 'district_id' | 'deliberation_id' | 'number'>

/** Stores a statement under the next number of its deliberation, whose row is held. Undefined where the id is taken. */
export async function addStatement(
  db: Db,
  { districtId, id }: Of,
  statement: NewStatement,
): Promise<number | undefined> {
  const { number } = await db
    .updateTable('deliberations')
    .set((is) => ({ statements: is('statements', '+', 1) }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .returning('statements as number')
    .executeTakeFirstOrThrow()
  const made = await db
    .insertInto('statements')
    .values({ ...statement, district_id: districtId, deliberation_id: id, number })
    .onConflict((taken) => taken.columns(['district_id', 'id']).doNothing())
    .returning('number')
    .executeTakeFirst()
  return made?.number
}

export async function changeStatement(
  db: Db,
  { districtId, id }: Of,
  statement: string,
  set: Updateable<Statements>,
): Promise<void> {
  await db
    .updateTable('statements')
    .set(set)
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '=', statement)
    .execute()
}

/** What was merged into one is merged into another. */
export async function moveMerged(db: Db, { districtId, id }: Of, from: string, into: string): Promise<void> {
  await db
    .updateTable('statements')
    .set({ merged_into: into })
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('merged_into', '=', from)
    .execute()
}

/** The item under way. */
export async function currentItem(db: Db, { districtId, id }: Of): Promise<string | null> {
  const row = await db
    .selectFrom('agenda_items')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', '=', 'current')
    .executeTakeFirst()
  return row?.id ?? null
}

export async function hasItem(db: Db, { districtId, id }: Of, item: string): Promise<boolean> {
  const row = await db
    .selectFrom('agenda_items')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '=', item)
    .executeTakeFirst()
  return row !== undefined
}

export async function hasProposal(db: Db, { districtId, id }: Of, proposal: string): Promise<boolean> {
  const row = await db
    .selectFrom('proposals')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '=', proposal)
    .executeTakeFirst()
  return row !== undefined
}
