import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { District } from '../../shared/places/api.ts'
import { compile } from '../../shared/surveys/compile.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { type Mapping, saidOf } from '../../shared/surveys/mapping.ts'
import { type Notice, noticeVersion, ownNotice } from '../../shared/surveys/notice.ts'
import { linkCode } from '../../shared/surveys/receipt.ts'
import { RETENTION_DAYS } from '../../shared/surveys/retention.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { communities } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { compileCondition } from './conditions.ts'
import { type Following, following } from './continuing.ts'
import { forgetSurvey } from './published.ts'
import { addLinks, addVersion, type Link, linksOf, nextVersion } from './queries.ts'
import { retentionOf } from './retention-queries.ts'
import { storedVersion } from './version-queries.ts'

export interface Draft {
  title: string
  definition: unknown
  retentionDays?: number
  /** How the version before continues in this one. */
  mapping?: Mapping
  /** `new` begins a new round; by default the round goes on. */
  round?: 'same' | 'new'
}

/**
 * Publishes a definition as the survey's next version, with a poster code for every community. `together` is done in the same
 * transaction, once nobody else can publish, and is told the version before; 0 where there is none.
 * @throws {Refusal} surveyNotPublishable, mappingRefused
 */
export async function publish(
  db: Kysely<Tables>,
  district: District,
  code: string,
  draft: Draft,
  look: Look,
  at: Date,
  together: (tx: Db, before: number) => Promise<void> = async () => undefined,
): Promise<number> {
  const definition = publishable(draft)
  const { title, retentionDays = RETENTION_DAYS } = draft
  const version = await db.transaction().execute(async (tx) => {
    const next = await nextVersion(tx, district.id, { code, title, at })
    await together(tx, next - 1)
    const last = await storedVersion(tx, district.id, code, next - 1)
    const before = last?.definition
    const follows = following(last, draft.definition as SurveyDefinition, draft)
    const kept = before && { ...(await retentionOf(tx, district.id, code, next - 1)), notice: ownNotice(before) }
    tellRetention({ notice: ownNotice(draft.definition as SurveyDefinition), days: retentionDays }, kept)
    const by = look.actor
    await addVersion(tx, district.id, { survey: code, version: next, definition, retentionDays, by, ...follows, at })
    await completeLinks(tx, district, code)
    const notice = noticeVersion(draft.definition as SurveyDefinition)
    const states = {
      before: before && { version: next - 1, notice: noticeVersion(before) },
      after: { version: next, notice, title, retentionDays, ...toldOf(follows) },
    }
    await audit(tx, { ...look, ...states }, at)
    return next
  })
  forgetSurvey(db, district.id, code)
  return version
}

/** What the audit says of how a version follows on the last: what goes on under its own name goes without saying. */
function toldOf({ round, mapping, countsOn }: Following) {
  return { round, ...(mapping && { countsOn, mapping: saidOf(mapping) }) }
}

/** The definition as text, once it is known to compile. */
function publishable({ title, definition }: Draft): string {
  if (!isPlainText(title)) {
    throw refuse.surveyNotPublishable([{ at: 'title', rule: 'text', message: '标题里有无法保存的字符，请重新输入。' }])
  }
  const compiled = compile(definition, compileCondition)
  if (!compiled.ok) throw refuse.surveyNotPublishable(compiled.refusals)
  try {
    return JSON.stringify(definition)
  } catch {
    const message = '问卷定义嵌套太深，请检查文件。'
    throw refuse.surveyNotPublishable([{ at: 'survey', rule: 'shape', message }])
  }
}

interface Told {
  notice?: Notice
  /** How long answers are kept, which every notice says. */
  days: number
}

/**
 * Stored answers say which version of the notice their people agreed to: other words, or another time, need another version.
 * @throws {Refusal} surveyNotPublishable
 */
function tellRetention({ notice, days }: Told, before: Told | undefined): void {
  const refused = (message: string) => refuse.surveyNotPublishable([{ at: 'notice', rule: 'notice', message }])
  if (!notice && days !== RETENTION_DAYS)
    throw refused(`系统自带的告知书写的是保存 ${RETENTION_DAYS} 天；要保存 ${days} 天，请带上本区自己的告知书`)
  const same = before?.days === days && isDeepStrictEqual(before.notice, notice)
  if (!notice || before?.notice?.version !== notice.version || same) return
  throw refused(`告知书的文字或保存天数改过了，但版本还是 ${notice.version}，请换一个版本号`)
}

/** The poster codes of a survey, made now for communities that came after its publication. */
export async function completeLinks(db: Db, district: District, survey: string): Promise<Link[]> {
  const places = await communities(db, district.id)
  for (;;) {
    const links = await linksOf(db, district.id, survey)
    const linked = new Set(links.map(({ community }) => community))
    const missing = places.filter(({ code }) => !linked.has(code))
    if (missing.length === 0) return links
    const made = missing.map(({ code: community }) => ({ code: linkCode(district.code, randomBytes(6)), community }))
    await addLinks(db, district.id, survey, made)
  }
}
