import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spoken } from '../../../shared/document.ts'
import type { Room, Site } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import type { Programme } from '../../../shared/sites/api.ts'
import { breaches } from '../../../shared/sites/breaches.ts'
import { expectedUnmet, isCovered, type ServiceInput } from '../../../shared/sites/inputs.ts'
import { type ProgrammeInput, programme } from '../../../shared/sites/programme.ts'
import { areaRange, rulesOf } from '../../../shared/sites/rules.ts'

const catalogue = shippedCatalogue([{ code: 'parking', zh: '停车', for: ['all'], level_minutes: 15, functions: [] }])
const rules = rulesOf(catalogue)
const specs = catalogue.services.flatMap((service) => service.functions.map((spec) => ({ spec, service })))
const codes = specs.map(({ spec }) => spec.code)
const profile = {
  asOf: '2026-10-01',
  population: { male: [300, 90, 700, 1000, 500, 100], female: [300, 90, 700, 1000, 600, 150] },
  households: 2000,
  eldersLivingAlone: 90,
  parents: { parent_0_3: 150, parent_4_6: 150, parent_7_12: 300 },
  areaKm2: 0.4,
  buildingYear: null,
}

const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)

const room: fc.Arbitrary<Omit<Room, 'code'>> = fc.record({
  floor: fc.integer({ min: -1, max: 6 }),
  areaM2: fc.integer({ min: 8, max: 700 }),
  exits: fc.integer({ min: 0, max: 4 }),
  water: fc.boolean(),
  exhaust: fc.boolean(),
  quiet: fc.boolean(),
})

const sites: fc.Arbitrary<Site[]> = fc
  .array(
    fc.record({
      rooms: fc.array(room, { maxLength: 6 }),
      outdoorM2: fc.oneof(fc.constant(0), fc.integer({ min: 10, max: 1500 })),
      fireClass: fc.constantFrom('I', 'II', 'III', 'IV' as const),
      highRise: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .map((drawn) =>
    drawn.map((site, at) => ({
      ...site,
      code: `S${at}`,
      community: 'A',
      name: `${at + 1}号点位`,
      formerUse: '',
      lon: null,
      lat: null,
      rooms: site.rooms.map((each, index) => ({ ...each, code: `R${index}` })),
    })),
  )

const input = (service: string): fc.Arbitrary<ServiceInput> =>
  fc
    .record({
      need: share,
      part: share,
      top: share,
      population: fc.integer({ min: 0, max: 9000 }),
      capacity: fc.integer({ min: 0, max: 4000 }),
      margin: fc.integer({ min: 0, max: 400 }),
      pir: fc.integer({ min: 0, max: 200 }),
      known: fc.boolean(),
    })
    .map(({ need, part, top, population, capacity, margin, pir, known }) => {
      const gap = known ? need * population - capacity : null
      const near = { code: 'F', name: '便民中心', function: null, isPublic: true, usable: true, capacity }
      return {
        ...{ service, need, unmet: need * part, top, pir, tier: null, groupNeed: need, population, capacity },
        ...{
          privateCapacity: 0,
          gap,
          gapLow: gap === null ? null : gap - margin,
          facilities: capacity > 0 ? [near] : [],
        },
        se: { need: 0.02, unmet: 0.02, top: 0.02, groupNeed: 0.03 },
      }
    })

const anything: fc.Arbitrary<ProgrammeInput> = fc
  .tuple(fc.tuple(...catalogue.services.map(({ code }) => input(code))), sites, fc.subarray(codes, { maxLength: 2 }))
  .map(([services, drawn, required]) => {
    const resolved = required.map((code) => ({ function: code }))
    return { community: 'A', services, catalogue, sites: drawn, facilities: [], profile, required: resolved }
  })

const always = (holds: (given: ProgrammeInput, found: Programme) => void) =>
  fc.assert(
    fc.property(anything, (given) => holds(given, programme(given))),
    { numRuns: 60 },
  )

const specOf = (code: string) => specs.find(({ spec }) => spec.code === code)!.spec
const siteOf = ({ sites: all }: ProgrammeInput, code: string) => all.find((site) => site.code === code)!

describe('any programme', () => {
  it('never puts a function where one of its rules forbids it, nor below its smallest sensible size', () => {
    always((given, found) => {
      for (const placement of found.placements) {
        const site = siteOf(given, placement.site)
        const space = site.rooms.find((each) => each.code === placement.room) ?? { outdoorM2: site.outdoorM2 }
        expect(breaches(space, specOf(placement.function), site, rules)).toEqual([])
        expect(placement.areaM2).toBeGreaterThanOrEqual(areaRange(specOf(placement.function)).lo)
      }
    })
  })

  it('never gives out more of a room than there is, at any hour', () => {
    always((given, found) => {
      for (const slot of ['morning', 'afternoon', 'evening']) {
        const used = new Map<string, number>()
        for (const placement of found.placements.filter((each) => each.slot === 'all' || each.slot === slot)) {
          const at = `${placement.site} ${placement.room}`
          used.set(at, (used.get(at) ?? 0) + (placement.areaM2 ?? 0))
        }
        for (const site of given.sites) {
          const areas = [
            ...site.rooms.map((each) => [each.code, each.areaM2] as const),
            [null, site.outdoorM2] as const,
          ]
          for (const [code, areaM2] of areas) {
            expect(used.get(`${site.code} ${code}`) ?? 0).toBeLessThanOrEqual(areaM2 + 1e-9)
          }
        }
      }
    })
  })

  it('never divides a room into more parts than it has exits, nor a small one at all', () => {
    always((given, found) => {
      for (const site of given.sites) {
        for (const each of site.rooms) {
          const here = found.placements.filter(
            (placement) => placement.site === site.code && placement.room === each.code,
          )
          const atOnce = here.filter(({ slot }) => slot === 'all' || slot === 'afternoon').length
          if (atOnce > 1) expect(each.areaM2).toBeGreaterThanOrEqual(80)
          expect(atOnce).toBeLessThanOrEqual(Math.max(1, each.exits))
        }
      }
    })
  })

  it('shares rooms only between functions that are used by the hour', () => {
    always((given, found) => {
      for (const { site, room: code, slot, function: of, service } of found.placements) {
        if (slot === 'all' || specOf(of).shared_time) continue
        expect(slot).toBe('afternoon')
        expect(service).toBe('after_school')
        expect(found.says.some((say) => say.code === 'elder_hours')).toBe(true)
        expect(siteOf(given, site).rooms.some((each) => each.code === code)).toBe(true)
      }
    })
  })

  it('keeps functions that exclude each other off one floor', () => {
    always((_, found) => {
      for (const one of found.placements) {
        for (const other of found.placements) {
          if (!specOf(one.function).not_beside?.includes(other.function)) continue
          expect(one.site === other.site && one.floor === other.floor).toBe(false)
        }
      }
    })
  })

  it('serves no more than the unmet need, and repeats no function at sister sites', () => {
    always((given, found) => {
      for (const each of given.services) {
        const serves = found.placements.filter((placement) => placement.service === each.service)
        const total = serves.reduce((sum, placement) => sum + placement.serves!, 0)
        expect(total).toBeLessThanOrEqual((expectedUnmet(each) ?? 0) + 1e-9)
      }
      const functions = found.placements.map((placement) => placement.function)
      expect(new Set(functions).size).toBe(functions.length)
    })
  })

  it('builds nothing of a service that usable public supply covers, unless a resolution requires it', () => {
    always((given, found) => {
      for (const each of given.services.filter(isCovered)) {
        const placed = found.placements.filter((placement) => placement.service === each.service)
        expect(placed.every((placement) => given.required!.some((one) => one.function === placement.function))).toBe(
          true,
        )
        for (const decision of found.decisions.filter((one) => one.service === each.service && !one.in)) {
          expect(decision.rule).toBe('supply')
          expect(spoken(decision.reason)).toContain('便民中心')
        }
      }
    })
  })

  it('decides once on every function of the catalogue, in whole sentences', () => {
    always((_, found) => {
      expect(found.decisions.map((decision) => decision.function)).toEqual(codes)
      const placed = new Set(found.placements.map((placement) => placement.function))
      for (const decision of found.decisions) {
        expect(decision.in).toBe(placed.has(decision.function))
        expect(spoken(decision.reason)).toMatch(/^[^\n]+。$/)
        expect(spoken(decision.reason)).not.toMatch(/undefined|NaN|null|Infinity|[，；、]。|，，|；；/)
        expect(['serves', 'required'].includes(decision.rule)).toBe(decision.in)
      }
      for (const say of found.says) expect(spoken(say.text)).toMatch(/^[^\n]+。$/)
    })
  })

  it('places a required function wherever the rules leave it a room of its own', () => {
    always((given, found) => {
      const first = given.required![0]?.function
      if (!first) return
      const possible = given.sites.some((site) =>
        [...site.rooms, { outdoorM2: site.outdoorM2 }].some(
          (space) => breaches(space, specOf(first), site, rules).length === 0,
        ),
      )
      const decision = found.decisions.find((each) => each.function === first)!
      expect(decision.in).toBe(possible)
      if (possible) expect(decision.rule).toBe('required')
    })
  })

  it('places it on the site that is named or, against the rules there, only where demand asks for it', () => {
    always((given) => {
      const [first] = given.required!
      for (const { code } of first ? given.sites : []) {
        const found = programme({ ...given, required: [{ ...first!, site: code, by: '甲决议' }] })
        const at = found.placements.find((placement) => placement.function === first!.function)
        const decision = found.decisions.find((each) => each.function === first!.function)!
        expect(decision.rule === 'required').toBe(at?.site === code)
        if (decision.rule === 'required') expect(spoken(decision.reason)).toContain('按照甲决议的要求设置')
        const space = [...siteOf(given, code).rooms, { outdoorM2: siteOf(given, code).outdoorM2 }]
        const isPossible = space.some(
          (each) => breaches(each, specOf(first!.function), siteOf(given, code), rules).length === 0,
        )
        expect(at?.site === code).toBe(isPossible)
      }
    })
  })

  it('says the same for the same input, whatever the order of the services', () => {
    always((given, found) => {
      expect(programme({ ...given, services: given.services.toReversed() })).toEqual(found)
    })
  })
})

describe('a programme without answers or without sites', () => {
  it('decides nothing in when there is no data', () => {
    const found = programme({ community: 'A', services: [], catalogue, sites: [], facilities: [], profile })
    expect(found.placements).toEqual([])
    expect(new Set(found.decisions.map((decision) => decision.rule))).toEqual(new Set(['no_data']))
  })
})
