import { sql } from 'kysely'
import type { Channel } from '../../shared/surveys/api.ts'
import type { Review } from '../../shared/surveys/tally.ts'
import type { Db } from '../db/database.ts'

/** Whether an answer to a survey came with a slip from its community; `slip` and `community` are columns of the row that is asked about. */
export const cameWith = (districtId: number, survey: string, slip: string, community: string) =>
  sql<boolean>`EXISTS (SELECT 1 FROM responses WHERE district_id = ${districtId} AND survey_code = ${survey}
    AND slip = ${sql.ref(slip)} AND community_code = ${sql.ref(community)})`

/** Answers to these versions of a survey: those that review kept, or all. */
export interface AnswersOf {
  survey: string
  versions: number[]
  excluded: boolean
}

const answersOf = (db: Db, districtId: number, { survey, versions, excluded }: AnswersOf) =>
  db
    .selectFrom('responses')
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('version', '=', sql<number>`any(${versions})`)
    .where('withdrawn_at', 'is', null)
    .$if(!excluded, (query) => query.where('review', '=', 'kept'))

export interface StoredAnswers {
  id: string
  version: number
  community: string
  channel: Channel
  proxy: boolean
  review: Review
  submittedAt: Date
  answers: Record<string, unknown>
}

/** The next answers in the order of their ids, which say nothing about when they came. */
export async function answersAfter(
  db: Db,
  districtId: number,
  of: AnswersOf,
  { after, limit }: { after: string; limit: number },
): Promise<StoredAnswers[]> {
  const rows = await answersOf(db, districtId, of)
    .select(['id', 'version', 'community_code as community', 'channel', 'proxy', 'review', 'answers'])
    .select('submitted_at as submittedAt')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows as StoredAnswers[]
}

/** How many answers of each community are alike in what they say to two questions. */
export async function alikeAnswers(
  db: Db,
  districtId: number,
  of: AnswersOf,
  { first = '', second = '' }: { first?: string; second?: string },
): Promise<{ community: string; first: string | null; second: string | null; n: number }[]> {
  const rows = await answersOf(db, districtId, of)
    .select(['community_code as community', sql<string | null>`answers ->> ${first}`.as('first')])
    .select([sql<string | null>`answers ->> ${second}`.as('second'), sql<number>`count(*)::int`.as('n')])
    .groupBy(sql`1, 2, 3`)
    .execute()
  return rows as { community: string; first: string | null; second: string | null; n: number }[]
}
