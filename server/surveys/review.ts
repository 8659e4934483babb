import { sql } from 'kysely'
import type { District } from '../../shared/places/api.ts'
import type { Decision, ReviewResult } from '../../shared/surveys/review-api.ts'
import type { Review } from '../../shared/surveys/tally.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { holds, type Reach } from '../people/reach.ts'
import { auditAll, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import type { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import { type Counted, entryOf } from './entry.ts'
import { publishedSurvey } from './published.ts'

export interface Reviewing {
  survey: string
  responses: string[]
  decision: Decision
  reason?: string
  /** Answers of other communities are as if they did not exist. */
  reach: Reach
  look: Omit<Look, 'subject'>
  at: Date
}

interface Stored extends Counted {
  id: string
  answers: Record<string, unknown>
  withdrawn: boolean
  /** The decision that holds, and how many there have been. */
  decision: Decision
  number: number
}

/**
 * Keeps or excludes answers: each goes out of one review state and into the other in the same commit as the decision
 * itself. Nothing is deleted. One answer for which it cannot be done is refused by name; of several, those are passed over.
 * @throws {Refusal} reasonNeeded, unknownResponse, reviewWithdrawn, reviewedAlready
 */
export async function review(
  { db, answers }: { db: Db; answers: Db },
  district: District,
  asked: Reviewing,
): Promise<ReviewResult> {
  judgeReason(asked)
  const { id: districtId } = district
  const ids = [...new Set(asked.responses.map((id) => id.toLowerCase()))].sort()
  return await forDistrict(answers, districtId)
    .transaction()
    .execute(async (one) => {
      await hold(one, districtId, asked.survey, ids)
      const stored = new Map((await find(one, districtId, asked.survey, ids)).map((each) => [each.id, each]))
      const judged = ids.map((id) => ({ id, wrong: wrongWith(stored.get(id), asked) }))
      const [first] = judged
      if (first?.wrong && judged.every(({ wrong }) => wrong)) throw first.wrong
      const taken = judged.flatMap(({ id, wrong }) => (wrong ? [] : [stored.get(id)!]))
      await moveTallies(db, one, districtId, taken, asked.decision)
      await decide(one, districtId, taken, asked)
      await auditAll(
        one,
        taken.map((each) => lookAt(each, asked)),
        asked.at,
      )
      return {
        decided: taken.map(({ id }) => id),
        passed: judged.flatMap(({ id, wrong }) => {
          return wrong ? [{ response: id, code: wrong.code, message: wrong.message }] : []
        }),
      }
    })
}

function judgeReason({ decision, reason }: Reviewing): void {
  if (decision === 'excluded' && !reason?.trim()) throw refuse.reasonNeeded()
  if (reason === undefined || isPlainText(reason)) return
  const message = '理由里有无法保存的字符，请重新输入。'
  throw refuse.badRequest([{ at: 'body/reason', rule: 'text', message }])
}

/** Whoever waited here reads what was decided meanwhile: that takes a statement of its own. */
async function hold(db: Db, districtId: number, survey: string, ids: string[]): Promise<void> {
  await sql`SELECT FROM responses WHERE district_id = ${districtId} AND survey_code = ${survey} AND id = ANY (${ids}::uuid[])
    ORDER BY id FOR UPDATE`.execute(db)
}

async function find(db: Db, districtId: number, survey: string, ids: string[]): Promise<Stored[]> {
  const found = await sql<Stored>`
    SELECT id, survey_code AS survey, version, community_code AS community, channel, proxy, review, answers,
      received_at AS "receivedAt", withdrawn_at IS NOT NULL AS withdrawn,
      coalesce(last.decision, 'open') AS decision, coalesce(last.number, 0) AS number
    FROM responses LEFT JOIN LATERAL (
      SELECT decision, number FROM response_reviews
      WHERE district_id = ${districtId} AND response_id = responses.id ORDER BY number DESC LIMIT 1
    ) last ON true
    WHERE district_id = ${districtId} AND survey_code = ${survey} AND id = ANY (${ids}::uuid[])`.execute(db)
  return found.rows
}

function wrongWith(stored: Stored | undefined, { decision, reach }: Reviewing): Refusal | undefined {
  if (!stored) return refuse.unknownResponse()
  // Of one that was withdrawn it is not known any more where it came from.
  if (stored.withdrawn) return reach.whole ? refuse.reviewWithdrawn() : refuse.unknownResponse()
  if (!holds(reach, stored.community)) return refuse.unknownResponse()
  return stored.decision === decision ? refuse.reviewedAlready() : undefined
}

const reviewAfter = (decision: Decision): Review => (decision === 'excluded' ? 'excluded' : 'kept')

/** What moves is counted out and in again; what stays where it was is not touched. */
async function moveTallies(db: Db, one: Db, districtId: number, taken: Stored[], decision: Decision): Promise<void> {
  const becomes = reviewAfter(decision)
  const moving = taken.filter(({ review: was }) => was !== becomes)
  if (moving.length === 0) return
  const entries = []
  for (const each of moving) {
    const { plan } = (await publishedSurvey(db, districtId, each.survey, each.version)).survey
    entries.push(entryOf(each, plan, each.answers, -1), entryOf({ ...each, review: becomes }, plan, each.answers, 1))
  }
  await one
    .updateTable('responses')
    .set({ review: becomes })
    .where('district_id', '=', districtId)
    .where(
      'id',
      'in',
      moving.map(({ id }) => id),
    )
    .execute()
  await one
    .insertInto('tally_outbox')
    .values({ district_id: districtId, entries: JSON.stringify(entries) })
    .execute()
}

async function decide(one: Db, district_id: number, taken: Stored[], asked: Reviewing): Promise<void> {
  const { survey: survey_code, decision, look, at: decided_at } = asked
  const said = { survey_code, decision, reason: asked.reason?.trim() || null, decided_by: look.actor, decided_at }
  const rows = taken.map(({ id: response_id, number }) => ({ district_id, response_id, number: number + 1, ...said }))
  await one.insertInto('response_reviews').values(rows).execute()
}

function lookAt({ id, review: was, decision: before }: Stored, { look, decision, reason }: Reviewing): Look {
  const states = { before: { review: was, decision: before }, after: { review: reviewAfter(decision), decision } }
  return { ...look, subject: `response:${id}`, ...states, ...(reason?.trim() && { purpose: reason.trim() }) }
}
