import type { Kysely, Updateable } from 'kysely'
import type { AnswerKind } from '../../shared/deliberations/kinds.ts'
import { answerFault, type Moderated, mergeFault, moderationFault } from '../../shared/deliberations/statement-rules.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { oneLine } from '../../shared/one-line.ts'
import type { Db } from '../db/database.ts'
import type { DeliberationsTables } from '../db/tables/deliberations.ts'
import type { Tables } from '../db/tables.ts'
import { catalogue } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { lockedDeliberation } from './found.ts'
import type { Of, StoredDeliberation } from './queries.ts'
import { changeStatement, mergedInto, moveMerged, statementById } from './statement-queries.ts'
import { tellStatements } from './tell-statements.ts'

/** Who changes which statement, and when. */
export interface Change {
  of: Of
  statement: string
  look: Look
  at: Date
}

/** Shows a statement, puts it back or rejects it. @throws {Refusal} statementSettled, statementNeedsReason */
export async function moderate(db: Kysely<Tables>, change: Change, to: Moderated, given = ''): Promise<Statement> {
  const reason = to === 'rejected' ? plain('reason', given) : null
  if (reason === '') throw refuse.statementNeedsReason()
  return await changing(db, change, async (tx, one) => {
    if (one.state === to && one.reason === reason) return undefined
    const merged = await mergedInto(tx, change.of, one.id)
    const fault = moderationFault(one, to, { into: await targetOf(tx, change.of, one), merged })
    if (fault) throw refuse.statementSettled(fault)
    // Showing what was discussed takes its result back.
    const without = one.state === 'discussed' ? { answer: null, result: null } : {}
    return { set: { ...without, state: to, reason, moderated_by: change.look.actor, moderated_at: change.at } }
  })
}

/** Merges a statement into another, with what was merged into it. @throws {Refusal} unknownStatement, cannotMerge */
export async function merge(db: Kysely<Tables>, change: Change, into: string): Promise<Statement> {
  const { of, look, at } = change
  return await changing(db, change, async (tx, one) => {
    const target = await statementById(tx, of, into)
    if (!target) throw refuse.unknownStatement()
    if (one.mergedInto === target.id) return undefined
    const fault = mergeFault(one, target, await targetOf(tx, of, target))
    if (fault) throw refuse.cannotMerge(fault)
    await moveMerged(tx, of, one.id, target.id)
    const set = {
      state: 'merged',
      reason: null,
      merged_into: target.id,
      moderated_by: look.actor,
      moderated_at: at,
    } as const
    return { set, others: [target] }
  })
}

/** Takes a statement out of the one that it was merged into; it is shown again. */
export async function split(db: Kysely<Tables>, change: Change): Promise<Statement> {
  const { of, look, at } = change
  return await changing(db, change, async (tx, one) => {
    const target = await targetOf(tx, of, one)
    if (!target) return undefined
    const set = { state: 'shown', merged_into: null, moderated_by: look.actor, moderated_at: at } as const
    return { set, others: [target] }
  })
}

/** Confirms which service a statement is about, or that it is about none. @throws {Refusal} unknownService */
export async function code(db: Kysely<Tables>, change: Change, service: string | null): Promise<Statement> {
  const { services } = (await catalogue(db, change.of.districtId)).catalogue
  if (service !== null && !services.some((known) => known.code === service)) throw refuse.unknownService()
  return await changing(db, change, async () => ({ set: { service, coded_by: change.look.actor } }))
}

/**
 * Writes what came of a statement; in a consultation, with one of three answers.
 * @throws {Refusal} answerNeedsReason, notAConsultation, badRequest without an answer, statementSettled
 */
export async function answer(
  db: Kysely<Tables>,
  change: Change,
  kind: AnswerKind | null,
  given: string,
): Promise<Statement> {
  const { of, look, at } = change
  const result = plain('result', given)
  if (result === '') throw refuse.answerNeedsReason()
  return await changing(db, change, async (tx, one, found) => {
    const isConsultation = found.kind === 'consultation'
    if (kind !== null && !isConsultation) throw refuse.notAConsultation()
    if (kind === null && isConsultation) throw refuse.badRequest([whichAnswer])
    const fault = answerFault(one, await targetOf(tx, of, one))
    if (fault) throw refuse.statementSettled(fault)
    return { set: { state: 'discussed', answer: kind, result, answered_by: look.actor, answered_at: at } }
  })
}

const whichAnswer = { at: 'body/answer', rule: 'required', message: '请选择采纳、部分采纳或未采纳，再保存。' }

/** @throws {Refusal} badRequest */
function plain(field: string, given: string): string {
  const text = oneLine(given)
  if (isPlainText(text)) return text
  const message = '文字里有无法保存的字符，请删去后再保存。'
  throw refuse.badRequest([{ at: `body/${field}`, rule: 'text', message }])
}

interface Done {
  set: Updateable<DeliberationsTables['statements']>
  /** What else looks different in the room now. */
  others?: Statement[]
}

type Work = (tx: Db, one: Statement, found: StoredDeliberation) => Promise<Done | undefined>

/** Changes one statement in a transaction, tells the room and leaves an entry; nothing of it where there is nothing to change. */
async function changing(db: Kysely<Tables>, { of, statement, look, at }: Change, work: Work): Promise<Statement> {
  return await db.transaction().execute(async (tx) => {
    const found = await lockedDeliberation(tx, of)
    const before = await statementById(tx, of, statement)
    if (!before) throw refuse.unknownStatement()
    const done = await work(tx, before, found)
    if (!done) return before
    await changeStatement(tx, of, before.id, done.set)
    const after = (await statementById(tx, of, before.id))!
    const touched = [before, ...(done.others ?? [])]
    await tellStatements(
      tx,
      of,
      touched.map(({ id }) => id),
      touched,
      at,
    )
    await audit(tx, { ...look, before: auditable(before), after: auditable(after) }, at)
    return after
  })
}

/** Without what somebody wrote. */
const auditable = ({ state, mergedInto, service, answer }: Statement) => ({ state, mergedInto, service, answer })

async function targetOf(tx: Db, of: Of, { mergedInto: into }: Statement): Promise<Statement | undefined> {
  return into === null ? undefined : await statementById(tx, of, into)
}
