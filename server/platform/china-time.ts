const OFFSET_MS = 8 * 3_600_000

/** A moment as the clocks in China show it, whatever the server's own clock is set to: 2026-11-22T07:30:00.000+08:00. */
export function chinaTime(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().replace('Z', '+08:00')
}

/** The same for people to read: 2026年11月22日 07:30. */
export function chinaMinute(at: Date): string {
  const [, year, month, day, time] = /^(\d+)-0?(\d+)-0?(\d+)T(\d\d:\d\d)/.exec(chinaTime(at)) as RegExpExecArray
  return `${year}年${month}月${day}日 ${time}`
}

/** The day it is in China: 2026-11-22. */
export const chinaDay = (at: Date): string => chinaTime(at).slice(0, 10)

const DAY_MS = 86_400_000

/** The same day as a number: days since the first of January 1970. */
export const chinaDayNumber = (at: Date): number => Math.floor((at.getTime() + OFFSET_MS) / DAY_MS)
