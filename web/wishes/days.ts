import { serverNow } from '../api/server-clock.ts'

const CHINA_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** The day in China of a moment: 2026-11-22. */
export const dayOf = (at: string | Date): string =>
  new Date(new Date(at).getTime() + CHINA_MS).toISOString().slice(0, 10)

/** The day it is in China, by the server's clock. */
export const today = (now = serverNow()): string => dayOf(now)

/** How many days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** 11月20日, with the year where it is another. */
export function dayWords(day: string, now = serverNow()): string {
  const [year, month, date] = day.slice(0, 10).split('-')
  const shown = `${Number(month)}月${Number(date)}日`
  return year === today(now).slice(0, 4) ? shown : `${year}年${shown}`
}
