import type { Db } from '../db/database.ts'
import type { Of } from './queries.ts'

export async function ownStatements(db: Db, { districtId, id }: Of, participant: string) {
  return await db
    .selectFrom('statements as own')
    .leftJoin('statements as target', (join) =>
      join.onRef('target.district_id', '=', 'own.district_id').onRef('target.id', '=', 'own.merged_into'),
    )
    .select(['own.id', 'own.number', 'own.text', 'own.state', 'own.reason', 'own.merged_into as into'])
    .select((is) => [
      'target.number as mergedInto',
      is.fn.coalesce('target.answer', 'own.answer').as('answer'),
      is.fn.coalesce('target.result', 'own.result').as('result'),
    ])
    .where('own.district_id', '=', districtId)
    .where('own.deliberation_id', '=', id)
    .where('own.participant_id', '=', participant)
    .orderBy('own.number')
    .execute()
}

export async function followUpsNaming(db: Db, { districtId, id }: Of) {
  return await db
    .selectFrom('follow_ups')
    .select(['text', 'state', 'outcome', 'statement_ids as statements'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('number')
    .execute()
}

/** Whether somebody waits to speak, or speaks. */
export async function placeOf(
  db: Db,
  { districtId, id }: Of,
  participant: string,
): Promise<'waiting' | 'speaking' | null> {
  const row = await db
    .selectFrom('speakers')
    .select('state')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('participant_id', '=', participant)
    .where('state', 'in', ['waiting', 'speaking'])
    .executeTakeFirst()
  return row?.state === 'waiting' || row?.state === 'speaking' ? row.state : null
}

interface Voted {
  question: string
  cast: { subject: string; choice: string | string[] | null }[]
}

/** What somebody's votes are in questions that were not voided. */
export async function openVotesOf(db: Db, { districtId, id }: Of, participant: string): Promise<Voted[]> {
  const rows = await db
    .selectFrom('votes')
    .innerJoin('questions', (join) =>
      join.onRef('questions.district_id', '=', 'votes.district_id').onRef('questions.id', '=', 'votes.question_id'),
    )
    .select(['votes.question_id as question', 'votes.subject_id as subject', 'votes.choice'])
    .where('votes.district_id', '=', districtId)
    .where('questions.deliberation_id', '=', id)
    .where('questions.state', '<>', 'void')
    .where('votes.participant_id', '=', participant)
    .orderBy('votes.question_id')
    .execute()
  return [...new Set(rows.map(({ question }) => question))].map((question) => ({
    question,
    cast: rows.filter((row) => row.question === question).map(({ subject, choice }) => ({ subject, choice })),
  }))
}

/** In which secret ballots somebody has voted; what, nothing here knows. */
export async function rolledIn(db: Db, { districtId, id }: Of, participant: string): Promise<Voted[]> {
  const rows = await db
    .selectFrom('ballot_roll')
    .innerJoin('questions', (join) =>
      join
        .onRef('questions.district_id', '=', 'ballot_roll.district_id')
        .onRef('questions.id', '=', 'ballot_roll.question_id'),
    )
    .select('ballot_roll.question_id as question')
    .where('ballot_roll.district_id', '=', districtId)
    .where('questions.deliberation_id', '=', id)
    .where('questions.state', '<>', 'void')
    .where('ballot_roll.participant_id', '=', participant)
    .execute()
  return rows.map(({ question }) => ({ question, cast: [{ subject: question, choice: null }] }))
}
