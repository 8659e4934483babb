import type { Catalogue } from '../places/api.ts'

export type PlanningRule = Catalogue['rules'][number]

/** Where a number stands in the wording of a planning rule; `shipped` holds where an edited wording no longer shows it, or none ever did. */
interface Reading {
  in?: 'check' | 'advice'
  pattern?: RegExp
  shipped: number
}

const atLeast = /(?:>=|≥)\s*(\d+(?:\.\d+)?)/
const least = (shipped: number): Reading => ({ in: 'check', pattern: atLeast, shipped })
const advised = (shipped: number): Reading => ({ in: 'advice', pattern: atLeast, shipped })
const stated = (pattern: RegExp, shipped: number): Reading => ({ in: 'check', pattern, shipped })

const readings: Record<string, Record<string, Reading>> = {
  area_per_100_households: { least: least(30), advised: advised(80) },
  complex_area: { least: least(600), advised: advised(800) },
  complex_functions: { least: least(3), priority: { in: 'advice', pattern: /at least (\d+) of/, shipped: 2 } },
  children_floor: {
    lowest: { shipped: 1 },
    fireClassI_II: stated(/1–(\d+) in fire class I\/II/, 3),
    fireClassIII: stated(/1–(\d+) in class III/, 2),
    fireClassIV: stated(/(\d+) in class IV/, 1),
    exits: { shipped: 2 },
  },
  elder_height: {
    heightM: stated(/above (\d+) m/, 54),
    storeys: stated(/class III not above floor (\d+)/, 2),
  },
  elder_room_limit: { areaM2: stated(/<= (\d+) m²/, 200) },
}

/** The numbers that a planning rule sets, by name; none where the programme does not use the rule. */
export function limitsOf(rule: PlanningRule): Record<string, number> {
  return Object.fromEntries(
    Object.entries(readings[rule.code] ?? {}).map(([name, reading]) => [name, read(rule, reading)]),
  )
}

function read(rule: PlanningRule, { in: where, pattern, shipped }: Reading): number {
  const found = where && pattern?.exec(rule[where] ?? '')
  return found ? Number(found[1]) : shipped
}
