import type { Sign } from './signs.ts'

/** The most of these moments that lie within any stretch of so many milliseconds that holds `own`. */
export function mostWithin(own: number, moments: readonly number[], lengthMs: number): number {
  const near = moments.filter((at) => Math.abs(at - own) <= lengthMs).sort((a, b) => a - b)
  let most = 0
  let from = 0
  for (let to = 0; to < near.length; to += 1) {
    while (near[to]! - near[from]! > lengthMs) from += 1
    if (near[from]! <= own && own <= near[to]!) most = Math.max(most, to - from + 1)
  }
  return most
}

const HOUR_MS = 3_600_000
/** A family that hands a phone round. */
const FAMILY = 5

/** Answers from one device within a day. */
export function deviceSign(n: number): Sign | undefined {
  if (n > FAMILY) return { sign: 'device', points: 3, words: `同一台设备一天内交了${n}份` }
  return n >= 4 ? { sign: 'device', points: 1, words: `同一台设备一天内交了${n}份，可能是一家人` } : undefined
}
export const DEVICE_MS = 24 * HOUR_MS

/** Answers from one network within an hour: neighbours share one, so this never flags by itself. */
export function networkSign(n: number): Sign | undefined {
  if (n < 12) return undefined
  const words = `同一网络一小时内交了${n}份（邻居共用宽带时也会这样）`
  return { sign: 'network', points: n >= 40 ? 2 : 1, words }
}
export const NETWORK_MS = HOUR_MS

/** Answers with the slip of one household. */
export function slipSign(n: number): Sign | undefined {
  if (n <= 6) return undefined
  return { sign: 'slip', points: 3, words: `同一张入户单交了${n}份，比一户人家通常的人数多` }
}

const CHINA_MS = 8 * HOUR_MS

/** Whether a moment lies between 22:00 and 06:00 in China. */
export function isNight(at: number): boolean {
  const hour = Math.floor((at + CHINA_MS) / HOUR_MS) % 24
  return hour >= 22 || hour < 6
}

/** A visit at night. */
export function nightSign(channel: string, startedAt: number): Sign | undefined {
  if (channel !== 'visit' || !isNight(startedAt)) return undefined
  const clock = new Date(startedAt + CHINA_MS).toISOString().slice(11, 16)
  return { sign: 'night', points: 2, words: `入户答卷开始于${clock}，是深夜` }
}
