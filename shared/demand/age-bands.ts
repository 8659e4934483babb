/** Years of age from `from` up to, but not including, `to`. */
interface Years {
  from: number
  to: number
}

/** Few live longer: a band that is open at the top is taken to end here, or five years after it begins. */
const OLDEST = 90
const SHORTEST = 5

const range = /^(?:age[_-]?)?(\d{1,3})\s*岁?\s*[-–—~～_至到]\s*(\d{1,3})\s*岁?$/i
const open = /^(?:age[_-]?)?(\d{1,3})\s*岁?\s*(?:[+＋]|及?以上|plus)$/i
const under = /^(?:(?:<|不满|under[_-]?)\s*(\d{1,3})\s*岁?|(\d{1,3})\s*岁?以下)$/i

/** The years that the code of an age band names, such as 60-79, 80+, 60–69岁 or 不满18岁. */
function yearsOf(code: string): Years | undefined {
  const [, from, last] = range.exec(code) ?? []
  if (from !== undefined && last !== undefined && Number(from) <= Number(last)) {
    return { from: Number(from), to: Number(last) + 1 }
  }
  const [, least] = open.exec(code) ?? []
  if (least !== undefined) return { from: Number(least), to: Number.POSITIVE_INFINITY }
  const [, before, below] = under.exec(code) ?? []
  const to = Number(before ?? below ?? 0)
  return to > 0 ? { from: 0, to } : undefined
}

/**
 * How much of an age band lies inside a group, 0..1, as if its years had equally many people. Undefined where either names
 * no years; a band is always inside the group of the same code.
 */
export function shareWithin(band: string, group: string): number | undefined {
  if (band === group) return 1
  const inner = yearsOf(band)
  const outer = yearsOf(group)
  if (!inner || !outer) return undefined
  const to = Number.isFinite(inner.to) ? inner.to : Math.max(OLDEST, inner.from + SHORTEST)
  const shared = Math.min(to, outer.to) - Math.max(inner.from, outer.from)
  return Math.max(0, shared) / (to - inner.from)
}

/** The age bands that reach into any of the groups; none where one of the groups cannot be told in years of age. */
export function bandsWithin(bands: string[], groups: string[]): string[] {
  const shares = groups.map((group) => bands.map((band) => shareWithin(band, group)))
  if (shares.some((of) => of.every((share) => share === undefined))) return []
  return bands.filter((_, at) => shares.some((of) => (of[at] ?? 0) > 0))
}
