import { REMINDER_DAYS } from './kinds.ts'

const DAY_MS = 86_400_000

/** Days are written YYYY-MM-DD. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)

/** How many of the reminders of a claim should have been sent by a day: the first at half time, the second shortly before the end. */
export function remindersDue({ from, due }: { from: string; due: string }, today: string): 0 | 1 | 2 {
  if (today >= daysAfter(due, -REMINDER_DAYS)) return 2
  const half = Math.floor((Date.parse(due) - Date.parse(from)) / DAY_MS / 2)
  return today >= daysAfter(from, half) ? 1 : 0
}
