import { sql } from 'kysely'
import { choices, presences } from '../../shared/deliberations/kinds.ts'
import { type ByChannel, noVotes } from '../../shared/deliberations/opinions.ts'
import type { Counts } from '../../shared/deliberations/room.ts'
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
export async function voters(db: Db, districtId: number, question: string): Promise<Record<'phone' | 'seat', number>> {
  const last = db
    .selectFrom('votes')
    .distinctOn('participant_id')
    .select(['participant_id', 'channel'])
    .where('district_id', '=', districtId)
    .where('question_id', '=', question)
    .orderBy('participant_id')
    .orderBy('cast_at', 'desc')
    .orderBy('channel')
  const rows = await db
    .selectFrom(last.as('last'))
    .select((is) => ['channel', is.fn.countAll<number>().as('n')])
    .groupBy('channel')
    .execute()
  const [phone, seat] = presences.map((one) => Number(rows.find(({ channel }) => channel === one)?.n ?? 0))
  return { phone: phone!, seat: seat! }
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
