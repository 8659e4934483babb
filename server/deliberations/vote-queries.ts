import { sql } from 'kysely'
import type { Presence } from '../../shared/deliberations/kinds.ts'
import type { Cast } from '../../shared/deliberations/questions-api.ts'
import type { Db } from '../db/database.ts'
import type { Of, Participant } from './queries.ts'

/** A vote that was judged and may be stored. */
export interface Vote extends Cast {
  participant: string
  channel: Presence
  actor: string
}

/**
 * Adds votes to the log and makes each the last word of its participant on its subject. Times come from the database, one
 * later than the other. Returns how many were new; where it is fewer than were given, somebody else has just sent the same.
 */
export async function storeVotes(
  db: Db,
  districtId: number,
  question: string,
  votes: readonly Vote[],
): Promise<number> {
  if (votes.length === 0) return 0
  // In one order always, or two who send the same at once hold each other up for good.
  const sorted = [...votes].sort((a, b) => (a.id < b.id ? -1 : 1))
  const all = (of: (vote: Vote) => string) => sorted.map(of)
  const { rows } = await sql<{ n: number }>`
    with taken as (
      insert into vote_log (district_id, id, question_id, subject_id, participant_id, choice, channel, actor, cast_at)
      select ${districtId}::integer, id, ${question}::uuid, subject, participant, choice::jsonb, channel, actor, clock_timestamp()
      from unnest(
        ${all(({ id }) => id)}::uuid[], ${all(({ subject }) => subject)}::uuid[],
        ${all(({ participant }) => participant)}::uuid[], ${all(({ choice }) => JSON.stringify(choice))}::text[],
        ${all(({ channel }) => channel)}::text[], ${all(({ actor }) => actor)}::text[]
      ) as sent (id, subject, participant, choice, channel, actor)
      on conflict (district_id, question_id, id) do nothing
      returning subject_id, participant_id, choice, channel, cast_at
    ), last as (
      insert into votes (district_id, question_id, subject_id, participant_id, choice, channel, cast_at)
      select ${districtId}::integer, ${question}::uuid, subject_id, participant_id, choice, channel, cast_at
      from taken order by subject_id, participant_id
      on conflict (district_id, question_id, subject_id, participant_id)
        do update set choice = excluded.choice, channel = excluded.channel, cast_at = excluded.cast_at
        where votes.cast_at < excluded.cast_at
    )
    select count(*) as n from taken`.execute(db)
  return rows[0]!.n
}

export interface Logged {
  id: string
  participant_id: string
  subject_id: string
  choice: Cast['choice']
}

/** What was taken in under these ids before. */
export async function loggedVotes(db: Db, districtId: number, question: string, ids: string[]): Promise<Logged[]> {
  const { rows } = await sql<Logged>`
    select id, participant_id, subject_id, choice from vote_log
    where district_id = ${districtId} and question_id = ${question} and id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** Those of a deliberation who show one of these tickets, or sit on one of these seats. */
export async function participantsBy(
  db: Db,
  { districtId, id }: Of,
  tickets: readonly Buffer[],
  seats: readonly number[],
): Promise<Pick<Participant, 'id' | 'seat' | 'ticket_hash' | 'left_at'>[]> {
  return await db
    .selectFrom('participants')
    .select(['id', 'seat', 'ticket_hash', 'left_at'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where((is) =>
      is.or([
        is('ticket_hash', '=', sql<Buffer>`any(${tickets}::bytea[])`),
        is('seat', '=', sql<number>`any(${seats}::integer[])`),
      ]),
    )
    .execute()
}
