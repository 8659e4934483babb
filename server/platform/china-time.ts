const OFFSET_MS = 8 * 3_600_000

/** A moment as the clocks in China show it, whatever the server's own clock is set to: 2026-11-22T07:30:00.000+08:00. */
export function chinaTime(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().replace('Z', '+08:00')
}

/** The day it is in China: 2026-11-22. */
export const chinaDay = (at: Date): string => chinaTime(at).slice(0, 10)
