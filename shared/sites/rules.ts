import type { Catalogue, FunctionSpec, Room, ServiceSpec, Site } from '../places/api.ts'
import { metres } from './wording.ts'

type Planning = Catalogue['rules'][number]

/** One condition that a space must meet before a function may stand in it. Data, each with the source mark of the catalogue. */
export interface Rule {
  function: string
  /** Named in a Decision: min_area, floors, children_floor … */
  code: string
  field: 'areaM2' | 'floor' | 'heightAboveGroundM' | 'exits' | 'water' | 'exhaust' | 'indoors' | 'beside'
  op: '>=' | '<=' | 'is' | 'not'
  value: number | boolean | string
  source: string
  /** Only for such sites or rooms. */
  when?: { fireClass?: Site['fireClass'][]; highRise?: boolean; fromFloor?: number }
}

/** Where a function may stand: a room, or the outdoor area of a site. */
export type Space = Room | { outdoorM2: number }

/** A rule that a space breaks, as a Chinese clause about that space. */
export interface Broken {
  rule: string
  text: string
  mark: string
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
  storeyM: 3,
}

const elders = ['60-79', '80+']
export const isForChildren = (service: ServiceSpec) => service.for.some((group) => group.startsWith('parent_'))
export const isForElders = (service: ServiceSpec) => service.for.every((group) => elders.includes(group))

const smallestTypical = (spec: FunctionSpec) => spec.typical_area_m2?.[0]

/** Smallest and largest sensible area of a function, in m². */
export function areaRange(spec: FunctionSpec): { lo: number; hi: number } {
  const lo = Math.max(spec.min_area_m2 ?? 0, smallestTypical(spec) ?? 0) || 1
  return { lo, hi: Math.max(lo, spec.typical_area_m2?.[1] ?? lo * assumptions.growth) }
}

function ownRules(spec: FunctionSpec): Rule[] {
  const rule = (
    code: string,
    field: Rule['field'],
    op: Rule['op'],
    value: Rule['value'],
    when?: Rule['when'],
  ): Rule => ({
    function: spec.code,
    code,
    field,
    op,
    value,
    source: spec.mark,
    ...(when && { when }),
  })
  const rules: Rule[] = [rule('outdoor', 'indoors', 'is', spec.outdoor !== 'required')]
  if (spec.min_area_m2) rules.push(rule('min_area', 'areaM2', '>=', spec.min_area_m2))
  else if (spec.typical_area_m2) rules.push(rule('typical_area', 'areaM2', '>=', spec.typical_area_m2[0]))
  if (spec.floors) {
    rules.push(rule('floors', 'floor', '>=', spec.floors[0]), rule('floors', 'floor', '<=', spec.floors[1]))
  }
  if (spec.own_entrance) {
    rules.push(rule('own_entrance', 'exits', '>=', 1), rule('own_entrance', 'exits', '>=', 2, { fromFloor: 2 }))
  }
  if (spec.needs?.includes('water')) rules.push(rule('water', 'water', 'is', true))
  if (spec.needs?.includes('kitchen_exhaust')) rules.push(rule('kitchen_exhaust', 'exhaust', 'is', true))
  for (const other of spec.not_beside ?? []) rules.push(rule('not_beside', 'beside', 'not', other))
  return rules
}

/** A number inside the wording of a planning rule; the shipped value where an edited wording no longer shows it. */
function numberIn(rule: Planning, pattern: RegExp, shipped: number): number {
  const found = pattern.exec(rule.check)
  return found ? Number(found[1]) : shipped
}

function childrenRules(spec: FunctionSpec, planning: Planning): Rule[] {
  const base = { function: spec.code, code: planning.code, source: planning.mark }
  const upTo = (value: number, fireClass: Site['fireClass'][]): Rule => ({
    ...base,
    field: 'floor',
    op: '<=',
    value,
    when: { fireClass },
  })
  return [
    { ...base, field: 'floor', op: '>=', value: 1 },
    upTo(numberIn(planning, /1–(\d+) in fire class I\/II/, 3), ['I', 'II']),
    upTo(numberIn(planning, /1–(\d+) in class III/, 2), ['III']),
    upTo(numberIn(planning, /(\d+) in class IV/, 1), ['IV']),
    { ...base, code: 'children_exit', field: 'exits', op: '>=', value: 2, when: { highRise: true } },
  ]
}

function elderRules(spec: FunctionSpec, planning: Planning): Rule[] {
  const base = { function: spec.code, code: planning.code, source: planning.mark }
  if (planning.code === 'elder_room_limit') {
    const value = numberIn(planning, /<= (\d+) m²/, 200)
    return [{ ...base, field: 'areaM2', op: '<=', value, when: { fromFloor: 4 } }]
  }
  const height = numberIn(planning, /above (\d+) m/, 54)
  const storeys = numberIn(planning, /class III not above floor (\d+)/, 2)
  return [
    { ...base, field: 'heightAboveGroundM', op: '<=', value: height, when: { fireClass: ['I', 'II'] } },
    { ...base, field: 'floor', op: '<=', value: storeys, when: { fireClass: ['III', 'IV'] } },
  ]
}

/** Every rule of the catalogue that a space can be held against, with its source. Source: `catalogue.json` of the district. */
export function rulesOf(catalogue: Catalogue): Rule[] {
  return catalogue.services.flatMap((service) =>
    service.functions.flatMap((spec) => [
      ...ownRules(spec),
      ...catalogue.rules.flatMap((planning) => {
        if (spec.outdoor === 'required') return []
        if (planning.code === 'children_floor' && isForChildren(service)) return childrenRules(spec, planning)
        if (planning.code.startsWith('elder_') && isForElders(service)) return elderRules(spec, planning)
        return []
      }),
    ]),
  )
}

const isRoom = (space: Space): space is Room => 'floor' in space

/** Height of a room's floor above the ground, in metres, from its storey. */
const heightOf = (room: Room) => (room.floor - 1) * (room.heightM ?? assumptions.storeyM)

function applies({ when }: Rule, room: Room | null, site: Site): boolean {
  if (!when) return true
  if (when.fireClass && !when.fireClass.includes(site.fireClass)) return false
  if (when.highRise !== undefined && when.highRise !== site.highRise) return false
  return when.fromFloor === undefined || (room !== null && room.floor >= when.fromFloor)
}

function measured(rule: Rule, space: Space): number | boolean {
  if (rule.field === 'indoors') return isRoom(space)
  if (!isRoom(space)) return rule.field === 'areaM2' ? space.outdoorM2 : true
  if (rule.field === 'heightAboveGroundM') return heightOf(space)
  return rule.field === 'beside' ? true : space[rule.field]
}

function holds(rule: Rule, value: number | boolean): boolean {
  if (typeof value === 'boolean') return rule.op !== 'is' || typeof rule.value !== 'boolean' || value === rule.value
  return rule.op === '>=' ? value >= Number(rule.value) : value <= Number(rule.value)
}

const floorLimit = (rule: Rule) => (rule.op === '>=' ? `不应低于${rule.value}层` : `不应高于${rule.value}层`)

/** A rule and what was found, as a clause; `found` opens with its own subject, e.g. 该房间为120平方米. */
export function clause(rule: Rule, zh: string, site: Pick<Site, 'fireClass'>, found: string): string {
  const wording: Record<string, string> = {
    min_area: `${zh}建筑面积不应小于${metres(Number(rule.value))}`,
    typical_area: `${zh}面积一般不小于${metres(Number(rule.value))}`,
    floors: `${zh}${floorLimit(rule)}`,
    children_floor: `耐火等级${{ I: '一', II: '二', III: '三', IV: '四' }[site.fireClass]}级的建筑内，${zh}${floorLimit(rule)}`,
    children_exit: `${zh}设在高层建筑内时应有独立的安全出口和楼梯，房间出口不应少于${rule.value}个`,
    own_entrance: `${zh}应设独立出入口，房间出口不应少于${rule.value}个`,
    water: `${zh}须有给排水条件`,
    kitchen_exhaust: `${zh}须有厨房排烟条件`,
    outdoor: rule.value ? `${zh}应设在室内` : `${zh}须设在室外`,
    elder_height:
      rule.field === 'floor'
        ? `${zh}在该耐火等级的建筑内${floorLimit(rule)}`
        : `${zh}所在楼层高度不应超过${rule.value}米`,
    elder_room_limit: `${zh}设在四层及以上时，每间面积不应大于${metres(Number(rule.value))}`,
  }
  return `${wording[rule.code] ?? `${zh}不符合${rule.code}要求`}，${found}`
}

function foundIn(rule: Rule, value: number | boolean): string {
  if (rule.field === 'areaM2') return `该处为${metres(Number(value))}`
  if (rule.field === 'floor') return `该房间位于${value}层`
  if (rule.field === 'exits') return `该房间有${value}个出口`
  if (rule.field === 'heightAboveGroundM') return `该房间约高${value}米`
  return rule.field === 'indoors' ? `该处${value ? '为室内房间' : '为室外场地'}` : '该房间不具备'
}

export interface Breach extends Broken {
  broken: Rule
}

/** The rules that a space breaks for a function, with the rules themselves; neighbours are judged when rooms are given out. */
export function breaches(space: Space, spec: FunctionSpec, site: Site, rules: Rule[]): Breach[] {
  const room = isRoom(space) ? space : null
  return rules
    .filter((rule) => rule.function === spec.code && applies(rule, room, site))
    .filter((rule) => !holds(rule, measured(rule, space)))
    .map((rule) => ({
      rule: rule.code,
      text: clause(rule, spec.zh, site, foundIn(rule, measured(rule, space))),
      mark: rule.source,
      broken: rule,
    }))
}

/** Which rules a room, or the outdoor area of a site, breaks for a function; empty when it fits. */
export function fits(space: Space, spec: FunctionSpec, site: Site, rules: Rule[]): Broken[] {
  return breaches(space, spec, site, rules).map(({ rule, text, mark }) => ({ rule, text, mark }))
}
