import type { Outcome } from '../../shared/campaigns/api.ts'
import { standingOf } from '../../shared/statistics/standing.ts'

export const outcomeNames: Record<Outcome, string> = { refused: '拒访', 'not-home': '未遇' }

/** How far figures of so few answers may be used: too few to publish, for reference, with care. */
export function standingWords(valid: number): { text: string; tone: 'few' | 'grey' | 'flagged' } | undefined {
  if (valid === 0) return { text: '还没有', tone: 'few' }
  const standing = standingOf(valid)
  if (standing === 'withheld') return { text: '不足10份，不能公开', tone: 'few' }
  if (standing === 'grey') return { text: '仅供参考', tone: 'grey' }
  return standing && { text: '慎用', tone: 'flagged' }
}

export const percent = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(1)}%`)
export const margin = (share: number | null): string => (share === null ? '—' : `±${(share * 100).toFixed(1)}`)
export const whole = (n: number): string => n.toLocaleString('zh-CN')

/** 11月20日 */
export function dayWords(day: string): string {
  const [, month, date] = day.split('-')
  return `${Number(month)}月${Number(date)}日`
}

/** So many days up to today, as they are counted in China. */
export function lastDays(count: number, now: number): string[] {
  const DAY_MS = 86_400_000
  const today = now + 8 * 3_600_000
  return Array.from({ length: count }, (_, at) => {
    return new Date(today - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10)
  })
}
