import { sql } from 'kysely'
import { choices, type Presence } from '../../shared/deliberations/kinds.ts'
import { type ByChannel, noVotes } from '../../shared/deliberations/opinions.ts'
import type { Counts, OpinionOutcome } from '../../shared/deliberations/room.ts'
import type { Matrix } from '../../shared/statistics/pca.ts'
import type { Db } from '../db/database.ts'

/** How people voted on each option of an opinion question: counted by the database, since there may be 400,000 votes. */
export async function countedVotes(db: Db, districtId: number, question: string): Promise<Map<string, ByChannel>> {
  const rows = await db
    .selectFrom('votes')
    .select((is) => [
      'subject_id as option',
      'channel',
      sql<string>`choice #>> '{}'`.as('choice'),
      is.fn.countAll<number>().as('n'),
    ])
    .where('district_id', '=', districtId)
    .where('question_id', '=', question)
    .groupBy(['option', 'channel', 'choice'])
    .execute()
  const votes = new Map<string, ByChannel>()
  for (const { option, channel, choice, n } of rows) {
    const known = choices.find((each) => each === choice)
    if (!known) continue
    const counts = votes.get(option) ?? noVotes()
    counts[channel][known] += Number(n)
    votes.set(option, counts)
  }
  return votes
}

/** How many people voted on anything, by what they take part with; whoever used both counts by the last. */
export async function voters(db: Db, districtId: number, question: string): Promise<Record<Presence, number>> {
  const { rows } = await sql<Record<Presence, number>>`
    select count(*) filter (where last = phone)::integer as phone, count(*) filter (where last is distinct from phone)::integer as seat
    from (
      select max(cast_at) as last, max(cast_at) filter (where channel = 'phone') as phone from votes
      where district_id = ${districtId} and question_id = ${question} group by participant_id
    ) as voter`.execute(db)
  return rows[0]!
}

export async function handsOf(db: Db, districtId: number, question: string): Promise<Map<string, Counts>> {
  const rows = await db
    .selectFrom('hand_counts')
    .select(['subject_id', 'counts'])
    .where('district_id', '=', districtId)
    .where('question_id', '=', question)
    .execute()
  return new Map(rows.map(({ subject_id, counts }) => [subject_id, counts]))
}

/** A closed opinion question with its outcome. */
export async function closedOpinion(
  db: Db,
  districtId: number,
  question: string,
): Promise<{ id: string; options: string[]; outcome: OpinionOutcome } | undefined> {
  const row = await db
    .selectFrom('questions')
    .select(['id', 'options', 'outcome'])
    .where('district_id', '=', districtId)
    .where('id', '=', question)
    .where('state', '=', 'closed')
    .executeTakeFirst()
  if (row?.outcome?.kind !== 'opinion') return undefined
  return { id: row.id, options: row.options.map(({ id }) => id), outcome: row.outcome }
}

/** Returns whether the question was still closed. */
export async function saveGroups(
  db: Db,
  districtId: number,
  question: string,
  outcome: OpinionOutcome,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('questions')
    .set({ outcome: JSON.stringify(outcome) })
    .where('district_id', '=', districtId)
    .where('id', '=', question)
    .where('state', '=', 'closed')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** People by options, in the order of their ids: nothing of it says who voted first. One text a person, since there may be 400,000 votes. */
export async function voteMatrix(
  db: Db,
  districtId: number,
  question: string,
  options: readonly string[],
): Promise<Matrix> {
  const { rows } = await sql<{ cast: string }>`
    select string_agg(option.at || case votes.choice #>> '{}' when 'agree' then '+' when 'disagree' then '-' else '|' end, '') as cast
    from votes join unnest(${options}::uuid[]) with ordinality as option (id, at) on option.id = votes.subject_id
    where votes.district_id = ${districtId} and votes.question_id = ${question}
    group by votes.participant_id order by votes.participant_id`.execute(db)
  const columns = options.length
  const values = new Float64Array(rows.length * columns).fill(NaN)
  for (const [row, { cast }] of rows.entries())
    for (const [, at, sign] of cast.matchAll(/(\d+)([+\-|])/g)) {
      values[row * columns + Number(at) - 1] = sign === '+' ? 1 : sign === '-' ? -1 : 0
    }
  return { rows: rows.length, columns, values }
}
