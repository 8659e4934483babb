import { describe, expect, it } from 'vitest'
import { communityDemand } from '../../../shared/demand/demand.ts'
import { nearby, priorsOf, withShrinkage } from '../../../shared/demand/shrink.ts'
import { planOf, profileOf, rowsOf } from './plan.ts'

const plan = planOf(['a'])

function community(code: string, subdistrict: string, yes: number, no: number) {
  const rows = rowsOf(plan, [{ need: ['a'], unmet: ['a'], times: yes }, { times: no }])
  const facts = { survey: 's', version: 1, plan, rows, tallyVersion: 1, catalogue: { services: [], rules: [] } }
  return {
    subdistrict,
    demand: communityDemand({ ...facts, community: { code, name: code, profile: profileOf() } }, {}),
  }
}

describe('shares of small communities', () => {
  it('stay with the district’s prior where the subdistrict says nothing', () => {
    expect(nearby([], { a: 2, b: 6 })).toEqual({ a: 2, b: 6 })
    expect(nearby([{ yes: 0, of: 0 }], { a: 2, b: 6 })).toEqual({ a: 2, b: 6 })
  })

  it('move towards the neighbours, who count as one community however many answered (by hand)', () => {
    // A neighbour of 8 answers against a prior worth 8 counts 4: mean (2 + 4 · 0.75) / (8 + 4), still worth 8.
    const { a, b } = nearby([{ yes: 6, of: 8 }], { a: 2, b: 6 })
    expect(a).toBeCloseTo((8 * 5) / 12, 12)
    expect(a + b).toBeCloseTo(8, 12)
    const many = nearby([{ yes: 6e6, of: 8e6 }], { a: 2, b: 6 })
    expect(many.a).toBeCloseTo((8 * (2 + 8 * 0.75)) / 16, 4)
  })

  it('lie between their own share and the others’, the nearer to it the more answered; large ones are left alone', () => {
    const others = [30, 40, 50, 35, 45].map((yes, at) => community(`B${at}`, 'S', yes * 2, 200 - yes * 2))
    const small = community('A', 'S', 9, 1)
    const middle = community('C', 'S', 72, 8)
    const placed = [...others, small, middle]
    withShrinkage(placed, priorsOf(placed))
    const [few, more] = [small, middle].map(({ demand }) => demand.services[0]!)
    expect(others.every(({ demand }) => demand.services[0]!.shrunk === null)).toBe(true)
    expect(few!.shrunk!.need).toBeLessThan(few!.need.p!)
    expect(few!.shrunk!.need).toBeGreaterThan(0.3)
    expect(more!.shrunk!.need).toBeGreaterThan(few!.shrunk!.need!)
    expect(more!.shrunk!.weight).toBeGreaterThan(few!.shrunk!.weight!)
    expect(few!.shrunk!.low).toBeLessThan(few!.shrunk!.need!)
    expect(few!.shrunk!.high).toBeGreaterThan(few!.shrunk!.need!)
  })

  it('draw a community of the same answers towards its own subdistrict', () => {
    const high = [0, 1, 2].map((at) => community(`H${at}`, 'high', 120, 80))
    const low = [0, 1, 2].map((at) => community(`L${at}`, 'low', 40, 160))
    const [one, other] = [community('X', 'high', 4, 8), community('Y', 'low', 4, 8)]
    const placed = [...high, ...low, one!, other!]
    withShrinkage(placed, priorsOf(placed))
    expect(one!.demand.services[0]!.shrunk!.need).toBeGreaterThan(other!.demand.services[0]!.shrunk!.need! + 0.01)
  })
})
