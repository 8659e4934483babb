import { describe, expect, it } from 'vitest'
import { compose } from '../../../shared/briefs/compose.ts'
import { teller } from '../../../shared/briefs/figures.ts'
import type { World } from '../../../shared/briefs/world.ts'
import { factsOf, plan, sectionOf, withProxies } from './facts.ts'

const needs = (voices: Parameters<typeof factsOf>[0], audience: 'staff' | 'public') =>
  sectionOf(compose(factsOf(voices), audience), '居民需求')

/** 96 of 100 need care for elders, which the public edition gives as a range; 60 need health services. */
const nearlyAll = [
  { need: ['elder_care', 'health'], times: 60 },
  { need: ['elder_care'], times: 36 },
  { need: [], times: 4 },
]

describe('the sentence on what is needed most', () => {
  it('names it in the staff edition', () => {
    expect(needs(nearlyAll, 'staff')).toContain('居民最需要的是养老服务')
  })

  it('names no second where nobody needs anything else', () => {
    expect(needs([{ need: ['health'], times: 40 }], 'staff')).not.toContain('其次')
  })

  it('does not name another one in the public edition where the most needed is withheld', () => {
    const text = needs(nearlyAll, 'public')
    expect(text).not.toContain('最需要的是')
    expect(text).toContain('可以公布的服务中，需求率较高的是健康服务')
  })

  it('names nothing where every share is withheld', () => {
    const text = needs([{ need: ['culture'], times: 5 }, { need: ['health'], times: 4 }, { times: 90 }], 'public')
    expect(text).not.toMatch(/需求率(为|较高)/)
    expect(text).not.toContain('其次')
  })
})

describe('tiers and levels', () => {
  it('say within what they compare, also where there are too few answers for tiers', () => {
    const text = needs([{ need: ['health'], unmet: ['health'], top: ['health'], times: 20 }], 'staff')
    expect(text).toContain('不足30份')
    expect(text).toContain('在本社区内比较')
  })

  it('are not laid to too few answers where they are only withheld', () => {
    const text = needs([{ need: ['health'], unmet: ['health'], top: ['health'], times: 95 }, { times: 5 }], 'public')
    expect(text).not.toContain('不足30份')
    expect(text).toContain('档次不公开')
  })
})

describe('how the answers were gathered', () => {
  const quality = (facts: ReturnType<typeof factsOf>, audience: 'staff' | 'public') =>
    sectionOf(compose(facts, audience), '调查情况与数据质量')

  it('never says that nobody was helped where a few were', () => {
    const facts = factsOf([{ need: ['health'], times: 60 }])
    const tallies = withProxies(facts.tallies, 4)
    expect(quality({ ...facts, tallies }, 'staff')).toContain('代填4份')
    expect(quality({ ...facts, tallies }, 'public')).not.toContain('代填')
    expect(quality(facts, 'public')).toContain('代填0份')
  })

  it('does not say that all took part where a few did not', () => {
    const facts = factsOf([{ need: ['health'], times: 60 }])
    const away = { ...facts.tallies[0]!, cell: -1, n: 3 }
    const text = quality({ ...facts, tallies: [...facts.tallies, away] }, 'public')
    expect(text).not.toContain('全部答卷')
    expect(text).not.toContain('答卷来源')
    expect(quality(facts, 'public')).toContain('全部答卷')
  })

  it('of nobody says so in one sentence, without an empty table', () => {
    const text = quality(factsOf([]), 'staff')
    expect(text).toContain('还没有收到答卷')
    expect(text).not.toContain('答卷来源')
    expect(text).not.toContain('全部答卷')
  })

  it('ends the reason for not weighting with a full stop', () => {
    expect(quality(factsOf([{ times: 20 }]), 'staff')).toContain('答卷20份，不足30份，未加权。')
  })

  it('says so where the weights did not settle', () => {
    const facts = factsOf([{ times: 40 }, { age: '60-79', times: 40 }])
    const weighting = { weighted: true, reason: null, margins: ['年龄'], merges: [], passes: 1000, converged: false }
    const weights = { byCell: {}, weighting: { ...weighting, deff: 1.2, effectiveN: 66, largest: 5 } }
    expect(quality({ ...facts, weights }, 'staff')).toContain('1000轮后仍未完全收敛')
    const settled = { ...weights, weighting: { ...weights.weighting, passes: 8, converged: true } }
    expect(quality({ ...facts, weights: settled }, 'staff')).toContain('经8轮收敛')
  })
})

describe('the number of answers beside a share', () => {
  it('is printed where only the share is withheld', () => {
    const share = { p: null, low: null, high: null, se: null, n: 41, yes: 0, standing: 'withheld' }
    const world = { demand: { services: [{ need: share }] }, inputs: { demand: [] } } as unknown as World
    const tell = teller(world)
    expect(tell.figure('count', 'demand', 'services', 0, 'need', 'n').text).toBe('41')
    expect(tell.figure('share', 'demand', 'services', 0, 'need', 'p').text).toBe('不公开')
    share.n = 0
    expect(tell.figure('count', 'demand', 'services', 0, 'need', 'n').text).toBe('不足10')
  })
})

it('the plan of these tests asks about services of the catalogue', () => {
  expect(plan.services.every((service) => factsOf([]).catalogue.services.some(({ code }) => code === service))).toBe(
    true,
  )
})
