import { describe, expect, it } from 'vitest'
import type { ServiceInput } from '../../../shared/sites/inputs.ts'
import { resampleInputs } from '../../../shared/sites/resample.ts'

const exact = { need: 0, unmet: 0, top: 0, groupNeed: 0 }
const input = (service: string, change: Partial<ServiceInput> = {}): ServiceInput => ({
  service,
  need: 0.4,
  unmet: 0.3,
  top: 0.2,
  pir: null,
  tier: null,
  groupNeed: 0.5,
  population: 1000,
  capacity: 100,
  privateCapacity: 0,
  gap: 400,
  gapLow: 350,
  facilities: [],
  se: { need: 0.02, unmet: 0.02, top: 0.02, groupNeed: 0.04 },
  ...change,
})

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const spread = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))

describe('resamples of the demand figures', () => {
  it('are the same for the same seed and others for another', () => {
    const services = [input('a'), input('b')]
    expect(resampleInputs(services, 'x', 5)).toEqual(resampleInputs(services, 'x', 5))
    expect(resampleInputs(services, 'y', 5)).not.toEqual(resampleInputs(services, 'x', 5))
  })

  it('leave exact figures as they are and rate them by the largest of each draw', () => {
    const services = [input('a', { se: exact }), input('b', { se: exact, unmet: 0.15, top: 0.1 })]
    for (const draw of resampleInputs(services, 1, 3)) {
      expect(draw.map(({ need, unmet, top, gap }) => [need, unmet, top, gap])).toEqual([
        [0.4, 0.3, 0.2, 400],
        [0.4, 0.15, 0.1, 400],
      ])
      expect(draw.map(({ pir }) => pir)).toEqual([200, 100])
    }
  })

  it('spread as far as the standard errors say, the gap with the need of its group', () => {
    const draws = resampleInputs([input('a')], 3, 2000).map(([only]) => only!)
    expect(mean(draws.map(({ need }) => need!))).toBeCloseTo(0.4, 2)
    expect(spread(draws.map(({ need }) => need!))).toBeCloseTo(0.02, 2)
    expect(spread(draws.map(({ gap }) => gap!)) / 1000).toBeCloseTo(0.04, 2)
    for (const { gap, groupNeed, gapLow } of draws) {
      expect(gap).toBeCloseTo(groupNeed! * 1000 - 100, 6)
      expect(gap! - gapLow!).toBeCloseTo(50, 6)
    }
  })

  it('follow a given covariance: services that rise together', () => {
    const one = 0.02 ** 2
    const covariance = Array.from({ length: 6 }, (_, row) =>
      Array.from({ length: 6 }, (__, column) => (Math.floor(row / 2) === Math.floor(column / 2) ? one : 0)),
    )
    for (const [a, b] of resampleInputs([input('a'), input('b')], 3, 20, covariance)) {
      expect(a!.need).toBeCloseTo(b!.need!, 6)
    }
  })

  it('never leave the range of a share, nor say more unmet than needed', () => {
    const wide = { need: 0.5, unmet: 0.5, top: 0.5, groupNeed: 0.5 }
    for (const [only] of resampleInputs([input('a', { se: wide })], 3, 300)) {
      const { need, unmet, top, groupNeed } = only!
      for (const share of [need!, unmet!, top!, groupNeed!]) expect(share >= 0 && share <= 1).toBe(true)
      expect(unmet!).toBeLessThanOrEqual(need!)
    }
  })
})
