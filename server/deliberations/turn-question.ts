import type { Kysely } from 'kysely'
import { seenBy } from '../../shared/deliberations/consensus.ts'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import type { Counts } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { discardBox, openBox, wholeRoll } from './ballots.ts'
import { lockedDeliberation, mustBeOpen } from './found.ts'
import { grounded, withoutGone } from './ground.ts'
import { type Box, outcomeOf } from './outcomes.ts'
import type { Of, StoredDeliberation } from './queries.ts'
import { changeQuestion, databaseClock, type StoredQuestion } from './question-queries.ts'
import { deskQuestion, lockedQuestion, reasonOf, tellQuestion } from './questions.ts'

export interface Turn {
  state: 'open' | 'closed' | 'void'
  reason?: string
  /** What the paper ballots of a secret vote say. */
  papers?: Counts
}

interface Held {
  tx: Db
  found: StoredDeliberation
  question: StoredQuestion
}

/**
 * Opens a question, closes it and locks its outcome, or voids it. Asked for what is already so, it changes nothing.
 * @throws {Refusal} unknownDeliberation, unknownQuestion, roomNotYetOpen, roomClosed, badQuestion, questionNotOpen,
 * questionVoid, questionState, papersDoNotAddUp
 */
export async function turnQuestion(
  db: Kysely<Tables>,
  secrets: Secrets,
  of: Of,
  question: string,
  turn: Turn,
  look: Look,
  at: Date,
): Promise<Question> {
  return await db.transaction().execute(async (tx) => {
    const found = await lockedDeliberation(tx, of)
    const held = { tx, found, question: await lockedQuestion(tx, of, question) }
    const { id, state } = held.question
    if (state === turn.state) return await deskQuestion(tx, of, id)
    if (turn.state === 'open') await open(held)
    else if (turn.state === 'closed') await closeQuestion(held, secrets, turn.papers)
    else await makeVoid(held, turn.reason)
    await tellQuestion(tx, of, id, at)
    const purpose = turn.state === 'void' ? turn.reason?.trim() : undefined
    await audit(tx, { ...look, before: { state }, after: { state: turn.state }, ...(purpose && { purpose }) }, at)
    return await deskQuestion(tx, of, id)
  })
}

/** What statements say may have changed since the question was drawn up. */
async function open({ tx, found, question }: Held): Promise<void> {
  const { district_id, id, state, agenda_item_id: item, ...rest } = question
  if (state === 'void') throw refuse.questionVoid()
  if (state === 'closed') throw refuse.questionState('这项表决已经结束，不能再开始；要再议，请作废后重新表决。')
  mustBeOpen(found)
  const { options } = await grounded(tx, found, await withoutGone(tx, found, { ...rest, item }))
  await changeQuestion(tx, district_id, id, {
    ...{ state: 'open', opened_at: databaseClock, options: JSON.stringify(options) },
  })
}

const NO_PAPERS: Counts = { agree: 0, disagree: 0, pass: 0 }

/** In the transaction of whoever closes; nobody votes from here on. @throws {Refusal} questionNotOpen, questionVoid, papersDoNotAddUp */
export async function closeQuestion({ tx, found, question }: Held, secrets: Secrets, papers = NO_PAPERS) {
  const { district_id: districtId, id, state } = question
  if (state === 'draft') throw refuse.questionNotOpen()
  if (state === 'void') throw refuse.questionVoid()
  const box = question.secret ? await opened(tx, secrets, question, papers) : undefined
  if (!box && seenBy(papers) > 0) throw refuse.papersDoNotAddUp(0, seenBy(papers))
  const outcome = await outcomeOf(tx, { districtId, id: found.id }, question, box)
  await changeQuestion(tx, districtId, id, {
    ...{ state: 'closed', closed_at: databaseClock, outcome: JSON.stringify(outcome) },
  })
}

async function opened(tx: Db, secrets: Secrets, { district_id, id }: StoredQuestion, papers: Counts): Promise<Box> {
  const handed = (await wholeRoll(tx, district_id, id)).filter(({ channel }) => channel === 'seat').length
  if (seenBy(papers) !== handed) throw refuse.papersDoNotAddUp(handed, seenBy(papers))
  const choices = await openBox(tx, secrets, district_id, id, papers)
  const roll = await wholeRoll(tx, district_id, id)
  if (choices.length !== roll.length) throw new Error(`${roll.length} on the roll, ${choices.length} ballots`)
  return { choices, roll }
}

/** What was cast in open votes stays on record. */
async function makeVoid({ tx, found, question }: Held, given: string | undefined): Promise<void> {
  const { district_id, id, state, secret } = question
  if (state === 'draft') throw refuse.questionState('这项表决还没有开始，不用作废，删去就可以。')
  mustBeOpen(found)
  const reason = reasonOf(given, '作废')
  if (secret && state === 'open') await discardBox(tx, district_id, id)
  const closed = question.closed_at ? {} : { closed_at: databaseClock }
  await changeQuestion(tx, district_id, id, { state: 'void', reason, ...closed })
}
