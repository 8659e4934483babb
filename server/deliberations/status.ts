import type { Kysely } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { askAboutProposals, closeVotes } from './consultation.ts'
import { lookAgain } from './look-again.ts'
import { toldAnew } from './plan.ts'
import { endWhatGoesOn, hasOpenQuestion, minutesStatus, saveStatus } from './plan-queries.ts'
import { lockDeliberation, type Of, type StoredDeliberation } from './queries.ts'
import { roomSpeakers } from './room-queries.ts'
import { tell } from './tell.ts'

/**
 * Opens a deliberation, closes it, or opens it again while its minutes are not approved. Asked for what is already so, it
 * changes nothing.
 * @throws {Refusal} unknownDeliberation, wrongStatus, questionsOpen
 */
export async function turn(
  db: Kysely<Tables>,
  secrets: Secrets,
  of: Of,
  to: 'open' | 'closed',
  look: Look,
  at: Date,
): Promise<void> {
  await db.transaction().execute(async (one) => {
    const found = await lockDeliberation(one, of)
    if (!found) throw refuse.unknownDeliberation()
    if (found.status === to) return
    if (to === 'open') {
      const minutes = await minutesStatus(one, of)
      if (minutes === 'approved' || minutes === 'published')
        throw refuse.wrongStatus('纪要已经审定，这次议事会不能再开；还有要议的，请另外筹备一次。')
      mustNotBePast(found, at)
      await saveStatus(one, of, { status: to, opened_at: found.opened_at ?? at, closed_at: null })
      if (found.kind === 'consultation') await openConsultation(one, found, at)
    } else {
      if (found.status === 'planned') throw refuse.wrongStatus('议事会还没有开始，不能结束；请先开始，或修改筹备内容。')
      if (found.kind === 'consultation') await closeVotes(one, secrets, found, at)
      if (await hasOpenQuestion(one, of)) throw refuse.questionsOpen()
      await endWhatGoesOn(one, of, at)
      await saveStatus(one, of, { status: to, closed_at: at })
    }
    const speakers = { kind: 'speakers', speakers: await roomSpeakers(one, of) } as const
    await tell(one, of, [...(await toldAnew(one, of)), speakers], at)
    await audit(one, { ...look, before: { status: found.status }, after: { status: to } }, at)
  })
}

/** @throws {Refusal} wrongStatus */
function mustNotBePast({ kind, ends_at }: StoredDeliberation, at: Date): void {
  if (kind === 'consultation' && ends_at && ends_at <= at)
    throw refuse.wrongStatus('截止时间已经过了，不能再开放；请先在筹备内容里把截止时间改晚，再开放。')
}

async function openConsultation(tx: Db, found: StoredDeliberation, at: Date): Promise<void> {
  await askAboutProposals(tx, found, at)
  await lookAgain(tx, { districtId: found.district_id, id: found.id })
}
