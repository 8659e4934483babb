import type { House } from './house.ts'

/** `test` fits a test run and judges what is right or wrong; `full` is what the reliability and security list asks for, times included. */
export type Size = 'test' | 'full'

export interface Figure {
  figure: string
  value: number
  limit: number
  better: 'lower' | 'higher'
  unit: string
  /** A time or a rate, which says nothing on a machine that does other things too: judged at full size only. */
  timing?: true
}

export interface Result {
  check: string
  pass: boolean
  figures: Figure[]
  /** What missed its limit, and the first things that were seen to go wrong. Empty when the check passes. */
  complaints: string[]
}

/** One check, on a server that runs and that it leaves running. */
export type Check = (house: House, size: Size) => Promise<Result>

/** Something that must not happen. */
export function none(figure: string, value: number): Figure {
  return { figure, value, limit: 0, better: 'lower', unit: 'times' }
}

/** What must have happened so often for the check to mean anything. */
export function atLeast(figure: string, value: number, limit: number): Figure {
  return { figure, value, limit, better: 'higher', unit: 'times' }
}

export function within(figure: string, value: number, limit: number, unit = 'ms'): Figure {
  return { figure, value: Math.round(value), limit, better: 'lower', unit, timing: true }
}

const MOST_SEEN = 20

/** Passes when every figure that counts at this size keeps its limit. */
export function judge(check: string, size: Size, figures: Figure[], seen: string[] = []): Result {
  const missed = figures.filter((figure) => (size === 'full' || !figure.timing) && !keeps(figure))
  const misses = missed.map(({ figure, value, limit, unit }) => `${figure} ${value} ${unit}, limit ${limit}`)
  const complaints = missed.length === 0 ? [] : [...misses, ...seen.slice(0, MOST_SEEN)]
  return { check, pass: missed.length === 0, figures, complaints }
}

/** Written so that a figure which is not a number misses. */
function keeps({ value, limit, better }: Figure): boolean {
  return better === 'higher' ? value >= limit : value <= limit
}
