import type { Kysely } from 'kysely'
import type { Asked } from '../../shared/deliberations/question-rules.ts'
import type { Question } from '../../shared/deliberations/questions-api.ts'
import type { RoomChange } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { lockedDeliberation, ofDeliberation } from './found.ts'
import { grounded } from './ground.ts'
import type { Of, StoredDeliberation } from './queries.ts'
import {
  addQuestion,
  changeQuestion,
  databaseClock,
  deleteQuestion,
  deskQuestions,
  isPutAgain,
  lockQuestion,
  questionOfDistrict,
  type StoredQuestion,
} from './question-queries.ts'
import { roomQuestions } from './room-queries.ts'
import { tell } from './tell.ts'

export type NewQuestion = Asked & { id: string }

/** Draws up a question. Asked twice, it is made once. @throws {Refusal} roomClosed, sameQuestion, unknownItem, badQuestion */
export async function ask(db: Kysely<Tables>, of: Of, wish: NewQuestion, look: Look, at: Date) {
  const asked = tidied(wish)
  return await db.transaction().execute(async (tx) => {
    const found = await lockedDeliberation(tx, of)
    const known = await questionOfDistrict(tx, of.districtId, asked.id)
    if (known && !isSame(known, of, asked)) throw refuse.sameQuestion()
    if (!known) {
      mustNotBeClosed(found)
      await added(tx, found, asked, at)
      await tell(tx, of, [{ kind: 'desk', about: 'questions' }], at)
      await audit(tx, { ...look, after: toldOf(asked) }, at)
    }
    return { question: await deskQuestion(tx, of, asked.id), isNew: !known }
  })
}

/**
 * Draws up a question and opens it in the transaction of whoever opens a consultation, whose row is held. Tells the room.
 * @throws {Refusal} sameQuestion, badQuestion
 */
export async function askAndOpen(tx: Db, found: StoredDeliberation, wish: NewQuestion, at: Date): Promise<void> {
  const asked = tidied(wish)
  if (await questionOfDistrict(tx, found.district_id, asked.id)) throw refuse.sameQuestion()
  await added(tx, found, asked, at)
  await changeQuestion(tx, found.district_id, asked.id, { state: 'open', opened_at: databaseClock })
  await tellQuestion(tx, ofDeliberation(found), asked.id, at)
}

/** The same anew, as a draft, because of `reason`. @throws {Refusal} roomClosed, unknownQuestion, questionState, sameQuestion, badQuestion */
export async function rerun(
  db: Kysely<Tables>,
  of: Of,
  question: string,
  wish: { id: string; reason: string },
  look: Look,
  at: Date,
) {
  const id = wish.id.toLowerCase()
  const reason = reasonOf(wish.reason, '重新表决')
  return await db.transaction().execute(async (tx) => {
    const found = await lockedDeliberation(tx, of)
    const before = await lockedQuestion(tx, of, question)
    const known = await questionOfDistrict(tx, of.districtId, id)
    if (known && known.rerun_of !== before.id) throw refuse.sameQuestion()
    if (!known) {
      mustNotBeClosed(found)
      mustHaveComeToNothing(before)
      if (await isPutAgain(tx, of.districtId, before.id)) throw refuse.questionState(ALREADY)
      const { kind, title, options, picks, secret, rule, quorum, requirement, agenda_item_id: item } = before
      const asked = { id, kind, title, options, picks, secret, rule, quorum, requirement, item }
      await addQuestion(tx, rowOf(found, asked, at, { rerun_of: before.id, reason }))
      await tell(tx, of, [{ kind: 'desk', about: 'questions' }], at)
      await audit(tx, { ...look, after: { question: id, ...toldOf(asked) }, purpose: reason }, at)
    }
    return { question: await deskQuestion(tx, of, id), isNew: !known }
  })
}

/** @throws {Refusal} unknownQuestion, questionState */
export async function removeDraft(db: Kysely<Tables>, of: Of, question: string, look: Look, at: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockedDeliberation(tx, of)
    const { id, state } = await lockedQuestion(tx, of, question)
    if (state !== 'draft') throw refuse.questionState('已经开始的表决不能删去，只能写明理由作废，投过的票都留有记录。')
    await deleteQuestion(tx, of.districtId, id)
    await tell(tx, of, [{ kind: 'desk', about: 'questions' }], at)
    await audit(tx, look, at)
  })
}

/** @throws {Refusal} unknownQuestion */
export async function lockedQuestion(tx: Db, of: Of, question: string): Promise<StoredQuestion> {
  const found = await lockQuestion(tx, of, question)
  if (!found) throw refuse.unknownQuestion()
  return found
}

/** Puts the question as it stands now before everybody in the room. */
export async function tellQuestion(tx: Db, of: Of, question: string, at: Date): Promise<void> {
  const changes = (await roomQuestions(tx, of, [question])).map(
    (question): RoomChange => ({ kind: 'question', question }),
  )
  await tell(tx, of, [...changes, { kind: 'desk', about: 'questions' }], at)
}

export async function deskQuestion(db: Db, of: Of, id: string): Promise<Question> {
  const [question] = await deskQuestions(db, of, [id])
  if (!question) throw refuse.unknownQuestion()
  return question
}

/** @throws {Refusal} badQuestion */
export function reasonOf(given: string | undefined, what: string): string {
  const reason = given?.trim() ?? ''
  if (reason !== '' && isPlainText(reason)) return reason
  const message = `${what}要写明理由，大家都会看到，请写一句。`
  throw refuse.badQuestion([{ at: 'body/reason', rule: 'required', message }])
}

function mustNotBeClosed({ status }: StoredDeliberation): void {
  if (status === 'closed') throw refuse.roomClosed()
}

const ALREADY = '这项已经有一次重新表决了，请接着办那一项；要是它也作废或者不够人数，再从它重新表决。'

/** Two decisions on one matter must not stand side by side. */
function mustHaveComeToNothing({ state, outcome }: StoredQuestion): void {
  if (state === 'void') return
  if (state === 'closed' && outcome?.kind === 'motion' && outcome.verdict === 'no-quorum') return
  throw refuse.questionState(
    state === 'closed'
      ? '这项表决已经有结果；要重新表决，请先写明理由作废它。'
      : '这项表决还没有结束；要重新表决，请先作废它。',
  )
}

async function added(tx: Db, found: StoredDeliberation, asked: NewQuestion, at: Date): Promise<void> {
  const sound = await grounded(tx, found, asked)
  await addQuestion(tx, rowOf(found, { ...sound, id: asked.id }, at))
}

function rowOf(
  { district_id, id: deliberation_id }: StoredDeliberation,
  { id, kind, title, options, picks, secret, rule, quorum, requirement, item }: NewQuestion,
  at: Date,
  more: { rerun_of?: string; reason?: string } = {},
) {
  const json = (value: object | null) => value && JSON.stringify(value)
  return {
    ...{ district_id, id, deliberation_id, agenda_item_id: item, kind, title, picks, secret, rule },
    ...{ options: JSON.stringify(options), quorum: json(quorum), requirement: json(requirement) },
    ...{ state: 'draft' as const, created_at: at, ...more },
  }
}

/** Ids as PostgreSQL writes them. */
function tidied(wish: NewQuestion): NewQuestion {
  return {
    ...{ ...wish, id: wish.id.toLowerCase(), item: wish.item?.toLowerCase() ?? null },
    ...{ title: wish.title.trim(), options: wish.options.map(({ id, text }) => ({ id: id.toLowerCase(), text })) },
  }
}

/** Whether the same was asked for before. The words of a statement are not the desk's, and may have changed since. */
function isSame(known: StoredQuestion, of: Of, asked: NewQuestion): boolean {
  if (known.deliberation_id !== of.id || known.rerun_of !== null) return false
  const texts = ({ kind, options }: Pick<Asked, 'kind' | 'options'>) =>
    options.map(({ id, text }) => (kind === 'opinion' ? id : `${id} ${text.trim()}`))
  const told = (one: Asked) => [one.kind, one.title, one.item, one.picks, one.secret, one.rule, ...texts(one)]
  const parts = ({ quorum, requirement }: Asked) => [
    quorum?.of,
    quorum?.share,
    requirement?.site,
    requirement?.function,
  ]
  const all = (one: Asked) => JSON.stringify([told(one), parts(one)])
  return all({ ...known, item: known.agenda_item_id }) === all(asked)
}

/** What the audit says of a question: no words of it. */
function toldOf({ kind, secret, rule, quorum, requirement }: Asked) {
  return { kind, ballot: secret ? 'secret' : 'open', rule, quorum, requirement }
}
