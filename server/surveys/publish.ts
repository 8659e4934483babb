import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { District } from '../../shared/places/api.ts'
import { compile } from '../../shared/surveys/compile.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { ownNotice } from '../../shared/surveys/notice.ts'
import { linkCode } from '../../shared/surveys/receipt.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { communities } from '../places/queries.ts'
import { refuse } from '../refusals.ts'
import { compileCondition } from './conditions.ts'
import { isPlainText } from './plain-text.ts'
import { FRESH_MS, forgetSurvey } from './published.ts'
import {
  addLinks,
  addVersion,
  changeStatus,
  definitionOf,
  forgetDevices,
  type Link,
  linksOf,
  nextVersion,
} from './queries.ts'

/**
 * Publishes a definition as the survey's next version, with a poster code for every community.
 * @throws {Refusal} surveyNotPublishable
 */
export async function publish(
  db: Kysely<Tables>,
  district: District,
  code: string,
  draft: { title: string; definition: unknown },
  at: Date,
): Promise<number> {
  const definition = publishable(draft)
  const version = await db.transaction().execute(async (tx) => {
    const next = await nextVersion(tx, district.id, { code, title: draft.title, at })
    const before = await definitionOf(tx, district.id, code, next - 1)
    if (before) keepNotice(before, draft.definition as SurveyDefinition)
    await addVersion(tx, district.id, { survey: code, version: next, definition, at })
    await completeLinks(tx, district, code)
    return next
  })
  forgetSurvey(db, district.id, code)
  return version
}

/** The definition as text, once it is known to compile. */
function publishable({ title, definition }: { title: string; definition: unknown }): string {
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

/**
 * Stored answers say which version of the notice their people agreed to: other words need another version.
 * @throws {Refusal} surveyNotPublishable
 */
function keepNotice(before: SurveyDefinition, after: SurveyDefinition): void {
  const [known, given] = [ownNotice(before), ownNotice(after)]
  if (!known || known.version !== given?.version || isDeepStrictEqual(known, given)) return
  const message = `告知书的文字改过了，但版本还是 ${known.version}，请换一个版本号`
  throw refuse.surveyNotPublishable([{ at: 'notice', rule: 'notice', message }])
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

/**
 * Opens or closes a survey. Closing deletes the device hashes, also of answers that were still let in by somebody who had not heard
 * of it and that `settle` waits for.
 * @throws {Refusal} unknownSurvey
 */
export async function setStatus(
  db: Kysely<Tables>,
  district: District,
  code: string,
  status: 'open' | 'closed',
  settle: () => Promise<void>,
): Promise<void> {
  if (!(await changeStatus(db, district.id, code, status))) throw refuse.unknownSurvey()
  forgetSurvey(db, district.id, code)
  if (status === 'open') return
  await sleep(FRESH_MS)
  await settle()
  await forgetDevices(db, district.id, code)
}
