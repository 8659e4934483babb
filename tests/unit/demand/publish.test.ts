import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Demand, Share } from '../../../shared/demand/api.ts'
import { communityDemand } from '../../../shared/demand/demand.ts'
import { forPublic } from '../../../shared/demand/publish.ts'
import { published } from '../../../shared/demand/standing.ts'
import { standingOf } from '../../../shared/statistics/standing.ts'
import { planOf, profileOf, rowsOf, serviceOf } from './plan.ts'

const plan = planOf(['a', 'b', 'c'])
const catalogue = {
  services: [
    serviceOf('a'),
    serviceOf('b', { for: ['60-79', '80+'] }),
    serviceOf('c', { for: ['parent_4_6', 'parent_7_12'] }),
  ],
  rules: [],
}
const share = (yes: number, n: number): Share => ({ p: yes / n, low: 0, high: 1, se: 0.1, n, yes })

function demandOf(voices: Parameters<typeof rowsOf>[1]): Demand {
  const facts = { survey: 's', version: 1, plan, rows: rowsOf(plan, voices), tallyVersion: 1, catalogue }
  return communityDemand({ ...facts, community: { code: 'C', name: 'C', profile: profileOf() } }, { parts: true })
}

describe('a published figure', () => {
  it('is withheld under ten answers, grey to 29, flagged to 59', () => {
    expect([0, 1, 9, 10, 29, 30, 59, 60].map(standingOf)).toEqual([
      undefined,
      'withheld',
      'withheld',
      'grey',
      'grey',
      'flagged',
      'flagged',
      undefined,
    ])
    expect(published(share(5, 9))).toMatchObject({ p: null, low: null, se: null, n: 0, yes: 0, standing: 'withheld' })
    expect(published(share(15, 29))).toMatchObject({ p: 15 / 29, yes: 15, standing: 'grey' })
    expect(published(share(50, 100))).toEqual(share(50, 100))
  })

  it('is a range where 1–9 said yes, or 1–9 said no', () => {
    for (const yes of [1, 9]) {
      expect(published(share(yes, 100))).toMatchObject({
        p: null,
        yes: 0,
        standing: 'range',
        range: { low: 1, high: 9 },
      })
      expect(published(share(100 - yes, 100))).toMatchObject({ p: null, range: { low: 91, high: 99 } })
    }
    for (const yes of [0, 10, 90, 100]) expect(published(share(yes, 100)).p).toBe(yes / 100)
  })
})

describe('a published demand', () => {
  it('hides a small age band and the next smallest, and the share of the elders that would give it away', () => {
    const demand = demandOf([
      { age: '18-34', need: ['a'], times: 60 },
      { age: '35-59', times: 60 },
      { age: '60-79', need: ['b'], times: 40 },
      { age: '80+', need: ['b'], times: 6 },
    ])
    const shown = forPublic(demand)
    const part = (code: string) => shown.parts.find((each) => each.code === code)!
    expect(part('80+').n).toBe(0)
    expect(part('60-79').n).toBe(0)
    expect(part('18-34').n).toBe(60)
    expect(part('80+').services.every(({ need, unmet, top }) => [need, unmet, top].every(({ p }) => p === null))).toBe(
      true,
    )
    // The elders together are 46, which tells neither band.
    expect(shown.services[1]!.gap!.need.n).toBe(46)
  })

  it('still tells of the whole where every age band is small, since it tells of none of them', () => {
    const bands = ['18-34', '35-59', '60-79', '80+'].flatMap((age) => [
      { age, need: ['a'], times: 5 },
      { age, times: 4 },
    ])
    const shown = forPublic(demandOf(bands))
    expect(shown.services[0]!.need).toMatchObject({ n: 36, yes: 20, standing: 'flagged' })
    expect(shown.parts.filter(({ kind }) => kind === 'age').map(({ n }) => n)).toEqual([0, 0, 0, 0])
  })

  it('hides no third band beside two that are hidden and hide one another', () => {
    const shown = forPublic(
      demandOf([
        { age: '18-34', need: ['a'], times: 30 },
        { age: '18-34', times: 30 },
        { age: '35-59', need: ['a'], times: 40 },
        { age: '35-59', times: 40 },
        { age: '60-79', need: ['a'], times: 20 },
        { age: '60-79', times: 20 },
        { age: '80+', need: ['a'], times: 3 },
        { age: '80+', times: 3 },
      ]),
    )
    const need = shown.parts.filter(({ kind }) => kind === 'age').map(({ services }) => services[0]!.need.yes)
    expect(need).toEqual([30, 40, 0, 0])
    expect(shown.services[0]!.need.yes).toBe(93)
  })

  it('tells of the whole although hardly anybody has a child of some age', () => {
    const shown = forPublic(
      demandOf([
        { parent: ['parent_4_6'], times: 6 },
        { need: ['a'], unmet: ['a'], top: ['a'], times: 20 },
        { times: 24 },
      ]),
    )
    expect(shown.services[0]!.need).toMatchObject({ n: 50, yes: 20 })
    expect(shown.parts.find(({ code }) => code === 'parent_4_6')!.n).toBe(0)
  })

  it('hides how many of a group said yes where the few others who did would follow', () => {
    const shown = forPublic(
      demandOf([{ parent: ['parent_4_6'], need: ['a'], times: 12 }, { need: ['a'], times: 3 }, { times: 10 }]),
    )
    const group = shown.parts.find(({ code }) => code === 'parent_4_6')!
    expect(group.n).toBe(12)
    // All 12 of the group and 15 of all 25: the other three would be had by subtraction.
    expect(shown.services[0]!.need.yes).toBe(15)
    expect(group.services[0]!.need).toMatchObject({ p: null, yes: 0, standing: 'withheld' })
  })

  it('hides a parent group where nearly everybody belongs to it', () => {
    const demand = demandOf([{ parent: ['parent_4_6'], need: ['c'], times: 50 }, { times: 7 }])
    const shown = forPublic(demand)
    expect(shown.parts.find(({ code }) => code === 'parent_4_6')!.n).toBe(0)
    expect(shown.services[2]!.gap!.gap).toBeNull()
  })

  it('keeps no rating from which a range could be worked out', () => {
    const some = { need: ['a', 'b'], unmet: ['a'], top: ['a'] }
    const shown = forPublic(
      demandOf([
        { ...some, times: 40 },
        { need: ['b'], unmet: ['b'], top: ['b'], times: 5 },
        { need: ['c'], unmet: ['c'], top: ['c'], times: 30 },
        { times: 60 },
      ]),
    )
    expect(shown.services[1]).toMatchObject({ unr: null, ir: null, pir: null, unmet: { standing: 'range' } })
    expect(shown.services[0]!.pir).not.toBeNull()
    const top = forPublic(
      demandOf([
        { need: ['a'], unmet: ['a'], top: ['b'], times: 9 },
        { need: ['b'], top: ['b'], times: 60 },
      ]),
    )
    // The most unmet service is a range itself: the others' ratings are percentages of it.
    expect(top.services.map(({ pir }) => pir)).toEqual([null, null, null])
    // Neither does the level or the tier say what the rating may not.
    expect(top.services.map(({ level }) => level)).toEqual([null, null, null])
    expect(top.services.map(({ tier }) => tier)).toEqual([null, null, null])
  })

  it('tells nothing of those who are no elders where they are few and in two bands', () => {
    const demand = demandOf([
      { age: '18-34', times: 4 },
      { age: '35-59', times: 5 },
      { age: '60-79', need: ['b'], times: 40 },
      { age: '80+', need: ['b'], times: 20 },
    ])
    const shown = forPublic(demand)
    // All 69 less the 60 elders would be nine people.
    expect([shown.inside, shown.services[1]!.gap!.need.n]).not.toEqual([69, 60])
  })

  it('hides how many of two groups of parents said yes where one of the groups would tell the other', () => {
    const shown = forPublic(
      demandOf([
        { parent: ['parent_4_6'], need: ['c'], times: 30 },
        { parent: ['parent_7_12'], need: ['c'], times: 4 },
        { parent: ['parent_7_12'], times: 30 },
        { need: ['c'], times: 20 },
        { times: 60 },
      ]),
    )
    const first = shown.parts.find(({ code }) => code === 'parent_4_6')!.services[2]!.need
    // 34 of both groups and 30 of the first: four of the second.
    expect([first.p, shown.services[2]!.gap!.need.p]).toContain(null)
  })

  it('of fewer than ten people keeps the place and nothing that they said', () => {
    const shown = forPublic(demandOf([{ need: ['a'], times: 9 }]))
    expect(shown).toMatchObject({ n: 0, inside: 0, channels: [], proxies: 0 })
    expect(shown.services.every(({ need, gap }) => need.p === null && gap!.gap === null)).toBe(true)
    expect(shown.services.map(({ level }) => level)).toEqual([null, null, null])
    expect(shown.services[0]!.gap!.population).toBe(demandOf([]).services[0]!.gap!.population)
  })

  it('never lets an age band be had by subtraction, whoever answered', () => {
    const voice = fc.record({
      age: fc.constantFrom('18-34', '35-59', '60-79', '80+'),
      need: fc.subarray(['a', 'b', 'c']),
      times: fc.integer({ min: 1, max: 40 }),
    })
    fc.assert(
      fc.property(fc.array(voice, { minLength: 1, maxLength: 8 }), (voices) => {
        const demand = demandOf(voices)
        const shown = forPublic(demand)
        const ages = demand.parts
          .filter(({ kind }) => kind === 'age')
          .map((part, at) => ({ part, seen: shown.parts[at]! }))
        if (demand.inside < 10) return
        const gone = ages.filter(({ part, seen }) => part.n > 0 && seen.n === 0)
        expect(gone).not.toHaveLength(1)
        if (gone.length > 0) expect(gone.reduce((sum, { part }) => sum + part.n, 0)).toBeGreaterThanOrEqual(10)
        for (const at of demand.services.keys()) {
          if (shown.services[at]!.need.p === null) continue
          // An attacker knows the total of yes: one hidden band would follow from the others.
          const hidden = ages.filter(({ part, seen }) => part.n > 0 && seen.services[at]!.need.p === null)
          expect(hidden).not.toHaveLength(1)
        }
      }),
      { numRuns: 150 },
    )
  })
})
