/** Somebody who gets a part: in proportion to `weight`, and never fewer than `least`. */
export interface Part {
  weight: number
  least: number
}

/**
 * Divides a whole number into whole parts in proportion to their weights by largest remainders (Hare and Niemeyer), none
 * below its least; those that would fall below get just that, and the others share what is left. The parts add up to the
 * total exactly; of equal remainders the earlier part is rounded up. Where all weights are zero they count as equal.
 * @throws {RangeError} when the least amounts together exceed the total, or a number is negative or no whole number
 */
export function distribute(total: number, parts: readonly Part[]): number[] {
  requireSound(total, parts)
  const given = parts.map(({ least }) => least)
  const even = parts.every(({ weight }) => weight === 0)
  const weights = parts.map(({ weight }) => (even ? 1 : weight))
  let free = parts.map((_, at) => at)
  for (;;) {
    const left = total - parts.reduce((sum, { least }, at) => (free.includes(at) ? sum : sum + least), 0)
    const sum = sumOf(free.map((at) => weights[at]!))
    const shareOf = (at: number) => (left * weights[at]!) / sum
    const below = new Set(free.filter((at) => shareOf(at) < parts[at]!.least))
    if (below.size > 0) {
      free = free.filter((at) => !below.has(at))
      continue
    }
    rounded(left, free, shareOf).forEach((value, place) => {
      given[free[place]!] = value
    })
    return given
  }
}

function rounded(left: number, free: number[], shareOf: (at: number) => number): number[] {
  const shares = free.map(shareOf)
  const down = shares.map(Math.floor)
  const missing = left - sumOf(down)
  const order = shares
    .map((share, place) => ({ place, rest: share - down[place]! }))
    .sort((a, b) => b.rest - a.rest || a.place - b.place)
  for (const { place } of order.slice(0, Math.max(0, missing))) down[place]! += 1
  return down
}

function requireSound(total: number, parts: readonly Part[]): void {
  const isCount = (value: number) => Number.isInteger(value) && value >= 0
  if (!isCount(total) || parts.length === 0) throw new RangeError(`cannot divide ${total} into ${parts.length} parts`)
  for (const { weight, least } of parts) {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY) || !isCount(least))
      throw new RangeError('a part below zero')
  }
  const least = sumOf(parts.map((part) => part.least))
  if (least > total) throw new RangeError(`the parts need at least ${least} of ${total}`)
}

/** A community with its people by age band and the answers that are in already, by age band. */
export interface Place {
  people: number[]
  reached: number[]
}

/** The fewest that a community may get. */
export const leastOf = ({ reached }: Place, minimum: number): number => Math.max(minimum, sumOf(reached))

const sumOf = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/**
 * Divides a district's target over communities by their people, none below `minimum`, and in each over its age bands; no
 * band gets fewer than are in already. Rows are communities, columns age bands; everything adds up to the total.
 * @throws {RangeError} when the minimum of every community and what is in already exceed the total
 */
export function distributeTarget(total: number, minimum: number, places: readonly Place[]): number[][] {
  const communities = distribute(
    total,
    places.map((place) => ({ weight: sumOf(place.people), least: leastOf(place, minimum) })),
  )
  return places.map(({ people, reached }, at) =>
    distribute(
      communities[at]!,
      people.map((weight, band) => ({ weight, least: reached[band]! })),
    ),
  )
}
