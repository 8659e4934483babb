/** A figure with the interval in which it plausibly lies. */
export interface Ranked {
  value: number
  low: number
  high: number
}

/**
 * Groups that the figures really tell apart: rows are taken by value from the largest, and a new tier opens when a row's
 * upper bound lies below the lower bound of its tier's first. Gives the tier of each row in the order of the input, 0
 * for the first.
 * @throws {RangeError} when a row has no interval (low above high, or not numbers)
 */
export function tiers(rows: Ranked[]): number[] {
  if (!rows.every(({ value, low, high }) => low <= high && !Number.isNaN(value))) {
    throw new RangeError('every row needs a value and an interval')
  }
  const order = rows.map((_, row) => row).sort((one, other) => rows[other]!.value - rows[one]!.value)
  const tierOf = rows.map(() => 0)
  let tier = 0
  let first = order[0]
  for (const row of order) {
    if (rows[row]!.high < rows[first!]!.low) {
      tier += 1
      first = row
    }
    tierOf[row] = tier
  }
  return tierOf
}
