import { type Cell, type Figure, partsOf, type Sentence, told } from '../document.ts'
import type { Room, ServiceSpec, Site } from '../places/api.ts'
import type { Level } from '../statistics/importance.ts'
import type { slots } from './api.ts'
import { areaOf, ofRoom } from './figures.ts'

const slotNames: Record<(typeof slots)[number], string> = {
  all: '全天',
  morning: '上午',
  afternoon: '下午',
  evening: '晚间',
}

export const levelZh: Record<Level, string> = { high: '高', medium: '中', low: '低' }

export const slotZh = (slot: (typeof slots)[number]) => slotNames[slot]

/** Services for families with children are counted in households, all others in people. */
export const unitOf = (concerned: readonly string[]) =>
  concerned.some((group) => group.startsWith('parent_')) ? '户' : '人'

export const metres = (area: Figure): Sentence => told`${area}平方米`
export const about = (count: Figure, service: ServiceSpec): Sentence => told`约${count}${unitOf(service.for)}`

/** A floor as people say it: 地下2层, 半地下层, 3层. */
export function floorZh(site: Site, room: Room): Sentence {
  if (room.floor === 0) return ['半地下层']
  const floor = ofRoom(site, room, room.floor, 'floor')
  return room.floor < 0 ? told`地下${{ ...floor, text: String(-room.floor) }}层` : told`${floor}层`
}

/** Where something stands, e.g. 沿街用房1层150平方米房间. */
export function whereZh(site: Site, room: Room | null): Sentence {
  if (!room) return [`${site.name}室外场地`]
  return told`${site.name}${floorZh(site, room)}${metres(areaOf(site, room))}房间`
}

/** Names one after another. */
export const oneByOne = (names: Cell[]): Sentence =>
  names.flatMap((name, k) => [...(k ? ['、'] : []), ...partsOf(name)])

/** Names one after another; more than three are cut short with their number. */
export function listZh(names: Cell[], count: (all: number) => Figure, measure: '处' | '项' = '处'): Sentence {
  return names.length > 3
    ? told`${oneByOne(names.slice(0, 3))}等${count(names.length)}${measure}`
    : told`${oneByOne(names)}`
}
