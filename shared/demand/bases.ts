import type { Cell, Sum } from '../statistics/suppression.ts'
import { bandsWithin } from './age-bands.ts'
import type { Demand } from './api.ts'

/** The people that shares are read from, e.g. an age band; sums say how these numbers of people hang together. */
export interface Bases {
  cells: Cell[]
  sums: Sum[]
  /** Cells that nobody prints but anybody can have by subtraction: those of `outer` who are not in `inner`. */
  rests: Map<string, { outer: string; inner: string }>
}

/** Everybody who takes part in the shares. */
export const WHOLE = 'whole'

/** Name of the people that a service concerns; that of the part where they are one. */
export function unionCode(concerned: string[]): string {
  return concerned.includes('all') ? WHOLE : concerned.join('|')
}

/**
 * Every number of people that shares are read from. Age bands add up to the area; each other group and those outside it
 * do; of two groups of which one holds the other, so does what lies between.
 */
export function basesOf(demand: Demand): Bases {
  const cells = new Map<string, number>([[WHOLE, demand.inside]])
  const bases = { cells, sums: [] as Sum[], rests: new Map() }
  const ages = demand.parts.filter(({ kind }) => kind === 'age').map(({ code }) => code)
  for (const { code, n } of demand.parts) cells.set(code, n)
  if (ages.length > 0) bases.sums.push({ total: WHOLE, parts: ages })
  for (const { kind, code } of demand.parts) if (kind !== 'age') addRest(bases, code, WHOLE)
  const unions = new Map(demand.services.flatMap(({ gap }) => (gap ? [[unionCode(gap.concerned), gap] as const] : [])))
  for (const [code, { concerned, need }] of unions) {
    if (cells.has(code)) continue
    cells.set(code, need.n)
    const bands = bandsWithin(ages, concerned)
    if (bands.length > 0) bases.sums.push({ total: code, parts: bands })
    else for (const inner of heldBy(code, concerned, cells)) addRest(bases, inner, code)
    const rest = addRest(bases, code, WHOLE)
    const others = ages.filter((band) => !bands.includes(band))
    if (bands.length > 0 && others.length > 0) bases.sums.push({ total: rest, parts: others })
  }
  return { ...bases, cells: [...cells].map(([code, n]) => ({ code, n })) }
}

function heldBy(code: string, concerned: string[], cells: Map<string, number>): string[] {
  return [...cells.keys()].filter((inner) => {
    return inner !== code && inner.split('|').every((group) => concerned.includes(group))
  })
}

type Growing = Omit<Bases, 'cells'> & { cells: Map<string, number> }

function addRest({ cells, sums, rests }: Growing, inner: string, outer: string): string {
  const code = `${outer} without ${inner}`
  cells.set(code, Math.max(0, cells.get(outer)! - cells.get(inner)!))
  rests.set(code, { outer, inner })
  sums.push({ total: outer, parts: [inner, code] })
  return code
}
