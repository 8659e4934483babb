import { randomInt } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Plan } from '../../shared/deliberations/api.ts'
import type { RoomChange, RoomProposal } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { compounds } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { lookAgain } from './look-again.ts'
import { planFaults } from './plan-faults.ts'
import { addDeliberation, itemsInUse, planOf, saveAgenda, savePlan, saveProposals } from './plan-queries.ts'
import { deliberationById, lockDeliberation, type Of, type StoredDeliberation } from './queries.ts'
import { roomHead, roomItems, roomProposals } from './room-queries.ts'
import { tell } from './tell.ts'

/** Six digits that nobody loses the first of. */
const newCode = (): string => String(randomInt(100_000, 1_000_000))

/**
 * Plans a deliberation. Returns whether it is new: asked twice, it is made once.
 * @throws {Refusal} badPlan, sameDeliberation
 */
export async function plan(
  db: Kysely<Tables>,
  { districtId, id }: Of,
  wish: { plan: Plan; look: Look; mayTell: (found: StoredDeliberation) => boolean },
  at: Date,
): Promise<boolean> {
  const wanted = tidied(wish.plan)
  await mustBeSound(db, districtId, wanted)
  return await db.transaction().execute(async (one) => {
    for (;;) {
      const added = { code: newCode(), plan: wanted, by: wish.look.actor, at }
      if (await addDeliberation(one, { districtId, id }, added)) break
      const known = await deliberationById(one, { districtId, id })
      if (!known) continue
      if (!wish.mayTell(known) || !isSame(await planOf(one, known), wanted)) throw refuse.sameDeliberation()
      return false
    }
    await saveLists(one, { districtId, id }, wanted)
    if (wanted.kind === 'consultation') await lookAgain(one, { districtId, id })
    await audit(one, { ...wish.look, after: toldOf(wanted) }, at)
    return true
  })
}

/**
 * Changes what was planned; whoever saves behind somebody else is told.
 * @throws {Refusal} unknownDeliberation, planChanged, planFixed, badPlan
 */
export async function change(
  db: Kysely<Tables>,
  of: Of,
  wish: { revision: number; plan: Plan; look: Look },
  at: Date,
): Promise<void> {
  const wanted = tidied(wish.plan)
  await mustBeSound(db, of.districtId, wanted)
  await db.transaction().execute(async (one) => {
    const found = await lockDeliberation(one, of)
    if (!found) throw refuse.unknownDeliberation()
    if (found.revision !== wish.revision) throw refuse.planChanged()
    await mustBeFree(one, found, wanted)
    const before = toldOf(await planOf(one, found))
    await savePlan(one, of, wanted)
    await saveLists(one, of, wanted)
    if (wanted.kind === 'consultation') await lookAgain(one, of)
    await tell(one, of, await toldAnew(one, of), at)
    await audit(one, { ...wish.look, before, after: toldOf(wanted) }, at)
  })
}

/** @throws {Refusal} badPlan */
async function mustBeSound(db: Db, districtId: number, wanted: Plan): Promise<void> {
  const known = await compounds(db, districtId, wanted.community)
  const details = planFaults(wanted, new Set(known.map(({ code }) => code)))
  if (details.length > 0) throw refuse.badPlan(details)
}

/** Once people are in, what they came for stays. @throws {Refusal} planFixed */
async function mustBeFree(db: Db, found: StoredDeliberation, wanted: Plan): Promise<void> {
  if (found.status === 'planned') return
  if (wanted.kind !== found.kind || wanted.community !== found.community_code) throw refuse.planFixed('种类和社区')
  const of = { districtId: found.district_id, id: found.id }
  const kept = new Set(wanted.agenda.map(({ id }) => id))
  const used = await itemsInUse(db, of)
  if ([...used].some((id) => !kept.has(id))) throw refuse.planFixed('已经开始或已有意见、表决的条目')
  // What people are asked about is what they were shown when the vote on it was opened.
  const told = (all: readonly RoomProposal[]) => JSON.stringify(all.map(({ id, title, text }) => [id, title, text]))
  if (told(wanted.proposals) !== told(await roomProposals(db, of))) throw refuse.planFixed('征求意见的条目')
}

/** @throws {Refusal} badPlan, where ids belong to another deliberation */
async function saveLists(db: Db, of: Of, { agenda, proposals }: Plan): Promise<void> {
  const saved = (await saveAgenda(db, of, agenda)) + (await saveProposals(db, of, proposals))
  if (saved === agenda.length + proposals.length) return
  const message = '有一项的编号在别处用过，请删去这一项再加。'
  throw refuse.badPlan([{ at: 'agenda', rule: 'taken', message }])
}

/** What everybody in the room and at the desk reads anew when a plan changes. */
export async function toldAnew(db: Db, of: Of): Promise<RoomChange[]> {
  const found = await deliberationById(db, of)
  if (!found) throw refuse.unknownDeliberation()
  return [
    { kind: 'head', head: await roomHead(db, found) },
    { kind: 'items', items: await roomItems(db, of) },
    { kind: 'proposals', proposals: await roomProposals(db, of) },
    { kind: 'desk', about: 'plan' },
  ]
}

/** As it is stored: ids in small letters, moments in one form, nothing around the words. */
function tidied(plan: Plan): Plan {
  const listed = <One extends { id: string; title: string }>(all: One[]) =>
    all.map((one) => ({ ...one, id: one.id.toLowerCase(), title: one.title.trim() }))
  return {
    ...plan,
    ...{ title: plan.title.trim(), place: plan.place.trim(), host: plan.host.trim() },
    startsAt: momentOf(plan.startsAt),
    endsAt: plan.endsAt === null ? null : momentOf(plan.endsAt),
    agenda: listed(plan.agenda),
    proposals: listed(plan.proposals).map((one) => ({ ...one, text: one.text.trim() })),
  }
}

/** What no calendar knows stays as it is and is refused. */
function momentOf(text: string): string {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? text : at.toISOString()
}

function isSame(known: Plan, wanted: Plan): boolean {
  const written = (plan: Plan) =>
    JSON.stringify([
      ...[plan.kind, plan.title, plan.community, plan.compounds, plan.place, plan.startsAt, plan.endsAt, plan.host],
      ...[plan.moderated, plan.speakerSeconds, plan.seats],
      plan.agenda.map(({ id, title, kind, minutes }) => [id, title, kind, minutes]),
      plan.proposals.map(({ id, title, text }) => [id, title, text]),
    ])
  return written(known) === written(wanted)
}

/** For the audit: what was planned, without words that may be about somebody. */
function toldOf(plan: Plan): Record<string, unknown> {
  const { kind, community, startsAt, endsAt, moderated, seats, agenda, proposals } = plan
  return { kind, community, startsAt, endsAt, moderated, seats, agenda: agenda.length, proposals: proposals.length }
}
