import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Holding } from '../../shared/wishes/claims-api.ts'
import { daysAfter } from '../../shared/wishes/deadlines.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { phoneHash } from '../people/store.ts'
import { audit, type Look } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { changeClaim, type Faced, faced, insertClaim, isWishedBy, lockSponsor, openClaims } from './claim-queries.ts'
import { contactOf } from './contact.ts'
import { holding } from './holdings.ts'
import { lockWish, type Of, type StoredClaim, type StoredSponsor, type StoredWish, sponsorOf } from './queries.ts'
import { rulesOf } from './rules.ts'
import { takeStep } from './take-step.ts'
import { tellWisher } from './tell.ts'
import type { Turns } from './turns.ts'
import { monthAndDay } from './words.ts'

export interface Ground {
  house: Pick<FastifyInstance, 'people' | 'sms' | 'secrets' | 'files'>
  db: Kysely<Tables>
  district: { id: number; code: string }
}

interface NewClaim {
  wish: string
  id: string
  person: string
}

/** Whoever was overtaken looks again; a wish that is let go and taken all the time is not to be had. */
const TRIES = 3
/** Whoever waits for a row keeps a connection waiting too, and those who only want to hear who has it need some. */
export const CLAIMS_AT_ONCE = 3

/**
 * Claims a wish for the organisation of somebody. Those who come too late are told who has it by one look; only an open
 * wish is locked, and the index on live claims is the last guard.
 * @throws {Refusal} unknownWish, noSponsor, wishTaken, wishWithdrawn, wishLapsed, wishNotOpen, ownWish, claimLimit, sameClaim
 */
export async function claim(
  ground: Ground & { turns: Turns; pool: Pool },
  { wish, id, person }: NewClaim,
  look: Look,
  at: Date,
): Promise<{ made: boolean; holding: Holding }> {
  const { db, pool, district, turns } = ground
  const of = { districtId: district.id, id: wish }
  const thing = `${of.districtId}/${of.id}`
  // Once: where those ahead are refused, all who wait would look again after each of them.
  let waited = false
  for (let tries = 0; tries < TRIES; ) {
    const seen = await faced(pool, of, { person, claim: id })
    if (!seen) throw refuse.unknownWish()
    const known = seen.sameWish === null ? undefined : { wish_id: seen.sameWish, person_id: seen.samePerson }
    if (isSame(known, { wish, person })) return { made: false, holding: await holding(db, { ...of, id }) }
    const sponsor = mayTake(seen, chinaDay(at))
    const ahead = waited ? undefined : turns.ahead(thing)
    if (ahead) {
      await ahead
      waited = true
      continue
    }
    if (await turns.take(thing, () => take(ground, of, { id, person, sponsor }, look, at)))
      return { made: true, holding: await holding(db, { ...of, id }) }
    tries += 1
  }
  throw refuse.wishNotOpen()
}

/** Whether it is the same claim sent again. @throws {Refusal} sameClaim */
export function isSame(
  known: { wish_id: string; person_id: string | null } | undefined,
  { wish, person }: { wish: string; person: string },
): boolean {
  if (!known) return false
  if (known.wish_id !== wish.toLowerCase() || known.person_id !== person) throw refuse.sameClaim()
  return true
}

/** The organisation that would take it. @throws {Refusal} */
function mayTake({ state, needed_by, holder, mine, active }: Faced, today: string): string {
  if (['submitted', 'returned', 'rejected'].includes(state)) throw refuse.unknownWish()
  if (mine === null || !active) throw refuse.noSponsor()
  if (holder !== null) throw refuse.wishTaken(holder)
  if (state === 'withdrawn') throw refuse.wishWithdrawn()
  if (state === 'lapsed' || (state === 'open' && isLate(needed_by, today))) throw refuse.wishLapsed()
  if (state !== 'open') throw refuse.wishNotOpen()
  return mine
}

export const isLate = (neededBy: string | null, today: string): boolean => neededBy !== null && neededBy < today

/** False where somebody was quicker. @throws {Refusal} noSponsor, ownWish, claimLimit */
async function take(
  { db, house, district }: Ground,
  of: Of,
  { id, person, sponsor }: { id: string; person: string; sponsor: string },
  look: Look,
  at: Date,
): Promise<boolean> {
  const taken = db.transaction().execute(async (tx) => {
    const wish = await lockWish(tx, of)
    if (wish?.state !== 'open') return false
    const holder = await lockSponsor(tx, { districtId: district.id, id: sponsor })
    // Whoever says who belongs to it holds its row too.
    const isMember = (await sponsorOf(tx, district.id, person))?.id === sponsor
    if (!holder?.active || !isMember) throw refuse.noSponsor()
    await mayHold({ tx, house }, wish, holder, '贵单位')
    const { due } = await given(tx, { districtId: district.id, id, wish: of.id, sponsor, person }, at)
    await tellWisher(house, tx, wish, takenWords(wish, holder.name, due, district.code), at)
    await takeStep(tx, wish, 'claim', { actor: person, role: 'sponsor' }, at, { fallback: false, reason: null })
    await audit(tx, { ...look, after: { claim: id, sponsor, due } }, at)
    return true
  })
  return await taken.catch((error: { constraint?: string }) => {
    if (error.constraint === 'claims_live_key' || error.constraint === 'claims_pkey') return false
    throw error
  })
}

/** @throws {Refusal} ownWish, claimLimit */
export async function mayHold(
  { tx, house }: { tx: Db; house: Ground['house'] },
  wish: StoredWish,
  { id, claim_limit }: StoredSponsor,
  who: string,
): Promise<void> {
  const { secrets } = house
  const phone = contactOf(secrets, wish)?.phone
  const own = { sponsor: id, phoneHash: phone ? phoneHash(secrets, phone) : null }
  if (await isWishedBy(tx, wish, own)) throw refuse.ownWish()
  const districtId = wish.district_id
  if ((await openClaims(tx, { districtId, id })) >= claim_limit) throw refuse.claimLimit(who, claim_limit)
}

/** Writes a claim down with its deadline. */
export async function given(
  tx: Db,
  { districtId, id, wish, sponsor, person }: NewClaim & { districtId: number; sponsor: string },
  at: Date,
): Promise<{ due: string }> {
  const due = daysAfter(chinaDay(at), (await rulesOf(tx, districtId)).claimDays)
  await insertClaim(tx, {
    ...{ district_id: districtId, id, wish_id: wish, sponsor_id: sponsor, person_id: person },
    ...{ claimed_at: at, due_on: due },
  })
  return { due }
}

/** Whoever has a wish sent back is given at least as long as an extension, and is reminded again. */
export async function giveTimeAgain(tx: Db, live: StoredClaim, at: Date): Promise<{ due: string }> {
  const least = daysAfter(chinaDay(at), (await rulesOf(tx, live.district_id)).extensionDays)
  const due_on = live.due_on > least ? live.due_on : least
  await changeClaim(tx, live, { due_on, reminded: Math.min(live.reminded, 1) })
  return { due: due_on }
}

/** What a wisher hears when somebody has taken their wish. */
export function takenWords({ number }: StoredWish, who: string, due: string, district: string) {
  const text = `您的第 ${number} 号心愿由${who}来办，最晚${monthAndDay(due)}办好；他们会打电话同您联系。`
  return { text, link: `/w/${district}/own` }
}
