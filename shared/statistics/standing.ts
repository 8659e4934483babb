/** Below this many answers nothing is published. */
export const LEAST_PUBLISHED = 10
/** Below this many a figure is for reference only. */
export const GREY_BELOW = 30
/** Below this many it is to be used with care. */
export const FLAGGED_BELOW = 60

/** How far a figure resting on n answers may be relied on; undefined where it may be read as it stands, or has no data. */
export function standingOf(n: number): 'withheld' | 'grey' | 'flagged' | undefined {
  if (n <= 0 || n >= FLAGGED_BELOW) return undefined
  if (n < LEAST_PUBLISHED) return 'withheld'
  return n < GREY_BELOW ? 'grey' : 'flagged'
}
