import type { Kysely } from 'kysely'
import { mayBecome, needsOutcome } from '../../shared/deliberations/follow-up-rules.ts'
import { type FollowUpState, followUpStateNames } from '../../shared/deliberations/kinds.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import {
  allOf,
  followUpById,
  insertFollowUp,
  type StoredFollowUp,
  saveFollowUp,
  type Task,
} from './follow-up-queries.ts'
import { lockDeliberation, type Of } from './queries.ts'
import { tell } from './tell.ts'

/**
 * Writes down what is to be done. Returns whether it is new: asked twice, it is written once.
 * @throws {Refusal} unknownDeliberation, sameFollowUp, unknownStatement, unknownQuestion, badRequest
 */
export async function addFollowUp(
  db: Kysely<Tables>,
  of: Of,
  wish: { id: string; task: Task; look: Look },
  at: Date,
): Promise<boolean> {
  const task = tidied(wish.task)
  return await db.transaction().execute(async (one) => {
    if (!(await lockDeliberation(one, of))) throw refuse.unknownDeliberation()
    const known = await followUpById(one, of.districtId, wish.id)
    if (known) {
      if (known.deliberation !== of.id || !isSame(known, task)) throw refuse.sameFollowUp()
      return false
    }
    await mustBelong(one, of, task)
    await insertFollowUp(one, of, { task, followUp: wish.id, by: wish.look.actor, at })
    await tell(one, of, [{ kind: 'desk', about: 'follow-ups' }], at)
    await audit(one, { ...wish.look, after: { followUp: wish.id, dueOn: task.dueOn, state: 'open' } }, at)
    return true
  })
}

/**
 * Changes it, or how far it is; whoever saves behind somebody else is told.
 * @throws {Refusal} unknownFollowUp, followUpChanged, wrongStatus, followUpNeedsOutcome, unknownStatement, unknownQuestion
 */
export async function changeFollowUp(
  db: Kysely<Tables>,
  of: Of,
  wish: { id: string; revision: number; task: Task; state: FollowUpState; outcome: string | null; look: Look },
  at: Date,
): Promise<void> {
  const { id, state, look } = wish
  const task = tidied(wish.task)
  const outcome = needsOutcome(state) ? plainLine('outcome', wish.outcome ?? '') : null
  await db.transaction().execute(async (one) => {
    if (!(await lockDeliberation(one, of))) throw refuse.unknownDeliberation()
    const known = await followUpById(one, of.districtId, id)
    if (known?.deliberation !== of.id) throw refuse.unknownFollowUp()
    if (known.revision !== wish.revision) throw refuse.followUpChanged()
    if (!mayBecome(known.state, state)) throw refuse.wrongStatus(settledWords(known.state))
    if (outcome === '') throw refuse.followUpNeedsOutcome()
    await mustBelong(one, of, task)
    const anew = known.dueOn !== task.dueOn || (needsOutcome(known.state) && !needsOutcome(state))
    await saveFollowUp(one, of.districtId, { id, task, state, outcome, anew }, at)
    await tell(one, of, [{ kind: 'desk', about: 'follow-ups' }], at)
    const before = { followUp: id, dueOn: known.dueOn, state: known.state }
    await audit(one, { ...look, before, after: { ...before, dueOn: task.dueOn, state } }, at)
  })
}

const settledWords = (state: FollowUpState): string =>
  `这件事现在是“${followUpStateNames[state]}”，要改请先改为“${followUpStateNames['in-progress']}”，再记新的结果。`

/** Nobody promises anything for other centuries. */
const days = { first: '2000-01-01', last: '2100-12-31' }

/** @throws {Refusal} badRequest */
function tidied({ text, owner, dueOn, statements, question }: Task): Task {
  if (dueOn < days.first || dueOn > days.last)
    throw refuse.badRequest([{ at: 'dueOn', rule: 'range', message: '完成时限的年份不对，请重新选择日期。' }])
  return {
    ...{ text: plainLine('text', text), owner: plainLine('owner', owner), dueOn },
    statements: [...new Set(statements.map((id) => id.toLowerCase()))],
    question: question?.toLowerCase() ?? null,
  }
}

/** @throws {Refusal} badRequest */
function plainLine(at: string, given: string): string {
  const text = given.trim()
  if (!isPlainText(text)) throw refuse.badRequest([{ at, rule: 'text', message: '里面有无法保存的字符，请重新输入。' }])
  if (text === '' && at !== 'outcome')
    throw refuse.badRequest([{ at, rule: 'empty', message: '这一栏还没有写，请写好再保存。' }])
  return text
}

const isSame = (known: StoredFollowUp, { text, owner, dueOn, statements, question }: Task): boolean =>
  JSON.stringify([known.text, known.owner, known.dueOn, known.statements, known.question]) ===
  JSON.stringify([text, owner, dueOn, statements, question])

/** @throws {Refusal} unknownStatement, unknownQuestion */
async function mustBelong(db: Db, of: Of, { statements, question }: Task): Promise<void> {
  if (!(await allOf(db, of, 'statements', statements))) throw refuse.unknownStatement()
  if (question && !(await allOf(db, of, 'questions', [question]))) throw refuse.unknownQuestion()
}
