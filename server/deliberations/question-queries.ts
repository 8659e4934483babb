import { type Insertable, type Selectable, sql, type UpdateObject } from 'kysely'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import type { Db } from '../db/database.ts'
import type { DeliberationsTables } from '../db/tables/deliberations.ts'
import type { Tables } from '../db/tables.ts'
import type { Of } from './queries.ts'
import { presence, votersOf } from './room-queries.ts'

type Questions = DeliberationsTables['questions']
export type StoredQuestion = Selectable<Questions>

/** Of whichever deliberation: an id is used once in a district. */
export async function questionOfDistrict(db: Db, districtId: number, id: string): Promise<StoredQuestion | undefined> {
  return await db
    .selectFrom('questions')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Whether a question was put to the vote anew, or is about to be. */
export async function isPutAgain(db: Db, districtId: number, id: string): Promise<boolean> {
  const again = db.selectFrom('questions').select('id').where('district_id', '=', districtId).where('rerun_of', '=', id)
  return (await again.limit(1).executeTakeFirst()) !== undefined
}

const one = (db: Db, { districtId, id }: Of, question: string) =>
  db
    .selectFrom('questions')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '=', question)

/** A question, and nobody votes on it or changes it until the transaction ends. */
export async function lockQuestion(db: Db, of: Of, question: string): Promise<StoredQuestion | undefined> {
  return await one(db, of, question).forUpdate().executeTakeFirst()
}

/** A question that stays as it is until the transaction ends, while others vote on it as well. */
export async function holdQuestion(db: Db, of: Of, question: string): Promise<StoredQuestion | undefined> {
  return await one(db, of, question).forShare().executeTakeFirst()
}

export async function addQuestion(db: Db, question: Insertable<Questions>): Promise<void> {
  await db.insertInto('questions').values(question).execute()
}

export async function changeQuestion(
  db: Db,
  districtId: number,
  id: string,
  set: UpdateObject<Tables, 'questions'>,
): Promise<void> {
  await db.updateTable('questions').set(set).where('district_id', '=', districtId).where('id', '=', id).execute()
}

export async function deleteQuestion(db: Db, districtId: number, id: string): Promise<void> {
  await db.deleteFrom('questions').where('district_id', '=', districtId).where('id', '=', id).execute()
}

/** Read when the statement comes to it, not when the transaction began: after the locks it waited for. */
export const databaseClock = sql<Date>`clock_timestamp()`

/** All questions as the desk sees them, or those with these ids, in the order of asking. What an open one has got so far is not told here either. */
export async function deskQuestions(db: Db, of: Of, ids?: string[]): Promise<Question[]> {
  const rows = await db
    .selectFrom('questions')
    .selectAll()
    .where('district_id', '=', of.districtId)
    .where('deliberation_id', '=', of.id)
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids!))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const { phone, seat } = await presence(db, of)
  const voters = await votersOf(db, of.districtId, rows)
  const papers = await papersOf(db, of.districtId, rows)
  return rows.map((row) => {
    const { voted = 0, gone = 0 } = voters.get(row.id) ?? {}
    const outcome = row.state === 'open' ? null : row.outcome
    return {
      ...{ id: row.id, item: row.agenda_item_id, kind: row.kind, title: row.title, options: row.options },
      ...{ picks: row.picks, secret: row.secret, rule: row.rule, quorum: row.quorum, requirement: row.requirement },
      ...{ state: row.state, reason: row.reason, rerunOf: row.rerun_of, outcome },
      ...{ voted, present: outcome?.present ?? phone + seat + gone, papers: papers.get(row.id) ?? 0 },
    }
  })
}

/** How many seats were handed a paper ballot, by secret question. */
async function papersOf(db: Db, districtId: number, rows: readonly StoredQuestion[]): Promise<Map<string, number>> {
  const secret = rows.filter((row) => row.secret).map(({ id }) => id)
  if (secret.length === 0) return new Map()
  const found = await db
    .selectFrom('ballot_roll')
    .select((is) => ['question_id', is.fn.countAll<number>().as('n')])
    .where('district_id', '=', districtId)
    .where('question_id', 'in', secret)
    .where('channel', '=', 'seat')
    .groupBy('question_id')
    .execute()
  return new Map(found.map(({ question_id, n }) => [question_id, Number(n)]))
}

/** How many are on the roster. */
export async function rosterSize(db: Db, { districtId, id }: Of): Promise<number> {
  const { n } = await db
    .selectFrom('invitees')
    .select((is) => is.fn.countAll<number>().as('n'))
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(n)
}
