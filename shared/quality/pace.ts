import type { Sign } from './signs.ts'

/** How long answers took: how many fell into each step, each 5 % longer than the one before. */
export type Pace = number[]

const STEP = Math.log(1.05)
const MOST_STEPS = 300
/** Below this many answers a median says too little. */
export const LEAST_PACED = 30

const stepOf = (seconds: number): number => {
  return seconds < 1 ? 0 : Math.min(MOST_STEPS, 1 + Math.floor(Math.log(seconds) / STEP))
}

export const pacedBy = (pace: Pace): number => pace.reduce((sum, n) => sum + n, 0)

/** The pace with one more answer. */
export function withDuration(pace: Pace, seconds: number): Pace {
  const at = stepOf(seconds)
  return Array.from({ length: Math.max(pace.length, at + 1) }, (_, step) => (pace[step] ?? 0) + (step === at ? 1 : 0))
}

/** The median in seconds, to 2.5 %. */
export function medianOf(pace: Pace): number {
  const half = pacedBy(pace) / 2
  let before = 0
  for (const [step, n] of pace.entries()) {
    before += n
    if (before >= half) return step === 0 ? 0 : Math.exp((step - 0.5) * STEP)
  }
  return 0
}

/** Faster than a third of the median of its version and channel. */
export function fastSign(seconds: number, pace: Pace): Sign | undefined {
  if (pacedBy(pace) < LEAST_PACED) return undefined
  const median = medianOf(pace)
  if (!(seconds < median / 3)) return undefined
  return { sign: 'fast', points: 3, words: `用时${spell(seconds)}，不到同渠道一般用时（${spell(median)}）的三分之一` }
}

function spell(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}秒`
  return whole % 60 === 0 ? `${whole / 60}分` : `${Math.floor(whole / 60)}分${whole % 60}秒`
}
