/** One figure of a benchmark. `limit` was measured beside it in the same run, or is the number asked for. */
export interface Figure {
  bench: string
  figure: string
  value: number
  unit: string
  limit: number
  better: 'higher' | 'lower'
}

const round = (value: number) => Number(value.toPrecision(5))

/** Prints a figure as a line of JSON. A figure that misses its limit makes the command fail, once it has ended. */
export function report(figure: Figure): void {
  const { bench, value, unit, limit, better } = figure
  const ratio = limit === 0 ? (value === 0 ? 1 : null) : round(value / limit)
  const line = { bench, figure: figure.figure, value: round(value), unit, limit: round(limit), ratio, better }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  if (better === 'higher' ? value < limit : value > limit) process.exitCode = 1
}

/** A figure that stands beside another to compare it with, and cannot miss. */
export function note(figure: Omit<Figure, 'limit'> & { limit?: number }): void {
  const { bench, value, unit, limit, better } = figure
  const compared = limit === undefined ? {} : { limit: round(limit), ratio: round(value / limit) }
  process.stdout.write(
    `${JSON.stringify({ bench, figure: figure.figure, value: round(value), unit, ...compared, better })}\n`,
  )
}

/** The value below which this share (0..1) of the values lies; the values are sorted in place. */
export function quantileOf(values: number[], share: number): number {
  values.sort((a, b) => a - b)
  return values[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? Number.NaN
}
