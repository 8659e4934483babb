import { describe, expect, it } from 'vitest'
import { spoken } from '../../../shared/document.ts'
import type { Facility, Room, Site } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import type { Placement } from '../../../shared/sites/api.ts'
import { standardsOf } from '../../../shared/sites/standards.ts'

const catalogue = shippedCatalogue()
const profile = {
  asOf: '2026-10-01',
  population: { male: [0, 0, 0, 0, 0, 0], female: [0, 0, 0, 0, 0, 0] },
  households: 2000,
  eldersLivingAlone: 0,
  parents: { parent_0_3: 0, parent_4_6: 0, parent_7_12: 0 },
  areaKm2: 1,
  buildingYear: null,
}
const room = (code: string, areaM2: number): Room => ({ code, floor: 1, areaM2, exits: 2, water: true, exhaust: true })
const site = (...areas: number[]): Site => ({
  code: 'S1',
  community: 'A',
  name: '原粮店',
  formerUse: '',
  fireClass: 'II',
  highRise: false,
  outdoorM2: 0,
  lon: null,
  lat: null,
  rooms: areas.map((area, at) => room(`R${at + 1}`, area)),
})
const facility = (areaM2: number | null, change: Partial<Facility> = {}): Facility => ({
  code: 'F',
  community: 'A',
  name: '文化站',
  service: 'culture',
  function: null,
  isPublic: true,
  usable: true,
  capacity: 100,
  areaM2,
  lon: 0,
  lat: 0,
  ...change,
})
const placed = (of: string, service: string, code: string): Placement => ({
  site: 'S1',
  room: code,
  floor: 1,
  function: of,
  service,
  areaM2: 60,
  slot: 'all',
  serves: 10,
})

const check = (
  code: string,
  given: { sites?: Site[]; facilities?: Facility[]; placements?: Placement[]; households?: number },
) =>
  standardsOf({
    community: 'A',
    catalogue,
    sites: given.sites ?? [],
    facilities: given.facilities ?? [],
    profile: { ...profile, households: given.households ?? 2000 },
    services: [],
    placements: given.placements ?? [],
  }).find((standard) => standard.code === code)!

describe('the standards', () => {
  it('count usable public facilities of the community and the rooms of the programme per hundred households', () => {
    const elsewhere = [
      facility(900, { community: 'B' }),
      facility(900, { isPublic: false }),
      facility(900, { usable: false }),
    ]
    const given = { sites: [site(200, 100)], facilities: [facility(400), ...elsewhere] }
    const found = check('area_per_100_households', { ...given, placements: [placed('gym', 'fitness', 'R1')] })
    expect(found.value).toBe(30)
    expect(found.met).toBe(true)
    expect(spoken(found.text)).toContain('每百户20平方米')
    expect(check('area_per_100_households', given)).toMatchObject({ value: 20, met: false })
  })

  it('do not judge what the data cannot tell', () => {
    const given = { facilities: [facility(100), facility(null)] }
    expect(check('area_per_100_households', given)).toMatchObject({ value: 5, met: null })
    expect(check('area_per_100_households', { households: 0 })).toMatchObject({ value: null, met: null })
    expect(check('complex_area', {})).toMatchObject({ value: null, met: null })
  })

  it('ask a site of 600 square metres for three functions, two of them priority services', () => {
    const sites = [site(400, 210)]
    const two = [placed('elder_station', 'elder_care', 'R1'), placed('baby_room', 'infant_care', 'R2')]
    expect(check('complex_area', { sites })).toMatchObject({ value: 610, met: true })
    expect(check('complex_functions', { sites, placements: two })).toMatchObject({ value: 2, met: false })
    const three = [...two, placed('gym', 'fitness', 'R2')]
    expect(check('complex_functions', { sites, placements: three })).toMatchObject({ value: 3, met: true })
    const other = [placed('gym', 'fitness', 'R1'), placed('reading_room', 'culture', 'R1'), two[0]!]
    expect(check('complex_functions', { sites, placements: other })).toMatchObject({ value: 3, met: false })
  })

  it('allow scattered sites where no complex is possible, priority services first', () => {
    const sites = [site(150)]
    expect(check('complex_area', { sites })).toMatchObject({ value: 150, met: false })
    expect(check('complex_functions', { sites })).toMatchObject({ value: null, met: null })
    const meals = [placed('meal_point', 'community_meals', 'R1')]
    expect(check('scattered_sites', { sites, placements: meals })).toMatchObject({ met: true })
    expect(check('scattered_sites', { sites, placements: [placed('gym', 'fitness', 'R1')] }).met).toBe(false)
  })

  it('carry the mark of their source', () => {
    for (const { mark } of standardsOf({
      community: 'A',
      catalogue,
      sites: [],
      facilities: [],
      profile,
      services: [],
      placements: [],
    })) {
      expect(mark).toContain('导则')
    }
  })
})
