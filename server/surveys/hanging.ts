import type { Kysely } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

/** What hangs on an answer, whoever wrote it down: none of it may outlast the answer by as much as a commit. */
const hanging = [
  ...(['response_conflicts', 'response_reviews', 'response_signs', 'response_traces'] as const),
  ...(['open_answers', 'open_answer_codes', 'quotations'] as const),
] as const

/** Deletes what hangs on these answers. Call it in the transaction that takes them away. Returns how many conflicts there were. */
export async function dropHanging(db: Db, district_id: number, ids: Answers): Promise<number> {
  let conflicts = 0
  for (const table of hanging) {
    const gone = await db
      .deleteFrom(table)
      .where('district_id', '=', district_id)
      .where('response_id', 'in', ids(db))
      .executeTakeFirst()
    if (table === 'response_conflicts') conflicts = Number(gone.numDeletedRows)
  }
  return conflicts
}

/** Ids of answers, as a list or as a question. */
type Answers = (db: Kysely<Tables>) => string[] | ReturnType<typeof answersTo>

/** All answers to a version. */
export function answersTo(db: Kysely<Tables>, district_id: number, survey: string, version: number) {
  return db
    .selectFrom('responses')
    .select('id')
    .where('district_id', '=', district_id)
    .where('survey_code', '=', survey)
    .where('version', '=', version)
}
