import type { Channel } from '../surveys/api.ts'
import type { TallyRow } from '../surveys/tally.ts'
import type { TallyPlan } from '../surveys/tally-plan.ts'

/** Which answers are read: everything that was not left out is. By default all kept answers of every channel. */
export interface Reading {
  channels?: Channel[]
  /** Only answers given for somebody else (true), or only one's own (false). */
  proxy?: boolean
  review?: 'kept' | 'excluded' | 'any'
}

/** One cell of the full cross of the weighting variables. Counts are laid out by the plan and as long as it says. */
export interface Cell {
  cell: number
  n: number
  counts: number[]
}

/** The tallies of one community, summed for one reading. */
export interface Cells {
  /** Cells that take part in the shares and have answers, ascending. */
  inside: Cell[]
  /** Answers that are counted and shown but not weighted, by reason. */
  outside: { reason: string; n: number }[]
  channels: { channel: string; n: number }[]
  proxies: number
  /** Answers in all. */
  n: number
  /** Answers that a person excluded, whether they are read or not. */
  excluded: number
}

/** Sums the tallies of one community over channel, proxy and review state. */
export function cellsOf(plan: TallyPlan, rows: TallyRow[], reading: Reading = {}): Cells {
  const inside = new Map<number, Cell>()
  const outside = new Map<string, number>()
  const channels = new Map<string, number>()
  let proxies = 0
  let n = 0
  let excluded = 0
  for (const row of rows) {
    if (row.review === 'excluded' && isRead(row, { ...reading, review: 'any' })) excluded += row.n
    if (!isRead(row, reading)) continue
    n += row.n
    if (row.proxy) proxies += row.n
    add(channels, row.channel, row.n)
    if (row.cell < 0) add(outside, plan.outside[-row.cell - 1] ?? 'unknown', row.n)
    else addTo(inside, plan, row)
  }
  return {
    inside: [...inside.values()].filter((cell) => cell.n > 0).sort((a, b) => a.cell - b.cell),
    outside: [...outside].map(([reason, count]) => ({ reason, n: count })).filter((each) => each.n > 0),
    channels: [...channels].map(([channel, count]) => ({ channel, n: count })).filter((each) => each.n > 0),
    proxies,
    n,
    excluded,
  }
}

function isRead(row: TallyRow, { channels, proxy, review = 'kept' }: Reading): boolean {
  if (channels && !channels.includes(row.channel)) return false
  if (proxy !== undefined && row.proxy !== proxy) return false
  return review === 'any' || row.review === review
}

function add(sums: Map<string, number>, key: string, n: number) {
  sums.set(key, (sums.get(key) ?? 0) + n)
}

function addTo(cells: Map<number, Cell>, plan: TallyPlan, row: TallyRow) {
  const cell = cells.get(row.cell) ?? { cell: row.cell, n: 0, counts: new Array<number>(plan.length).fill(0) }
  cell.n += row.n
  // Stored counts stop at their last one that is not zero.
  for (let k = 0; k < row.counts.length; k += 1) cell.counts[k]! += row.counts[k]!
  cells.set(row.cell, cell)
}
