import { describe, expect, test } from 'vitest'
import { differenceOfIntervals, shareDifference } from '../../../shared/statistics/differences.ts'
import { wilson } from '../../../shared/statistics/intervals.ts'

const counted = (yes: number, of: number) => {
  const p = yes / of
  return { p, se: Math.sqrt((p * (1 - p)) / of), df: Infinity }
}

describe('the difference of two independent shares', () => {
  test('with known standard errors is the unpooled interval', () => {
    // R: prop.test(c(490, 400), c(500, 500), correct = FALSE)$conf.int -> 0.1428536 0.2171464
    const { difference, low, high } = shareDifference(counted(400, 500), counted(490, 500))
    expect(difference).toBeCloseTo(0.18, 12)
    expect(low).toBeCloseTo(0.1428536, 7)
    expect(high).toBeCloseTo(0.2171464, 7)
  })

  test('with estimated ones has the degrees of freedom of Welch', () => {
    // R: t.test(extra ~ group, data = sleep): df = 17.776, 95 percent interval -3.3654832 0.2054832; here a tenth of it.
    const group = (mean: number, variance: number) => ({ p: mean / 10, se: Math.sqrt(variance / 10) / 10, df: 9 })
    const { low, high } = shareDifference(group(2.33, 4.009), group(0.75, 3.2005556))
    expect(low).toBeCloseTo(-0.33654832, 7)
    expect(high).toBeCloseTo(0.02054832, 7)
  })

  test('from the intervals of both is that of Newcombe', () => {
    const share = (yes: number, of: number) => ({ p: yes / of, ...wilson(yes, of) })
    // Newcombe (1998), table II, method 10: 56/70 − 48/80 is 0.0524 to 0.3339; 9/10 − 3/10 is 0.1705 to 0.8090; 10/10 − 0/20 is 0.6791 to 1.
    const first = differenceOfIntervals(share(48, 80), share(56, 70))
    expect([first.low, first.high].map((end) => end.toFixed(4))).toEqual(['0.0524', '0.3339'])
    const second = differenceOfIntervals(share(3, 10), share(9, 10))
    expect([second.low, second.high].map((end) => end.toFixed(4))).toEqual(['0.1705', '0.8090'])
    const third = differenceOfIntervals(share(0, 20), share(10, 10))
    expect([third.low, third.high].map((end) => end.toFixed(4))).toEqual(['0.6791', '1.0000'])
  })

  test('is refused where there is no spread, or a share lies outside its interval', () => {
    expect(() => shareDifference({ p: 0, se: 0, df: 9 }, counted(1, 2))).toThrow(RangeError)
    expect(() => differenceOfIntervals({ p: 0.5, low: 0.6, high: 1 }, { p: 0, low: 0, high: 0 })).toThrow(RangeError)
  })
})
