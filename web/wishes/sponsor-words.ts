import type { BoardWish } from '../../shared/wishes/api.ts'
import { dayOf, daysBetween, dayWords, today } from './days.ts'

/** Until when it is needed. */
export function neededWords(day: string, now = today()): string {
  const days = daysBetween(now, day)
  if (days < 0) return `希望${dayWords(day)}前实现`
  const left = days === 0 ? '就是今天' : days === 1 ? '只剩明天' : `还有 ${days} 天`
  return `希望${dayWords(day)}前实现（${left}）`
}

/** How long it has stood on the board. */
function waitedWords(openedAt: string, now = today()): string {
  const days = daysBetween(dayOf(openedAt), now)
  return days < 1 ? '今天刚上墙，等您认领' : `已经等了 ${days} 天，等您认领`
}

/** Whether anybody has it. */
export function standingWords({ state, sponsor, openedAt }: BoardWish): string {
  if (state === 'open') return waitedWords(openedAt)
  if (state === 'fulfilled') return sponsor ? `${sponsor}已经办好` : '已经办好'
  return sponsor ? `已由${sponsor}认领` : '已有单位认领'
}
