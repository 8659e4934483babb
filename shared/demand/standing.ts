import { LEAST_PUBLISHED, standingOf } from '../statistics/standing.ts'
import { countRange } from '../statistics/suppression.ts'
import type { Share } from './api.ts'

const silent = { p: null, low: null, high: null, se: null, yes: 0 }

/** Nothing is said; not even the number of answers where that is the small number. */
export function withheld(share: Share): Share {
  return { ...silent, n: share.n < LEAST_PUBLISHED ? 0 : share.n, standing: 'withheld' }
}

/**
 * A share as it may be published: withheld under ten answers; as a range of counts where 1–9 said yes, or 1–9 said no;
 * else as it is, with its standing.
 */
export function published(share: Share): Share {
  const standing = standingOf(share.n)
  if (standing === 'withheld') return withheld(share)
  const range = countRange(share.yes, share.n)
  if (range) return { ...silent, n: share.n, standing: 'range', range }
  return standing ? { ...share, standing } : share
}
