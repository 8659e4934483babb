import type { FastifyInstance } from 'fastify'
import { remindersDue } from '../../shared/wishes/deadlines.ts'
import { CONFIRM_DAYS } from '../../shared/wishes/kinds.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { districts } from '../places/queries.ts'
import { audit } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { changeClaim } from './claim-queries.ts'
import { type Ground, isLate } from './claims.ts'
import * as stored from './deadline-queries.ts'
import { letGo } from './letting-go.ts'
import { forgetPhotos } from './photo-files.ts'
import { liveClaim, lockWish, type StoredClaim, type StoredWish } from './queries.ts'
import { takeStep } from './take-step.ts'
import { tellSponsor, tellStaff, tellWisher } from './tell.ts'
import { monthAndDay } from './words.ts'

const clock = { actor: 'system', role: 'clock' } as const

/** The names of the jobs by which days pass for wishes. */
export const dayTurns = 'turn-wishes'
export const remindsOfWishes = 'remind-wishes'

/** What is over is let go soon after midnight; people are reminded in the morning. */
export function keepDeadlines(app: FastifyInstance): void {
  const daily = (name: string, at: string, work: (ground: Ground, now: Date, each: Each) => Promise<void>) =>
    app.jobs.everyDay(name, at, async (signal) => {
      const failures: unknown[] = []
      for (const district of await districts(app.db)) {
        const ground = { house: app, district, db: forDistrict(app.db, district.id) }
        await work(ground, app.now(), eachOf(ground, signal, failures))
      }
      // The job is tried again; what could be done is done.
      if (failures.length > 0) throw failures[0]
    })
  daily(dayTurns, '00:05', async (ground, now, each) => {
    const { db, district } = ground
    await each(await stored.overdue(db, district.id, chinaDay(now)), (one) => expire(ground, one, now))
    await each(await stored.late(db, district.id, chinaDay(now)), (one) => lapse(ground, one, now))
  })
  daily(remindsOfWishes, '08:30', async (ground, now, each) => {
    const { db, district } = ground
    await each(await stored.unreminded(db, district.id), (one) => remind(ground, one, now))
    await each(await stored.unconfirmed(db, district.id, now), (one) => askStaff(ground, one, now))
  })
}

interface Held {
  tx: Db
  wish: StoredWish
  live: StoredClaim | undefined
}

type Each = (wishes: string[], work: (one: Held) => Promise<void>) => Promise<void>

/** Each in a short transaction of its own that looks again; one that fails keeps neither the others nor other districts waiting. */
const eachOf =
  ({ db, district }: Ground, signal: AbortSignal, failures: unknown[]): Each =>
  async (wishes, work) => {
    for (const id of wishes) {
      if (signal.aborted) return
      const of = { districtId: district.id, id }
      const done = db.transaction().execute(async (tx) => {
        const wish = await lockWish(tx, of)
        if (wish) await work({ tx, wish, live: await liveClaim(tx, of) })
      })
      await done.catch((error) => failures.push(error))
    }
  }

async function expire(ground: Ground, { tx, wish, live }: Held, now: Date): Promise<void> {
  if (wish.state !== 'claimed' || !live || live.due_on >= chinaDay(now)) return
  const { house, district } = ground
  const text = `第 ${wish.number} 号心愿到${monthAndDay(live.due_on)}还没有办好，已经退回心愿墙；还想办可以再认领。`
  await tellSponsor(house, tx, { districtId: district.id, id: live.sponsor_id }, { text, link: '/desk/holdings' }, now)
  await letGo(ground, tx, wish, live, { step: 'expire', by: clock, what: '到期没有办好' }, now)
  await audit(
    tx,
    { ...look(district, 'claim:expire', wish), before: { claim: live.id, sponsor: live.sponsor_id } },
    now,
  )
}

async function lapse({ house, district }: Ground, { tx, wish }: Held, now: Date): Promise<void> {
  if (!isLate(wish.needed_by, chinaDay(now)) || !['submitted', 'returned', 'open'].includes(wish.state)) return
  const text = `您的第 ${wish.number} 号心愿过了希望实现的日期，还没有单位认领，已经结束；仍然需要可以重新许一个。`
  await tellWisher(house, tx, wish, { text, link: `/w/${district.code}/own` }, now)
  await forgetPhotos(house.files, tx, wish)
  await takeStep(tx, wish, 'lapse', clock, now)
  await audit(tx, { ...look(district, 'wish:lapse', wish), before: { state: wish.state } }, now)
}

async function remind({ house, district }: Ground, { tx, wish, live }: Held, now: Date): Promise<void> {
  if (wish.state !== 'claimed' || !live) return
  const due = remindersDue({ from: chinaDay(live.claimed_at), due: live.due_on }, chinaDay(now))
  // What is past its day is let go tonight.
  if (due <= live.reminded || live.due_on < chinaDay(now)) return
  await changeClaim(tx, live, { reminded: due })
  const text = `贵单位认领的第 ${wish.number} 号心愿，请在${monthAndDay(live.due_on)}前办好；来不及可以延长一次，办不了请早些退回。`
  await tellSponsor(house, tx, { districtId: district.id, id: live.sponsor_id }, { text, link: '/desk/holdings' }, now)
}

async function askStaff({ district }: Ground, { tx, wish, live }: Held, now: Date): Promise<void> {
  if (wish.state !== 'delivered' || !live || live.reminded >= 3) return
  await changeClaim(tx, live, { reminded: 3 })
  const text = `第 ${wish.number} 号心愿交了办结凭证，许愿人 ${CONFIRM_DAYS} 天没有回音；请向许愿人或办理单位核实，再代为确认。`
  await tellStaff(
    tx,
    { districtId: district.id, community: wish.community_code },
    { text, link: '/desk/wishes/progress?view=delivered' },
    now,
  )
}

const look = (district: { id: number }, action: string, wish: StoredWish) => ({
  ...{ district, actor: 'system', action, subject: `wish:${wish.id}`, from: null },
})
