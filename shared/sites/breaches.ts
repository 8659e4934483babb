import { type Figure, type Sentence, told } from '../document.ts'
import type { FunctionSpec, Room, Site } from '../places/api.ts'
import { areaOf, exact, ofRoom } from './figures.ts'
import { assumptions, type Rule } from './rules.ts'
import { floorZh, metres } from './wording.ts'

/** Where a function may stand: a room, or the outdoor area of a site. */
export type Space = Room | { outdoorM2: number }

/** A rule that a space breaks, and what was found there instead. */
export interface Breach {
  rule: Rule
  found: number | boolean
}

const isRoom = (space: Space): space is Room => 'floor' in space

/** Height of a room's floor above the ground, in metres, from its storey. */
export const aboveGroundM = (room: Room) => (room.floor - 1) * (room.heightM ?? assumptions.storeyM)

function applies({ when }: Rule, room: Room | null, site: Site): boolean {
  if (!when) return true
  if (when.fireClass && !when.fireClass.includes(site.fireClass)) return false
  if (when.highRise !== undefined && when.highRise !== site.highRise) return false
  return when.fromFloor === undefined || (room !== null && room.floor >= when.fromFloor)
}

function measured(rule: Rule, space: Space): number | boolean {
  if (rule.field === 'indoors') return isRoom(space)
  if (!isRoom(space)) return rule.field === 'areaM2' ? space.outdoorM2 : true
  if (rule.field === 'heightAboveGroundM') return aboveGroundM(space)
  return rule.field === 'beside' ? true : space[rule.field]
}

function holds(rule: Rule, value: number | boolean): boolean {
  if (typeof value === 'boolean') return rule.op !== 'is' || typeof rule.value !== 'boolean' || value === rule.value
  return rule.op === '>=' ? value >= Number(rule.value) : value <= Number(rule.value)
}

/** The rules that a space breaks for a function; neighbours are judged when rooms are given out. */
export function breaches(space: Space, spec: FunctionSpec, site: Site, rules: Rule[]): Breach[] {
  const room = isRoom(space) ? space : null
  return rules
    .filter((rule) => rule.function === spec.code && applies(rule, room, site))
    .map((rule) => ({ rule, found: measured(rule, space) }))
    .filter(({ rule, found }) => !holds(rule, found))
}

const limit = ({ value, at }: Rule): Figure => exact(Number(value), at.of, ...at.path)

function floorLimit(rule: Rule): Sentence {
  return rule.op === '>=' ? told`不应低于${limit(rule)}层` : told`不应高于${limit(rule)}层`
}

const fireClassZh = { I: '一', II: '二', III: '三', IV: '四' }

/** A rule and what was found, as a clause; `found` opens with its own subject, e.g. 该处为120平方米. */
export function clause(rule: Rule, zh: string, site: Pick<Site, 'fireClass'>, found: Sentence): Sentence {
  const wording: Record<string, () => Sentence> = {
    min_area: () => told`${zh}建筑面积不应小于${metres(limit(rule))}`,
    typical_area: () => told`${zh}面积一般不小于${metres(limit(rule))}`,
    floors: () => told`${zh}${floorLimit(rule)}`,
    children_floor: () => told`耐火等级${fireClassZh[site.fireClass]}级的建筑内，${zh}${floorLimit(rule)}`,
    children_exit: () => told`${zh}设在高层建筑内时应有独立的安全出口和楼梯，房间出口不应少于${limit(rule)}个`,
    own_entrance: () => told`${zh}应设独立出入口，房间出口不应少于${limit(rule)}个`,
    water: () => [`${zh}须有给排水条件`],
    kitchen_exhaust: () => [`${zh}须有厨房排烟条件`],
    outdoor: () => [rule.value ? `${zh}应设在室内` : `${zh}须设在室外`],
    elder_height: () =>
      rule.field === 'floor'
        ? told`${zh}在该耐火等级的建筑内${floorLimit(rule)}`
        : told`${zh}所在楼层高度不应超过${limit(rule)}米`,
    elder_room_limit: () => told`${zh}设在四层及以上时，每间面积不应大于${metres(limit(rule))}`,
  }
  return told`${wording[rule.code]?.() ?? `${zh}不符合${rule.code}要求`}，${found}`
}

/** What a room, or the outdoor area of a site, has instead of what the rule asks. */
export function foundIn({ rule, found }: Breach, site: Site, room: Room | null): Sentence {
  if (rule.field === 'indoors') return [`该处${found ? '为室内房间' : '为室外场地'}`]
  if (rule.field === 'areaM2') return told`该处为${metres(areaOf(site, room))}`
  if (!room || typeof found === 'boolean') return ['该房间不具备']
  if (rule.field === 'floor') return told`该房间位于${floorZh(site, room)}`
  if (rule.field === 'exits') return told`该房间有${ofRoom(site, room, found, 'exits')}个出口`
  return told`该房间约高${ofRoom(site, room, found, 'aboveGroundM')}米`
}
