import type { Channel } from '../surveys/api.ts'
import type { CommunityCoverage, CoverageCell } from './api.ts'

/** Which cells are looked at; an empty text narrows nothing. */
export interface Narrowing {
  channel: string
  band: string
}

export interface CellSum {
  target: number
  reached: number
  valid: number
  /** Valid answers that fill a target; those beyond it fill no other. */
  filled: number
}

export function sumOfCells(
  cells: readonly CoverageCell[],
  { channel, band }: Narrowing = { channel: '', band: '' },
): CellSum {
  const sum = { target: 0, reached: 0, valid: 0, filled: 0 }
  for (const cell of cells) {
    if ((channel !== '' && cell.channel !== channel) || (band !== '' && cell.band !== band)) continue
    sum.target += cell.target
    sum.reached += cell.reached
    sum.valid += cell.valid
    sum.filled += Math.min(cell.valid, cell.target)
  }
  return sum
}

/** Valid answers of visits beside the doors that stayed shut. */
export function visitsOf({ cells, refused, notHome }: Pick<CommunityCoverage, 'cells' | 'refused' | 'notHome'>) {
  return { valid: sumOfCells(cells, { channel: 'visit' satisfies Channel, band: '' }).valid, refused, notHome }
}

/** Answers of each of these days, zeros included. */
export function byDay(of: readonly Pick<CommunityCoverage, 'days'>[], days: readonly string[]): number[] {
  const at = new Map(days.map((day, place) => [day, place]))
  const counts = days.map(() => 0)
  for (const { days: own } of of) {
    for (const { day, n } of own) {
      const place = at.get(day)
      if (place !== undefined) counts[place]! += n
    }
  }
  return counts
}
