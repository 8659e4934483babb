import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import { REMINDED_DAYS_AHEAD } from '../../shared/deliberations/follow-up-rules.ts'
import { type Db, forDistrict } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { person } from '../people/queries.ts'
import { districts } from '../places/queries.ts'
import { chinaDay } from '../platform/china-time.ts'
import { notify } from '../platform/notices.ts'
import { dueForReminder, markReminded, type Pressing } from './follow-up-queries.ts'

const DAY_MS = 86_400_000

/** Every morning whoever wrote a follow-up down hears of it some days before it is due, and once more when its day is past. */
export function remindDaily({ jobs, db }: FastifyInstance): void {
  jobs.everyDay('remind-follow-ups', '07:00', () => remindOfFollowUps(db, new Date()))
}

export async function remindOfFollowUps(db: Kysely<Tables>, now: Date): Promise<void> {
  const today = chinaDay(now)
  const ahead = chinaDay(new Date(now.getTime() + REMINDED_DAYS_AHEAD * DAY_MS))
  for (const { id } of await districts(db)) {
    const own = forDistrict(db, id)
    for (const one of await dueForReminder(own, id, { today, ahead })) await remind(own, id, one, { today, now })
  }
}

/** A job may run twice: what is marked already is left alone. */
async function remind(
  db: Kysely<Tables>,
  districtId: number,
  followUp: Pressing,
  { today, now }: { today: string; now: Date },
): Promise<void> {
  await db.transaction().execute(async (one) => {
    if (!(await markReminded(one, districtId, followUp, today))) return
    const { by, deliberation } = followUp
    if (!(await isThere(one, districtId, by))) return
    const link = `/desk/deliberations/${deliberation}/follow-ups`
    await notify(one, { districtId, person: by, text: wordsOf(followUp, today), link }, now)
  })
}

/** What the key or the server itself wrote down is nobody's. */
async function isThere(db: Db, districtId: number, by: string): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(by)) return false
  const found = await person(db, districtId, by)
  return found?.kind === 'staff' && found.status !== 'disabled'
}

function wordsOf({ text, owner, dueOn, title }: Pressing, today: string): string {
  const [, month, day] = dueOn.split('-').map(Number)
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY_MS)
  const when = days < 0 ? `已过期${-days}天` : days === 0 ? '今天到期' : `还有${days}天到期`
  return `跟进事项${when}（${month}月${day}日）：“${text}”，承办：${owner}。来自“${title}”。`
}
