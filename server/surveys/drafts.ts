import type { Kysely } from 'kysely'
import type { Detail } from '../../shared/problem.ts'
import { compile, unreadable } from '../../shared/surveys/compile.ts'
import { isRecord, listOf, walk, wordsOf } from '../../shared/surveys/definition.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { RETENTION_DAYS } from '../../shared/surveys/retention.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { catalogue } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { chinaDay, chinaMinute } from '../platform/china-time.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { compileCondition } from './conditions.ts'
import {
  addDraft,
  type DraftHead,
  draftOf,
  holdDraft,
  removeDraft,
  type StoredDraft,
  writeDraft,
} from './draft-queries.ts'
import { definitionOf, latestSurvey } from './queries.ts'
import { retentionOf } from './retention-queries.ts'
import { publicationOf } from './version-queries.ts'

/** Says who an id of the audit is. */
export type NameOf = (db: Db, actor: string) => Promise<string>

export interface Begun {
  from: 'questionnaire' | 'definition' | 'version'
  survey?: string
  title?: string
  definition?: unknown
}

/** What a draft is made from, and by whom. */
interface Making {
  db: Kysely<Tables>
  districtId: number
  look: Look
  nameOf: NameOf
  at: Date
}

/**
 * Makes a draft: of a new survey, or of the next version of one that is published.
 * @returns the code of the survey
 * @throws {Refusal} unknownSurvey, surveyExists, draftExists, badDraft
 */
export async function beginDraft({ db, districtId, look, nameOf, at }: Making, begun: Begun): Promise<string> {
  const survey = begun.survey ?? (await freeCode(db, districtId, at))
  const known = await latestSurvey(db, districtId, survey)
  if (begun.from === 'version' && (!begun.survey || !known)) throw refuse.unknownSurvey()
  if (begun.from !== 'version' && known) throw refuse.surveyExists()
  const { definition, retentionDays } = await sourceOf(db, districtId, begun, known?.version)
  const title = begun.title ?? known?.title ?? titleOf(definition)
  const json = jsonOf(title, definition)
  await db.transaction().execute(async (one) => {
    const draft = { survey, title, definition: json, retentionDays, updatedAt: at, updatedBy: look.actor }
    if (!(await addDraft(one, districtId, { ...draft, base: known?.version ?? null }))) {
      const other = await draftOf(one, districtId, survey)
      throw refuse.draftExists(other ? await saying(one, other, nameOf) : '别人')
    }
    const after = { from: begun.from, base: known?.version, title, questions: questionsIn(definition) }
    await audit(one, { ...look, subject: `survey:${survey}`, after }, at)
  })
  return survey
}

async function sourceOf(db: Db, districtId: number, { from, survey, definition }: Begun, version = 0) {
  if (from === 'definition') return { definition, retentionDays: RETENTION_DAYS }
  if (from === 'questionnaire') {
    const { services } = (await catalogue(db, districtId)).catalogue
    return { definition: questionnaire(services), retentionDays: RETENTION_DAYS }
  }
  const { days } = await retentionOf(db, districtId, survey as string, version)
  return { definition: await definitionOf(db, districtId, survey as string, version), retentionDays: days }
}

/** The day says when it was made, and that is all that anybody needs of it. */
async function freeCode(db: Db, districtId: number, at: Date): Promise<string> {
  const day = `q${chinaDay(at).replaceAll('-', '')}`
  for (let turn = 1; ; turn += 1) {
    const code = turn === 1 ? day : `${day}-${turn}`
    if (!(await latestSurvey(db, districtId, code)) && !(await draftOf(db, districtId, code))) return code
  }
}

const titleOf = (definition: unknown) =>
  [...wordsOf(isRecord(definition) ? definition.title : undefined, '未命名的问卷')].slice(0, 100).join('')

export interface Saved {
  revision: number
  title: string
  definition: unknown
  retentionDays: number
}

/**
 * Saves over the revision that was read, also what cannot be published yet.
 * @throws {Refusal} unknownDraft, draftChanged, badDraft
 */
export async function saveDraft(
  { db, districtId, look, nameOf, at }: Making,
  survey: string,
  { revision, title, definition, retentionDays }: Saved,
): Promise<void> {
  const json = jsonOf(title, definition)
  await db.transaction().execute(async (one) => {
    const before = await heldAt(one, districtId, survey, revision, nameOf)
    await writeDraft(one, districtId, {
      ...{ survey, title, definition: json, retentionDays },
      ...{ updatedAt: at, updatedBy: look.actor },
    })
    const after = { revision: revision + 1, title, questions: questionsIn(definition), retentionDays }
    const was = { revision, title: before.title, questions: questionsIn(before.definition) }
    await audit(one, { ...look, before: was, after }, at)
  })
}

/** @throws {Refusal} unknownDraft, draftChanged */
export async function discardDraft(
  { db, districtId, look, nameOf, at }: Making,
  survey: string,
  revision: number,
): Promise<void> {
  await db.transaction().execute(async (one) => {
    const { title, base } = await heldAt(one, districtId, survey, revision, nameOf)
    await removeDraft(one, districtId, survey)
    await audit(one, { ...look, before: { revision, title, base } }, at)
  })
}

/**
 * The draft as it was read, which nobody else changes until the transaction ends.
 * @throws {Refusal} unknownDraft, draftChanged
 */
export async function heldAt(
  db: Db,
  districtId: number,
  survey: string,
  revision: number,
  nameOf: NameOf,
): Promise<StoredDraft> {
  const held = await holdDraft(db, districtId, survey)
  if (!held) throw refuse.unknownDraft()
  if (held.revision !== revision) throw refuse.draftChanged(await saying(db, held, nameOf))
  return held
}

/**
 * A draft says nothing about what was published after it was made and would take it away: whoever publishes it has looked at
 * the version `over` which it goes.
 * @throws {Refusal} draftOutdated
 */
export async function judgeBase(
  db: Db,
  districtId: number,
  { survey, base }: DraftHead,
  { before, over }: { before: number; over?: number },
  nameOf: NameOf,
): Promise<void> {
  if (before === (over ?? base ?? 0)) return
  const { at, by } = await publicationOf(db, districtId, survey, before)
  const who = by === null ? '有人' : await nameOf(db, by)
  throw refuse.draftOutdated(`${who}在${chinaMinute(at)}`, before, base)
}

/** Who saved it last, and when. */
async function saying(db: Db, { updatedBy, updatedAt }: DraftHead, nameOf: NameOf): Promise<string> {
  return `${await nameOf(db, updatedBy)}在${chinaMinute(updatedAt)}`
}

/** Why this cannot be published yet, by question. */
export function problemsOf(definition: unknown): Detail[] {
  const compiled = compile(definition, compileCondition)
  return compiled.ok ? [] : compiled.refusals
}

/** The definition as text: whatever can be edited may be kept. @throws {Refusal} badDraft */
function jsonOf(title: string, definition: unknown): string {
  const refusals = unreadable(definition)
  if (!isPlainText(title)) refusals.push({ at: 'title', rule: 'text', message: '标题里有无法保存的字符，请重新输入。' })
  if (refusals.length > 0) throw refuse.badDraft(refusals)
  return JSON.stringify(definition)
}

function questionsIn(definition: unknown): number {
  return isRecord(definition) ? walk(definition).asked.length : listOf(definition).length
}
