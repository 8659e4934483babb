import { type Insertable, sql, type Updateable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { DeliberationsTables } from '../db/tables/deliberations.ts'
import type { Of, Participant } from './queries.ts'

type Stored = DeliberationsTables['participants']

/** Of whichever deliberation: an id is used once in a district. */
export async function participantById(db: Db, districtId: number, id: string): Promise<Participant | undefined> {
  return await db
    .selectFrom('participants')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Whoever came by phone has a ticket; a sign-in without is one that a seat card took the place of, and is nobody. */
export const isSomebody = sql<boolean>`(channel = 'seat' OR ticket_hash IS NOT NULL)`

/** In the order of signing in. */
export async function participantsOf(db: Db, { districtId, id }: Of): Promise<Participant[]> {
  return await db
    .selectFrom('participants')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where(isSomebody)
    .orderBy('number')
    .execute()
}

export async function changeParticipant(
  db: Db,
  districtId: number,
  id: string,
  change: Updateable<Stored>,
): Promise<Participant> {
  return await db
    .updateTable('participants')
    .set(change)
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export type Newcomer = Omit<Insertable<Stored>, 'district_id' | 'deliberation_id' | 'number' | 'left_at'>

/** Adds somebody under the next number; undefined where the id is somebody's already. */
export async function addParticipant(db: Db, { districtId, id }: Of, one: Newcomer): Promise<Participant | undefined> {
  const { participants } = await db
    .updateTable('deliberations')
    .set((is) => ({ participants: is('participants', '+', 1) }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .returning('participants')
    .executeTakeFirstOrThrow()
  return await db
    .insertInto('participants')
    .values({ ...one, district_id: districtId, deliberation_id: id, number: participants, left_at: null })
    .onConflict((known) => known.columns(['district_id', 'id']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** What was said under one sign-in belongs to another from now on. */
export async function handOver(db: Db, { districtId, id }: Of, from: string, to: string): Promise<void> {
  for (const table of ['statements', 'speakers'] as const)
    await db
      .updateTable(table)
      .set({ participant_id: to })
      .where('district_id', '=', districtId)
      .where('deliberation_id', '=', id)
      .where('participant_id', '=', from)
      .execute()
}

/** Takes a sign-in back; false where somebody voted under it. */
export async function takeBack(db: Db, of: Of, participant: string): Promise<boolean> {
  if (await hasVoted(db, of, participant, ['open', 'closed', 'void'])) return false
  const { districtId } = of
  await db.deleteFrom('participants').where('district_id', '=', districtId).where('id', '=', participant).execute()
  return true
}

/** Whether somebody has voted on a question of the room that is in one of these states. */
export async function hasVoted(
  db: Db,
  { districtId, id }: Of,
  participant: string,
  states: ('open' | 'closed' | 'void')[],
): Promise<boolean> {
  for (const table of ['votes', 'ballot_roll'] as const) {
    const rows = db.selectFrom(table).select('participant_id').where('district_id', '=', districtId)
    const own = rows
      .where('participant_id', '=', participant)
      .where('question_id', 'in', (is) =>
        is
          .selectFrom('questions')
          .select('questions.id')
          .where('questions.district_id', '=', districtId)
          .where('questions.deliberation_id', '=', id)
          .where('questions.state', 'in', states),
      )
    if (await own.limit(1).executeTakeFirst()) return true
  }
  return false
}

export interface StoredInvitee {
  id: string
  name: Buffer
}

/** Those on the roster whom nobody has signed in as. */
export async function invitedAndAbsent(db: Db, { districtId, id }: Of): Promise<StoredInvitee[]> {
  return await db
    .selectFrom('invitees')
    .select(['invitees.id', 'invitees.name'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('invitees.name', 'is not', null)
    .$narrowType<{ name: Buffer }>()
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('participants')
            .select('participants.id')
            .whereRef('participants.district_id', '=', 'invitees.district_id')
            .whereRef('participants.invitee_id', '=', 'invitees.id'),
        ),
      ),
    )
    .orderBy('position')
    .execute()
}
