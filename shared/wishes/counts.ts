import type { WishCounts } from './desk-api.ts'

/** Median and 90th percentile, nothing where there is nothing to measure. */
type Quantiles = [median: number | null, p90: number | null] | null

/** Sums over wishes as the database works them out; times are in days. */
export interface Sums extends Pick<WishCounts, 'posted' | 'open' | 'claimed' | 'fulfilled'> {
  to_claim: Quantiles
  to_claim_n: number
  to_fulfil: Quantiles
  to_fulfil_n: number
}

export function countsOf(sums: Sums): WishCounts {
  const { posted, open, claimed, fulfilled } = sums
  return {
    ...{ posted, open, claimed, fulfilled },
    fulfilmentRate: claimed > 0 ? fulfilled / claimed : null,
    toClaim: spanOf(sums.to_claim, sums.to_claim_n),
    toFulfil: spanOf(sums.to_fulfil, sums.to_fulfil_n),
  }
}

const spanOf = (quantiles: Quantiles, n: number): WishCounts['toClaim'] => {
  const [median = null, p90 = null] = quantiles ?? []
  return { median, p90, n }
}

export const noSums: Sums = {
  ...{ posted: 0, open: 0, claimed: 0, fulfilled: 0 },
  ...{ to_claim: null, to_claim_n: 0, to_fulfil: null, to_fulfil_n: 0 },
}

/** With their ranks, the most wishes fulfilled first: as many are the same rank, in the order of their names, and the next one is passed over. */
export function ranked<One extends { name: string; fulfilled: number }>(
  all: readonly One[],
): (One & { rank: number })[] {
  return [...all]
    .sort((a, b) => b.fulfilled - a.fulfilled || a.name.localeCompare(b.name, 'zh'))
    .map((one) => ({ ...one, rank: 1 + all.filter(({ fulfilled }) => fulfilled > one.fulfilled).length }))
}
