import type { Room, ServiceSpec, Site } from '../places/api.ts'
import type { slots } from './api.ts'

const slotNames: Record<(typeof slots)[number], string> = {
  all: '全天',
  morning: '上午',
  afternoon: '下午',
  evening: '晚间',
}

/** A number without needless decimals, at most two. */
export const plain = (value: number) => String(Math.round(value * 100) / 100)
export const metres = (areaM2: number) => `${plain(areaM2)}平方米`
export const slotZh = (slot: (typeof slots)[number]) => slotNames[slot]

/** Whom a service counts: households for children's services, people otherwise. */
/** Services for families with children are counted in households, all others in people. */
export const unitOf = (concerned: readonly string[]) =>
  concerned.some((group) => group.startsWith('parent_')) ? '户' : '人'
export const about = (value: number, service: ServiceSpec) => `约${Math.round(value)}${unitOf(service.for)}`

export const floorZh = (floor: number) => (floor < 0 ? `地下${-floor}层` : floor === 0 ? '半地下层' : `${floor}层`)

/** Where something stands, e.g. 沿街用房1层150平方米房间. */
export function whereZh(site: Site, room: Room | null): string {
  return room ? `${site.name}${floorZh(room.floor)}${metres(room.areaM2)}房间` : `${site.name}室外场地`
}

/** Names one after another; more than three are cut short with their number. */
export function listZh(names: string[], measure: '处' | '项' = '处'): string {
  const distinct = [...new Set(names)]
  return distinct.length > 3 ? `${distinct.slice(0, 3).join('、')}等${distinct.length}${measure}` : distinct.join('、')
}
