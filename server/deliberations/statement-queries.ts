import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import type { Db } from '../db/database.ts'
import type { DeliberationsTables } from '../db/tables/deliberations.ts'
import type { Of, Participant } from './queries.ts'

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

/** What came under these ids before, in whichever deliberation. */
export async function sentBefore(db: Db, districtId: number, ids: readonly string[]): Promise<Map<string, Sent>> {
  const rows = await db
    .selectFrom('statements')
    .select(['id', 'deliberation_id as deliberation', 'number', 'text', 'participant_id as participant', 'seat'])
    .select(['channel', 'proposal_id as proposal'])
    .where('district_id', '=', districtId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export type Sent = Pick<Selectable<Statements>, 'id' | 'number' | 'text' | 'seat' | 'channel'> & {
  deliberation: string
  participant: string | null
  proposal: string | null
}

export type NewStatement = Omit<Insertable<Statements>, 'district_id' | 'deliberation_id'>

/** Stores statements whose numbers follow on the last of their deliberation, whose row is held. False, and nothing stored as it should be, where an id is taken. */
export async function addStatements(
  db: Db,
  { districtId, id }: Of,
  statements: readonly NewStatement[],
): Promise<boolean> {
  const made = await db
    .insertInto('statements')
    .values(statements.map((one) => ({ ...one, district_id: districtId, deliberation_id: id })))
    .onConflict((taken) => taken.columns(['district_id', 'id']).doNothing())
    .returning('number')
    .execute()
  await db
    .updateTable('deliberations')
    .set((is) => ({ statements: is('statements', '+', statements.length) }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
  return made.length === statements.length
}

/** Who shows these tickets, by the hash in hexadecimal. */
export async function participantsByTickets(
  db: Db,
  { districtId, id }: Of,
  hashes: readonly Buffer[],
): Promise<Map<string, Participant>> {
  const rows = await db
    .selectFrom('participants')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('ticket_hash', 'in', hashes)
    .execute()
  return new Map(rows.map((row) => [row.ticket_hash!.toString('hex'), row]))
}

/** How many came from these people. */
export async function saidBy(db: Db, { districtId, id }: Of, people: readonly string[]): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  const rows = await db
    .selectFrom('statements')
    .select((is) => ['participant_id as who', is.fn.countAll<number>().as('n')])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('participant_id', 'in', people)
    .where('channel', '=', 'phone')
    .groupBy('participant_id')
    .execute()
  return new Map(rows.map(({ who, n }) => [who!, Number(n)]))
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

export async function proposalIds(db: Db, { districtId, id }: Of): Promise<Set<string>> {
  const rows = await db
    .selectFrom('proposals')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .execute()
  return new Set(rows.map((row) => row.id))
}
