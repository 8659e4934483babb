import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { capacityOf, supplyByCommunity } from '../../../shared/demand/supply.ts'
import type { Compound, Facility } from '../../../shared/places/api.ts'
import { DEGREE_M, distanceM } from '../../../shared/places/distance.ts'
import { serviceOf } from './plan.ts'

const north = (metres: number) => 34.25 + metres / DEGREE_M

function compound(code: string, community: string, metres: number, households: number): Compound {
  return { code, community, block: null, name: code, lon: 108.95, lat: north(metres), households }
}

function facility(more: Partial<Facility> = {}): Facility {
  const place = { code: 'F', community: 'A', name: 'F', service: 's', function: 'f', lon: 108.95, lat: north(0) }
  return { ...place, isPublic: true, usable: true, capacity: 1000, areaM2: null, ...more }
}

const catalogue = (level_minutes: number) => ({ services: [serviceOf('s', { level_minutes })], rules: [] })

describe('distance', () => {
  it('is that of the great circle: Greenwich to Cape Town Observatory, about 9,660 km; Haidian to Chaoyang by hand', () => {
    // One degree of longitude at the equator and one of latitude are both 1/360 of the circumference 40,030.2 km.
    expect(distanceM({ lon: 0, lat: 0 }, { lon: 1, lat: 0 })).toBeCloseTo(40_030_230 / 360, -1)
    expect(distanceM({ lon: 108, lat: 34 }, { lon: 108, lat: 35 })).toBeCloseTo(40_030_230 / 360, -1)
    expect(distanceM({ lon: 0, lat: 60 }, { lon: 1, lat: 60 })).toBeCloseTo(40_030_230 / 720, -1)
  })
})

describe('supply within reach', () => {
  it('ends at 300, 500 or 1,000 m by the level of the service', () => {
    for (const [level, metres] of [
      [5, 300],
      [10, 500],
      [15, 1000],
    ] as const) {
      const near = supplyByCommunity([compound('P', 'A', metres - 1, 10)], [facility()], catalogue(level))
      const far = supplyByCommunity([compound('P', 'A', metres + 1, 10)], [facility()], catalogue(level))
      expect(near.get('A')![0]).toMatchObject({ capacity: 1000 })
      expect(near.get('A')![0]!.distanceM).toBeCloseTo(metres - 1, 3)
      expect(far.get('A')).toBeUndefined()
    }
  })

  it('is shared by households across the border', () => {
    const compounds = [compound('P1', 'A', 100, 300), compound('P2', 'A', 200, 100), compound('P3', 'B', -300, 600)]
    const supply = supplyByCommunity(compounds, [facility()], catalogue(10))
    expect(supply.get('A')![0]).toMatchObject({ capacity: 400, isPublic: true })
    expect(supply.get('B')![0]!.capacity).toBe(600)
    expect(supply.get('A')![0]!.distanceM).toBeCloseTo(100, 3)
  })

  it('gives every place to somebody and to nobody twice', () => {
    const place = fc.record({ at: fc.integer({ min: -900, max: 900 }), households: fc.integer({ min: 0, max: 500 }) })
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (places) => {
        const compounds = places.map(({ at, households }, index) =>
          compound(`P${index}`, `C${index % 3}`, at, households),
        )
        const supply = supplyByCommunity(compounds, [facility()], catalogue(15))
        const total = [...supply.values()].flat().reduce((sum, { capacity }) => sum + capacity, 0)
        expect(total).toBeCloseTo(1000, 6)
      }),
    )
  })

  it('estimates a capacity from area only where none is recorded, and marks it', () => {
    const functions = [
      { code: 'f', zh: 'f', mark: 'unverified', radius_m: 500, residents_per_m2: 2 },
      { code: 'g', zh: 'g', mark: 'unverified', radius_m: 500, residents_per_m2: 0.5 },
    ]
    const service = serviceOf('s', { functions })
    const area = { capacity: null, areaM2: 100 }
    expect(capacityOf(facility({ ...area, function: 'f' }), service)).toEqual({ value: 200, estimated: true })
    expect(capacityOf(facility({ ...area, function: null }), service)).toEqual({ value: 50, estimated: true })
    expect(capacityOf(facility(area), serviceOf('s'))).toEqual({ value: 0, estimated: true })
    expect(capacityOf(facility({ areaM2: 100 }), service)).toEqual({ value: 1000, estimated: false })
  })
})
