import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { District } from '../../shared/places/api.ts'
import { type Schedule, type Setting, statusAt } from '../../shared/surveys/status.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { addJob } from '../platform/jobs.ts'
import { refuse } from '../refusals.ts'
import { FRESH_MS, forgetSurvey } from './published.ts'
import { dropDevices } from './retention.ts'
import { changeStatus, type Held, holdSurvey, retentionOf, shorten } from './retention-queries.ts'

export interface Wish {
  status: Setting
  /** Keeps answers no longer than this after the survey is closed. */
  retentionDays?: number
  /** Where nothing is said it stays as it was; null takes it away. */
  opensAt?: string | null
  closesAt?: string | null
}

/**
 * Opens, pauses or closes a survey, or says when it does so by itself. Closing deletes the device hashes, also of answers that were still
 * let in by somebody who had not heard of it and that `settle` waits for.
 * @throws {Refusal} unknownSurvey, badDates, retentionLonger, answersErased
 */
export async function setStatus(
  db: Kysely<Tables>,
  district: District,
  code: string,
  wish: Wish,
  look: Look,
  settle: () => Promise<void>,
): Promise<void> {
  const at = new Date()
  await db.transaction().execute((one) => change(one, district.id, code, wish, look, at))
  forgetSurvey(db, district.id, code)
  if (wish.status === 'closed') await forgetWhoCame(db, district.id, code, settle)
}

/** The database says when a day has come, and its clock may be ahead of ours. */
const CLOCKS_APART_MS = 60_000

/** Closes a survey whose day has come; nothing where it has been put off, or closed by hand before. */
export async function closeOnDate(
  db: Kysely<Tables>,
  districtId: number,
  code: string,
  settle: () => Promise<void>,
): Promise<void> {
  const at = new Date()
  const isOver = await db.transaction().execute(async (one) => {
    const held = await holdSurvey(one, districtId, code)
    if (!held?.closesAt || held.closesAt.getTime() > at.getTime() + CLOCKS_APART_MS) return false
    if (held.status === 'closed') return true
    await changeStatus(one, districtId, code, { ...held, status: 'closed' }, held.closesAt)
    const states = { before: { status: held.status }, after: { status: 'closed' } }
    const who = { district: { id: districtId }, actor: 'system', from: null }
    await audit(one, { ...who, action: 'survey:close', subject: `survey:${code}`, ...states }, at)
    return true
  })
  if (!isOver) return
  forgetSurvey(db, districtId, code)
  await forgetWhoCame(db, districtId, code, settle)
}

async function forgetWhoCame(db: Kysely<Tables>, districtId: number, code: string, settle: () => Promise<void>) {
  await sleep(FRESH_MS)
  await settle()
  await dropDevices(db, districtId, code, new Date())
}

async function change(db: Db, id: number, code: string, wish: Wish, look: Look, at: Date): Promise<void> {
  const held = await holdSurvey(db, id, code)
  if (!held) throw refuse.unknownSurvey()
  const { days, erased } = await retentionOf(db, id, code, held.version)
  const { retentionDays = days } = wish
  // People agreed to the time that they were told.
  if (retentionDays > days) throw refuse.retentionLonger(days)
  if (wish.status !== 'closed' && erased) throw refuse.answersErased()
  const schedule = scheduleOf(held, wish, at)
  await changeStatus(db, id, code, schedule, at)
  if (retentionDays < days) await shorten(db, id, code, retentionDays)
  if (schedule.closesAt && schedule.status !== 'closed') {
    const payload = { districtId: id, survey: code }
    await addJob(db, 'close-survey', payload, { runAt: schedule.closesAt, key: `close-survey:${id}:${code}` })
  }
  const states = { before: said(held, days), after: said(schedule, retentionDays) }
  await audit(db, { ...look, ...states }, at)
}

const said = ({ status, opensAt, closesAt }: Schedule, retentionDays: number) => ({
  ...{ status, retentionDays },
  ...(opensAt && { opensAt: opensAt.toISOString() }),
  ...(closesAt && { closesAt: closesAt.toISOString() }),
})

const EARLIEST = Date.UTC(2020, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** @throws {Refusal} badDates */
function scheduleOf(held: Held, { status, opensAt, closesAt }: Wish, at: Date): Schedule {
  const opens = opensAt === undefined ? held.opensAt : momentOf(opensAt)
  // A day that is over has done its work: whoever opens the survey again need not take it away first.
  const kept = held.closesAt && held.closesAt <= at && status !== 'closed' ? null : held.closesAt
  const closes = closesAt === undefined ? kept : momentOf(closesAt)
  if (opens && closes && opens >= closes) throw refuse.badDates('结束时间要晚于开放时间，请改正。')
  const schedule = { status, opensAt: opens, closesAt: closes }
  if (closes && status !== 'closed' && statusAt(schedule, at) === 'closed')
    throw refuse.badDates('结束时间已经过了，请改成以后的时间；要马上结束，请点“结束”。')
  return schedule
}

function momentOf(text: string | null): Date | null {
  if (text === null) return null
  const moment = new Date(text)
  const time = moment.getTime()
  if (!(time >= EARLIEST && time < LATEST)) throw refuse.badDates('日期不对，请填 2020 年到 2099 年之间的日期。')
  return moment
}
