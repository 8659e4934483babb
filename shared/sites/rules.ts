import type { Source } from '../document.ts'
import type { Catalogue, FunctionSpec, ServiceSpec, Site } from '../places/api.ts'
import { limitsOf, type PlanningRule } from './limits.ts'

/** One condition that a space must meet before a function may stand in it. Data, each with the source mark of the catalogue. */
export interface Rule {
  function: string
  /** Named in a Decision: min_area, floors, children_floor … */
  code: string
  field: 'areaM2' | 'floor' | 'heightAboveGroundM' | 'exits' | 'water' | 'exhaust' | 'indoors' | 'beside'
  op: '>=' | '<=' | 'is' | 'not'
  value: number | boolean | string
  /** Where the value stands, and the mark of its source. */
  at: Pick<Source, 'of' | 'path'>
  source: string
  /** Only for such sites or rooms. */
  when?: { fireClass?: Site['fireClass'][]; highRise?: boolean; fromFloor?: number }
}

/** What this cut assumes where the catalogue says nothing. Each is marked as an assumption wherever it decides. */
export const assumptions = {
  mark: '编制假设（待核）',
  /** A room is divided only from this size on, and only into as many parts as it has exits. */
  dividedFromM2: 80,
  /** A function with a minimum and no typical area grows to this multiple of the minimum. */
  growth: 1.5,
  /** A function is proposed only when at least this part of its smallest size would be used. */
  leastUse: 0.5,
  /** A function without any area in the catalogue asks for this much. */
  leastM2: 1,
  /** A function with an entrance of its own asks for so many exits, and for so many upstairs. */
  entranceExits: 1,
  upstairsExits: 2,
  storeyM: 3,
}

const elders = ['60-79', '80+']
export const isForChildren = (service: ServiceSpec) => service.for.some((group) => group.startsWith('parent_'))
export const isForElders = (service: ServiceSpec) => service.for.every((group) => elders.includes(group))

const smallestTypical = (spec: FunctionSpec) => spec.typical_area_m2?.[0]

/** Smallest and largest sensible area of a function, in m². */
export function areaRange(spec: FunctionSpec): { lo: number; hi: number } {
  const lo = Math.max(spec.min_area_m2 ?? 0, smallestTypical(spec) ?? 0) || assumptions.leastM2
  return { lo, hi: Math.max(lo, spec.typical_area_m2?.[1] ?? lo * assumptions.growth) }
}

const assumed = (name: keyof typeof assumptions): Rule['at'] => ({ of: 'methods', path: ['programme', name] })

function ownRules(service: ServiceSpec, spec: FunctionSpec): Rule[] {
  const at = (...name: Source['path']): Rule['at'] => {
    return { of: 'catalogue', path: ['services', service.code, 'functions', spec.code, ...name] }
  }
  type Condition = Pick<Rule, 'code' | 'field' | 'op' | 'value' | 'at' | 'when'>
  const rules: Condition[] = [
    { code: 'outdoor', field: 'indoors', op: 'is', value: spec.outdoor !== 'required', at: at('outdoor') },
  ]
  const area = { field: 'areaM2', op: '>=' } as const
  if (spec.min_area_m2) rules.push({ code: 'min_area', ...area, value: spec.min_area_m2, at: at('min_area_m2') })
  else if (spec.typical_area_m2)
    rules.push({ code: 'typical_area', ...area, value: spec.typical_area_m2[0]!, at: at('typical_area_m2', 0) })
  if (spec.floors) {
    const floor = { code: 'floors', field: 'floor' } as const
    rules.push({ ...floor, op: '>=', value: spec.floors[0]!, at: at('floors', 0) })
    rules.push({ ...floor, op: '<=', value: spec.floors[1]!, at: at('floors', 1) })
  }
  if (spec.own_entrance) {
    const exits = { code: 'own_entrance', field: 'exits', op: '>=' } as const
    const { entranceExits, upstairsExits } = assumptions
    rules.push({ ...exits, value: entranceExits, at: assumed('entranceExits') })
    rules.push({ ...exits, value: upstairsExits, at: assumed('upstairsExits'), when: { fromFloor: 2 } })
  }
  const needs = { op: 'is', value: true, at: at('needs') } as const
  if (spec.needs?.includes('water')) rules.push({ code: 'water', field: 'water', ...needs })
  if (spec.needs?.includes('kitchen_exhaust')) rules.push({ code: 'kitchen_exhaust', field: 'exhaust', ...needs })
  for (const other of spec.not_beside ?? [])
    rules.push({ code: 'not_beside', field: 'beside', op: 'not', value: other, at: at('not_beside') })
  return rules.map((rule) => ({ function: spec.code, ...rule, source: spec.mark }))
}

function childrenRules(spec: FunctionSpec, planning: PlanningRule): Rule[] {
  const base = { function: spec.code, code: planning.code, field: 'floor', source: planning.mark } as const
  const upTo = (name: string, fireClass: Site['fireClass'][]): Rule => {
    return { ...base, op: '<=', ...limited(planning, name), when: { fireClass } }
  }
  const exits = { code: 'children_exit', field: 'exits', op: '>=', when: { highRise: true } } as const
  return [
    { ...base, op: '>=', ...limited(planning, 'lowest') },
    upTo('fireClassI_II', ['I', 'II']),
    upTo('fireClassIII', ['III']),
    upTo('fireClassIV', ['IV']),
    { ...base, ...exits, ...limited(planning, 'exits') },
  ]
}

function elderRules(spec: FunctionSpec, planning: PlanningRule): Rule[] {
  const base = { function: spec.code, code: planning.code, op: '<=', source: planning.mark } as const
  if (planning.code === 'elder_room_limit')
    return [{ ...base, field: 'areaM2', ...limited(planning, 'areaM2'), when: { fromFloor: 4 } }]
  return [
    { ...base, field: 'heightAboveGroundM', ...limited(planning, 'heightM'), when: { fireClass: ['I', 'II'] } },
    { ...base, field: 'floor', ...limited(planning, 'storeys'), when: { fireClass: ['III', 'IV'] } },
  ]
}

/** A number of a planning rule as the value of a rule. */
function limited(planning: PlanningRule, name: string): Pick<Rule, 'value' | 'at'> {
  return { value: limitsOf(planning)[name]!, at: { of: 'catalogue', path: ['rules', planning.code, 'limits', name] } }
}

const forElders = ['elder_height', 'elder_room_limit']

/** Every rule of the catalogue that a space can be held against, with its source. Source: `catalogue.json` of the district. */
export function rulesOf(catalogue: Catalogue): Rule[] {
  return catalogue.services.flatMap((service) =>
    service.functions.flatMap((spec) => [
      ...ownRules(service, spec),
      ...catalogue.rules.flatMap((planning) => {
        if (spec.outdoor === 'required') return []
        if (planning.code === 'children_floor' && isForChildren(service)) return childrenRules(spec, planning)
        if (forElders.includes(planning.code) && isForElders(service)) return elderRules(spec, planning)
        return []
      }),
    ]),
  )
}
