import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { linesOf } from '../../shared/deliberations/minutes/words.ts'
import { composeMinutes } from '../../shared/deliberations/minutes.ts'
import type { Minutes, MinutesTexts } from '../../shared/deliberations/minutes-api.ts'
import type { Document } from '../../shared/document.ts'
import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { freeze, publish, type StoredMinutes, saveTexts, storedMinutes } from './minutes-queries.ts'
import { recordOf } from './minutes-record.ts'
import { deliberationById, lockDeliberation, type Of, type StoredDeliberation } from './queries.ts'
import { tell } from './tell.ts'

/** Where minutes are made. */
export interface Desk {
  db: Kysely<Tables>
  secrets: Secrets
  district: District
}

const MARK = '草稿，尚未审定'

/** As they stand: composed from the record until they are approved, then what was approved. @throws {Refusal} unknownDeliberation */
export async function minutesOf(desk: Desk, id: string, now: Date): Promise<Minutes> {
  const of = { districtId: desk.district.id, id }
  const found = await deliberationById(desk.db, of)
  if (!found) throw refuse.unknownDeliberation()
  const stored = await storedMinutes(desk.db, of)
  const { revision = 0, status = 'draft', texts = [] } = stored ?? {}
  return {
    ...{ revision, status, texts },
    document: frozen(stored) ?? (await draft(desk, found, texts, now)),
    sha256: stored?.sha256?.toString('hex') ?? null,
    approvedAt: stored?.approved_at?.toISOString() ?? null,
    publishedAt: stored?.published_at?.toISOString() ?? null,
  }
}

const frozen = (stored: Pick<StoredMinutes, 'document'> | undefined): Document | undefined =>
  stored?.document ? (JSON.parse(stored.document) as Document) : undefined

/** Nobody takes a draft for the minutes. */
async function draft(desk: Desk, found: StoredDeliberation, texts: MinutesTexts, now: Date): Promise<Document> {
  const document = composeMinutes(await recordOf(desk, desk.district, found, now), texts)
  return { ...document, mark: [MARK, ...(document.mark ? [document.mark] : [])].join('；') }
}

/**
 * Changes what the secretary says in them; whoever saves behind somebody else is told.
 * @throws {Refusal} unknownDeliberation, minutesFrozen, minutesChanged, badRequest
 */
export async function editMinutes(
  { db }: Desk,
  of: Of,
  wish: { revision: number; texts: MinutesTexts; look: Look },
  at: Date,
): Promise<void> {
  const texts = tidied(wish.texts)
  await db.transaction().execute(async (one) => {
    await heldFor(one, of)
    const stored = await storedMinutes(one, of)
    if (stored && stored.status !== 'draft') throw refuse.minutesFrozen()
    if ((stored?.revision ?? 0) !== wish.revision) throw refuse.minutesChanged()
    await saveTexts(one, of, { texts, by: wish.look.actor }, at)
    await tell(one, of, [{ kind: 'desk', about: 'minutes' }], at)
    await audit(one, { ...wish.look, after: { status: 'draft', revision: wish.revision + 1 } }, at)
  })
}

async function heldFor(db: Db, of: Of): Promise<StoredDeliberation> {
  const found = await lockDeliberation(db, of)
  if (!found) throw refuse.unknownDeliberation()
  return found
}

/** @throws {Refusal} badRequest */
function tidied(texts: MinutesTexts): MinutesTexts {
  const message = '里面有无法保存的字符，请重新输入。'
  for (const { section, text } of texts)
    if (!linesOf(text).every(isPlainText) || !isPlainText(section))
      throw refuse.badRequest([{ at: section, rule: 'text', message }])
  return texts
    .map(({ section, text }) => ({ section, text: linesOf(text).join('\n') }))
    .filter(({ text }) => text !== '')
}

/**
 * Approves them: what stands in the record now is kept as a document with its SHA-256, and nothing that changes later
 * changes it. Or publishes them as they were approved. Asked for what is already so, it changes nothing.
 * @throws {Refusal} unknownDeliberation, minutesNotYet, minutesChanged, minutesFrozen, minutesNotApproved
 */
export async function setMinutesStatus(
  desk: Desk,
  of: Of,
  wish: { revision: number; status: 'approved' | 'published'; look: Look },
  at: Date,
): Promise<void> {
  await desk.db.transaction().execute(async (one) => {
    const found = await heldFor(one, of)
    const stored = await storedMinutes(one, of)
    if (stored?.status === wish.status) return
    if (stored?.status === 'published') throw refuse.minutesFrozen()
    if (wish.status === 'published' && stored?.status !== 'approved') throw refuse.minutesNotApproved()
    if (found.status !== 'closed') throw refuse.minutesNotYet()
    if ((stored?.revision ?? 0) !== wish.revision) throw refuse.minutesChanged()
    const after =
      wish.status === 'approved' ? await approve({ ...desk, db: one }, found, stored, wish.look.actor, at) : undefined
    if (wish.status === 'published') await publish(one, of, at)
    await tell(one, of, [{ kind: 'desk', about: 'minutes' }], at)
    const before = { status: stored?.status ?? 'draft' }
    await audit(one, { ...wish.look, before, after: { status: wish.status, ...after } }, at)
  })
}

async function approve(
  desk: Desk,
  found: StoredDeliberation,
  stored: StoredMinutes | undefined,
  by: string,
  at: Date,
): Promise<{ sha256: string }> {
  const of = { districtId: found.district_id, id: found.id }
  const record = await recordOf(desk, desk.district, found, at)
  const document = JSON.stringify(composeMinutes(record, stored?.texts ?? []))
  const sha256 = createHash('sha256').update(document).digest()
  if (!stored) await saveTexts(desk.db, of, { texts: [], by }, at)
  await freeze(desk.db, of, { document, sha256, by }, at)
  return { sha256: sha256.toString('hex') }
}
