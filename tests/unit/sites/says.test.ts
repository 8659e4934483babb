import { describe, expect, it } from 'vitest'
import { spoken } from '../../../shared/document.ts'
import type { Site } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import type { NearbyFacility, ServiceInput } from '../../../shared/sites/inputs.ts'
import { programme } from '../../../shared/sites/programme.ts'

const catalogue = shippedCatalogue()
const profile = {
  asOf: '2026-10-01',
  population: { male: [300, 90, 700, 1000, 500, 100], female: [300, 90, 700, 1000, 600, 150] },
  households: 2000,
  eldersLivingAlone: 90,
  parents: { parent_0_3: 150, parent_4_6: 150, parent_7_12: 300 },
  areaKm2: 0.4,
  buildingYear: null,
}
const near = (name: string, capacity: number, isPublic = true): NearbyFacility => {
  return { code: name, name, function: null, isPublic, usable: true, capacity }
}
const service = (code: string, pir: number, need: number, facilities: NearbyFacility[] = []): ServiceInput => {
  const sum = (isPublic: boolean) =>
    facilities.filter((each) => each.isPublic === isPublic).reduce((total, each) => total + each.capacity, 0)
  const supply = { capacity: sum(true), privateCapacity: sum(false), facilities }
  const gap = need - sum(true)
  const shares = { need: 0.5, unmet: 0.4, top: 0.3, groupNeed: 0.5, population: need * 2 }
  const se = { need: 0.02, unmet: 0.02, top: 0.02, groupNeed: 0.02 }
  return { service: code, ...shares, pir, tier: null, ...supply, gap, gapLow: gap - 20, se }
}
const site = (code: string, areas: number[], outdoorM2 = 0): Site => ({
  code,
  community: 'A',
  name: `${code}号楼`,
  formerUse: '',
  fireClass: 'II',
  highRise: false,
  outdoorM2,
  lon: null,
  lat: null,
  rooms: areas.map((areaM2, at) => ({ code: `R${at}`, floor: 1, areaM2, exits: 1, water: true, exhaust: true })),
})
const propose = (services: ServiceInput[], sites: Site[], more = {}) =>
  programme({ community: 'A', services, catalogue, sites, facilities: [], profile, ...more })

describe('what a programme says', () => {
  it('keeps the mornings of a shared room for elders whose services are near already', () => {
    const elders = service('elder_care', 90, 500, [near('康养中心', 900)])
    const found = propose([elders, service('culture', 200, 1500)], [site('甲', [60])])
    const slots = found.placements.map(({ room, slot }) => [room, slot])
    expect(slots).toEqual([
      ['R0', 'evening'],
      ['R0', 'afternoon'],
    ])
    const said = found.says.find((say) => say.code === 'elder_hours')!
    expect(spoken(said.text)).toContain('甲号楼1层60平方米房间')
    expect(spoken(said.text)).toContain('上午时段向老年人开放')
  })

  it('does not speak of hours for elders where they have rooms of their own', () => {
    const found = propose([service('elder_care', 200, 900), service('culture', 150, 900)], [site('甲', [80, 60])])
    expect(found.placements.map((each) => each.service)).toContain('elder_care')
    expect(found.says.map((say) => say.code)).not.toContain('elder_hours')
  })

  it('names public supply as the reason, with its size in the unit of the service', () => {
    const children = service('after_school', 150, 300, [near('少年之家', 600)])
    const found = propose([children], [site('甲', [90])])
    const why = found.decisions.find((each) => each.function === 'after_school_care')!
    expect(spoken(why.reason)).toBe(
      '服务半径内已有可用的公共设施（少年之家，可服务约600户），儿童托管供给能够满足现有需求（约300户），不再重复建设。',
    )
  })

  it('names the rival that holds the room', () => {
    const found = propose([service('health', 200, 3000), service('fitness', 120, 900)], [site('甲', [130])])
    const why = found.decisions.find((each) => each.function === 'gym')!
    expect(why.rule).toBe('rival')
    expect(spoken(why.reason)).toBe(
      '体育健身优先度为120（高），甲号楼1层130平方米房间已先安排社区卫生服务站，本次不再设置。',
    )
  })

  it('keeps a canteen and a nursery off one floor, even where both are required', () => {
    const both = { required: [{ function: 'nursery' }, { function: 'canteen' }] }
    const kitchens = site('甲', [220, 150])
    for (const each of kitchens.rooms) each.exhaust = true
    const found = propose([service('infant_care', 200, 90), service('community_meals', 150, 900)], [kitchens], both)
    const why = found.decisions.find((each) => each.function === 'canteen')!
    expect(why).toMatchObject({ in: false, rule: 'not_beside' })
    expect(spoken(why.reason)).toContain('托育点')
    kitchens.rooms[1]!.floor = 2
    const apart = propose([service('infant_care', 200, 90), service('community_meals', 150, 900)], [kitchens], both)
    expect(apart.decisions.find((each) => each.function === 'canteen')).toMatchObject({ in: true, rule: 'required' })
  })

  it('lists what stays free, and what the planner adds', () => {
    const says = [{ code: 'planner', text: ['南侧围墙拟一并打开。'] }]
    const found = propose([service('infant_care', 120, 90)], [site('甲', [12])], { says })
    expect(found.says.map(({ code, text }) => [code, spoken(text)])).toEqual([
      ['reserve', '甲号楼1层12平方米房间暂不安排功能，作为预留空间，待征求意见后确定。'],
      ['planner', '南侧围墙拟一并打开。'],
    ])
  })

  it('puts a function at one of two sister sites and other needs at the other', () => {
    const services = [service('elder_care', 200, 900), service('culture', 150, 900)]
    const found = propose(services, [site('甲', [90]), site('乙', [90])])
    expect(new Set(found.placements.map((each) => each.site)).size).toBe(2)
    expect(new Set(found.placements.map((each) => each.function)).size).toBe(found.placements.length)
  })

  it('counts in how many draws each function stays in', () => {
    const services = [service('health', 200, 3000), service('fitness', 120, 900)]
    const turned = [service('health', 40, 100), service('fitness', 200, 900)]
    const found = propose(services, [site('甲', [130])], { draws: [services, services, turned] })
    const stays = (code: string) => found.decisions.find((each) => each.function === code)!.stays
    expect(found.resamples).toBe(3)
    expect([stays('health_station'), stays('gym')]).toEqual([2, 1])
  })
})
