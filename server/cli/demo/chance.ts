import { seeded } from '../../../shared/statistics/random.ts'

/** A seeded source of chance with the few draws that the generator needs; the same seed makes the same district. */
export interface Chance {
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  integer(low: number, high: number): number
  pick<T>(items: readonly T[]): T
  /** An index drawn in proportion to its weight. */
  weighted(weights: readonly number[]): number
  shuffled<T>(items: readonly T[]): T[]
  yes(share: number): boolean
}

export function chance(seed: string): Chance {
  const next = seeded(seed)
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    between: (low, high) => low + next() * (high - low),
    integer,
    pick: (items) => items[integer(0, items.length - 1)],
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0)
      for (let i = 0; i < weights.length; i++) {
        left -= weights[i]
        if (left < 0) return i
      }
      return weights.length - 1
    },
    shuffled(items) {
      const copy = [...items]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(0, i)
        ;[copy[i], copy[j]] = [copy[j], copy[i]]
      }
      return copy
    },
    yes: (share) => next() < share,
  }
}

/** Splits `total` into whole numbers in proportion to `weights`, exactly (largest remainders). */
export function split(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const whole = exact.map(Math.floor)
  const left = total - whole.reduce((all, part) => all + part, 0)
  const order = exact.map((value, i) => ({ i, rest: value - whole[i] })).sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of order.slice(0, left)) whole[i]++
  return whole
}
