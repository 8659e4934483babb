import type { Holding } from '../../shared/wishes/claims-api.ts'
import type { Db } from '../db/database.ts'
import { audit, type Look } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { claimById, endClaim, lockSponsor } from './claim-queries.ts'
import { type Ground, given, isLate, isSame, mayHold, takenWords } from './claims.ts'
import { holding } from './holdings.ts'
import { liveClaim, lockWish, type StoredSponsor, type StoredWish } from './queries.ts'
import { takeStep } from './take-step.ts'
import { tellSponsor, tellWisher } from './tell.ts'
import { monthAndDay } from './words.ts'

export interface Assignment {
  wish: string
  id: string
  sponsor: string
  reason: string
  /** Who of the staff. */
  by: string
}

/**
 * Gives a wish to an organisation, also one that another holds, which is told why.
 * @throws {Refusal} unknownSponsor, wishLapsed, ownWish, claimLimit, sameClaim, wishState
 */
export async function assign(
  ground: Ground,
  assignment: Assignment,
  look: Look,
  at: Date,
): Promise<{ made: boolean; holding: Holding }> {
  const { db, district } = ground
  const { wish, id, by } = assignment
  const of = { districtId: district.id, id: wish }
  const giving = db.transaction().execute(async (tx) => {
    const found = await lockWish(tx, of)
    if (!found) throw refuse.unknownWish()
    if (isSame(await claimById(tx, { districtId: district.id, id }), { wish, person: by })) return false
    const sponsor = await lockSponsor(tx, { districtId: district.id, id: assignment.sponsor })
    if (!sponsor?.active) throw refuse.unknownSponsor()
    await give(ground, tx, found, sponsor, assignment, look, at)
    return true
  })
  const made = await giving.catch((error: { constraint?: string }) => {
    throw error.constraint === 'claims_pkey' ? refuse.sameClaim() : error
  })
  return { made, holding: await holding(db, { districtId: district.id, id }) }
}

async function give(
  { house, district }: Ground,
  tx: Db,
  wish: StoredWish,
  sponsor: StoredSponsor,
  { id, reason, by }: Assignment,
  look: Look,
  at: Date,
): Promise<void> {
  const of = { districtId: district.id, id: wish.id }
  if (wish.state === 'open' && isLate(wish.needed_by, chinaDay(at))) throw refuse.wishLapsed()
  const before = await liveClaim(tx, of)
  if (before?.sponsor_id === sponsor.id) throw refuse.wishState(`这个心愿本来就由${sponsor.name}在办，不用再交。`)
  await mayHold({ tx, house }, wish, sponsor, sponsor.name)
  await takeStep(tx, wish, 'assign', { actor: by, role: 'staff' }, at, { reason, fallback: false })
  if (before) {
    await endClaim(tx, before, { ended: 'reassigned', reason, at })
    const text = `第 ${wish.number} 号心愿改由别的单位接手：${reason}。谢谢你们。`
    await tellSponsor(
      house,
      tx,
      { districtId: district.id, id: before.sponsor_id },
      { text, link: '/desk/holdings' },
      at,
    )
  }
  const { due } = await given(tx, { districtId: district.id, id, wish: wish.id, sponsor: sponsor.id, person: by }, at)
  const text = `社区把第 ${wish.number} 号心愿交给贵单位办，最晚${monthAndDay(due)}办好，请联系许愿人。`
  await tellSponsor(house, tx, { districtId: district.id, id: sponsor.id }, { text, link: '/desk/holdings' }, at)
  await tellWisher(house, tx, wish, takenWords(wish, sponsor.name, due, district.code), at)
  await audit(
    tx,
    { ...look, before: { claim: before?.id ?? null }, after: { claim: id, sponsor: sponsor.id, due }, purpose: reason },
    at,
  )
}
