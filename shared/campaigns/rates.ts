/** What became of visits to homes. */
export interface Visits {
  /** Answers that hold. */
  valid: number
  refused: number
  notHome: number
}

/**
 * Response rate of visits: valid answers ÷ (valid + refused + not home), each door that was knocked at being taken for a
 * household that might have answered. AAPOR, Standard Definitions (10th ed., 2023), RR1 without partial interviews. Null
 * before the first visit. There is none for answers that people send of their own accord: nobody knows who was asked.
 */
export function responseRate({ valid, refused, notHome }: Visits): number | null {
  const tried = valid + refused + notHome
  return tried > 0 ? valid / tried : null
}

const Z95 = 1.959963984540054

/**
 * Margin of error (95 %) of a share near one half, as a fraction: 1.96 · sqrt(deff · ¼ / n). Kish (1965): weights cost as
 * much as dividing n by the design effect. It speaks of chance alone; answers are self-selected. Null below two answers.
 */
export function marginOfError(n: number, deff = 1): number | null {
  if (n < 2 || !(deff > 0)) return null
  return Math.min(1, Z95 * Math.sqrt((deff * 0.25) / n))
}
