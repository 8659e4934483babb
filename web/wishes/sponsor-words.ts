import type { BoardWish } from '../../shared/wishes/api.ts'
import { dayWords, today } from './desk-words.ts'

const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** The day in China of a moment. */
export const dayOf = (at: string): string => new Date(Date.parse(at) + OFFSET_MS).toISOString().slice(0, 10)

/** How many days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** Until when it is needed. */
export function neededWords(day: string, now = today()): string {
  const days = daysBetween(now, day)
  if (days < 0) return `希望 ${dayWords(day)}前实现`
  const left = days === 0 ? '就是今天' : days === 1 ? '只剩明天' : `还有 ${days} 天`
  return `希望 ${dayWords(day)}前实现（${left}）`
}

/** How long it has stood on the board. */
export function waitedWords(openedAt: string, now = today()): string {
  const days = daysBetween(dayOf(openedAt), now)
  return days < 1 ? '今天刚上墙，等您认领' : `已经等了 ${days} 天，等您认领`
}

/** Whether anybody has it. */
export function standingWords({ state, sponsor, openedAt }: BoardWish): string {
  if (state === 'open') return waitedWords(openedAt)
  if (state === 'fulfilled') return sponsor ? `${sponsor}已经办好` : '已经办好'
  return sponsor ? `已由${sponsor}认领` : '已有单位认领'
}
