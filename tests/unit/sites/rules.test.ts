import { describe, expect, it } from 'vitest'
import { spoken } from '../../../shared/document.ts'
import type { Room, Site } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { breaches, clause, foundIn } from '../../../shared/sites/breaches.ts'
import { rulesOf } from '../../../shared/sites/rules.ts'

const catalogue = shippedCatalogue()
const rules = rulesOf(catalogue)
const spec = (code: string) =>
  catalogue.services.flatMap((service) => service.functions).find((each) => each.code === code)!

const site = (change: Partial<Site> = {}): Site => ({
  code: 'S1',
  community: 'A',
  name: '原锅炉房',
  formerUse: '',
  fireClass: 'II',
  highRise: false,
  outdoorM2: 0,
  lon: null,
  lat: null,
  rooms: [],
  ...change,
})
const room = (change: Partial<Room> = {}): Room => ({
  code: 'R1',
  floor: 1,
  areaM2: 400,
  exits: 2,
  water: true,
  exhaust: true,
  ...change,
})
const broken = (code: string, space: Parameters<typeof breaches>[0], where = site()) =>
  breaches(space, spec(code), where, rules).map(({ rule }) => rule.code)

describe('the rules of a space', () => {
  it('come from the catalogue, each with the mark of its source', () => {
    expect(rules.every((rule) => rule.source.length > 0)).toBe(true)
    expect(rules).toContainEqual({
      function: 'nursery',
      code: 'min_area',
      field: 'areaM2',
      op: '>=',
      value: 200,
      at: { of: 'catalogue', path: ['services', 'infant_care', 'functions', 'nursery', 'min_area_m2'] },
      source: spec('nursery').mark,
    })
  })

  it('follow the catalogue when a district edits a threshold', () => {
    const edited = structuredClone(catalogue)
    edited.services.flatMap((service) => service.functions).find(({ code }) => code === 'nursery')!.min_area_m2 = 150
    edited.rules.find(({ code }) => code === 'children_floor')!.check = 'floors 1–2 in fire class I/II buildings'
    const found = breaches(room({ areaM2: 160, floor: 3 }), spec('nursery'), site({ outdoorM2: 50 }), rulesOf(edited))
    expect(found.map(({ rule }) => rule.code)).toEqual(['children_floor'])
  })

  it('say in a sentence what is asked and what was found', () => {
    const small = room({ areaM2: 120 })
    const [found] = breaches(small, spec('nursery'), site(), rules)
    const { rule } = found!
    const text = clause(rule, '托育点', site(), foundIn(found!, site(), small))
    expect(spoken(text)).toBe('托育点建筑面积不应小于200平方米，该处为120平方米')
    expect(rule.source).toContain('完整居住社区建设标准')
  })

  it('keep children above ground and as low as the fire class asks', () => {
    expect(broken('after_school_care', room({ floor: 3 }))).toEqual([])
    expect(broken('after_school_care', room({ floor: 4 }))).toContain('floors')
    expect(broken('after_school_care', room({ floor: -1 }))).toContain('children_floor')
    expect(broken('after_school_care', room({ floor: 3 }), site({ fireClass: 'III' }))).toEqual(['children_floor'])
    expect(broken('after_school_care', room({ floor: 2 }), site({ fireClass: 'IV' }))).toEqual(['children_floor'])
  })

  it('ask for an exit of their own for children in a high-rise, and for a nursery on upper floors', () => {
    expect(broken('baby_room', room({ exits: 1 }), site({ highRise: true }))).toEqual(['children_exit'])
    expect(broken('nursery', room({ exits: 1 }))).toEqual([])
    expect(broken('nursery', room({ exits: 1, floor: 2 }))).toEqual(['own_entrance'])
  })

  it('hold rooms for elders to height, fire class and size', () => {
    expect(broken('elder_station', room({ floor: 3 }), site({ fireClass: 'III' }))).toEqual(['elder_height'])
    expect(broken('elder_station', room({ floor: 5, areaM2: 180 }))).toEqual([])
    expect(broken('elder_station', room({ floor: 5, areaM2: 220 }))).toEqual(['elder_room_limit'])
    expect(broken('elder_station', room({ floor: 21, areaM2: 100 }))).toEqual(['elder_height'])
  })

  it('ask for water and kitchen exhaust where food is cooked', () => {
    expect(broken('canteen', room({ water: false, exhaust: false }))).toEqual(['water', 'kitchen_exhaust'])
    expect(broken('meal_point', room({ water: false, exhaust: false }))).toEqual([])
  })

  it('keep outdoor functions outdoors and indoor functions indoors', () => {
    expect(broken('playground', room())).toContain('outdoor')
    expect(broken('playground', { outdoorM2: 90 })).toEqual([])
    expect(broken('playground', { outdoorM2: 60 })).toEqual(['typical_area'])
    expect(broken('gym', { outdoorM2: 900 })).toEqual(['outdoor'])
  })
})
