import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf } from '../../../shared/demand/cells.ts'
import { covarianceOf, seedOf } from '../../../shared/demand/chances.ts'
import { communityDemand, demandOf } from '../../../shared/demand/demand.ts'
import { combined, higherDemand, withChances } from '../../../shared/demand/higher.ts'
import { forPublic } from '../../../shared/demand/publish.ts'
import { shareCovariance, shareOf } from '../../../shared/demand/shares.ts'
import { weigh } from '../../../shared/demand/weigh.ts'
import { outsideInWords } from '../../../shared/demand/words.ts'
import type { TallyRow } from '../../../shared/surveys/tally.ts'
import { emptyRow, planOf, profileOf, rowsOf, serviceOf, type Voice } from './plan.ts'

const plan = planOf(['a', 'b', 'c', 'd'])
const catalogue = {
  services: [
    serviceOf('a'),
    serviceOf('b', { for: ['60-79', '80+'] }),
    serviceOf('c', { for: ['parent_4_6', 'parent_7_12'] }),
    serviceOf('d'),
  ],
  rules: [],
}
const facts = (rows: TallyRow[], tallyVersion = 1) => ({
  survey: 's',
  version: 1,
  plan,
  rows,
  tallyVersion,
  community: { code: 'C001', name: '甲社区', profile: profileOf() },
  catalogue,
})
const demandFrom = (voices: Parameters<typeof rowsOf>[1]) => communityDemand(facts(rowsOf(plan, voices)))

describe('shares of a community', () => {
  it('have the standard error and the Korn–Graubard interval of a plain sample where weights are equal', () => {
    // R: binom.test(8, 10)$conf.int -> 0.4439045 0.9747893; with equal weights n* = n − 1, as in svyciprop(method = "beta").
    const share = shareOf([8], [10], [1])
    expect(share.p).toBe(0.8)
    expect(share.se).toBeCloseTo(Math.sqrt((0.8 * 0.2) / 9), 12)
    expect(share.low!).toBeLessThan(0.4439045)
    expect(share.high!).toBeGreaterThan(0.9747893)
  })

  it('at 0 and 1 have an interval from the number of answers (R: binom.test(0, 10)$conf.int -> 0 0.3084971)', () => {
    expect(shareOf([0], [10], [1])).toMatchObject({ p: 0, low: 0, se: 0 })
    expect(shareOf([0], [10], [1]).high).toBeCloseTo(0.3084971, 7)
    expect(shareOf([10], [10], [1]).low).toBeCloseTo(1 - 0.3084971, 7)
  })

  it('are no data without answers, never 0 %', () => {
    const demand = demandFrom([])
    expect(demand.n).toBe(0)
    for (const { need, pir, level, gap } of demand.services) {
      expect(need).toMatchObject({ p: null, low: null, high: null, n: 0 })
      expect([pir, level, gap?.gap]).toEqual([null, null, null])
    }
  })

  it('come from the co-counts with the covariance that single answers have', () => {
    const voices: Voice[] = [{ need: ['a', 'b'] }, { need: ['a'], unmet: ['a'] }, { need: ['b'], sex: 'male' }, {}]
    const { inside: cells } = cellsOf(plan, rowsOf(plan, voices))
    const weights = [1.5, 0.5]
    const of = (voice: Voice) =>
      weights[cells.length === 2 && voice.sex === 'male' ? maleCell(cells) : 1 - maleCell(cells)]!
    const matrix = shareCovariance({ cells, weights }, plan, [1, 2])!
    const sum = voices.reduce((total, voice) => total + of(voice), 0)
    const p = ['a', 'b'].map(
      (code) => voices.reduce((s, voice) => (voice.need?.includes(code) ? s + of(voice) : s), 0) / sum,
    )
    const naive = (i: number, j: number) =>
      ((4 / 3) *
        voices.reduce((total, voice) => {
          const off = (at: number) => (voice.need?.includes(['a', 'b'][at]!) ? 1 : 0) - p[at]!
          return total + of(voice) ** 2 * off(i) * off(j)
        }, 0)) /
      sum ** 2
    for (const i of [0, 1]) for (const j of [0, 1]) expect(matrix[i]![j]).toBeCloseTo(naive(i, j), 12)
  })
})

function maleCell(cells: { cell: number }[]): number {
  // sex is the second variable: within an age band, men come first.
  return cells[0]!.cell < cells[1]!.cell ? 0 : 1
}

describe('what is read of the tallies', () => {
  const rows: TallyRow[] = [
    ...rowsOf(plan, [{ need: ['a'], times: 4 }]),
    { ...rowsOf(plan, [{ need: ['b'], times: 3 }])[0]!, channel: 'visit', proxy: true },
    { ...rowsOf(plan, [{ need: ['b'], times: 2 }])[0]!, review: 'excluded' },
    { ...emptyRow(plan, 'C001', -2), n: 5 },
  ]

  it('is by default every kept answer, with those outside counted and shown', () => {
    const cells = cellsOf(plan, rows)
    expect(cells).toMatchObject({ n: 12, proxies: 3, outside: [{ reason: 'age:unstated', n: 5 }] })
    expect(cells.channels).toEqual([
      { channel: 'online', n: 9 },
      { channel: 'visit', n: 3 },
    ])
    expect(communityDemand(facts(rows))).toMatchObject({ n: 12, inside: 7 })
  })

  it('can be one channel, one’s own answers only, or those left out too', () => {
    expect(cellsOf(plan, rows, { channels: ['visit'] }).n).toBe(3)
    expect(cellsOf(plan, rows, { proxy: false }).n).toBe(9)
    expect(cellsOf(plan, rows, { review: 'any' }).n).toBe(14)
    expect(cellsOf(plan, rows, { review: 'excluded' }).n).toBe(2)
  })

  it('does not mind that stored counts end at their last one that is not zero', () => {
    const cut = rows.map((row) => ({
      ...row,
      counts: row.counts.slice(0, row.counts.findLastIndex((count) => count > 0) + 1),
    }))
    expect(communityDemand(facts(cut))).toEqual(communityDemand(facts(rows)))
  })
})

describe('priority, chances and tiers', () => {
  const voices = [
    { need: ['a', 'b'], unmet: ['a'], top: ['a'], times: 40 },
    { need: ['b', 'c'], unmet: ['b'], top: ['a', 'b'], times: 20 },
    { need: ['c'], unmet: ['c'], top: ['c'], times: 10 },
    { sex: 'male', times: 30 },
  ]
  const demand = communityDemand(facts(rowsOf(plan, voices)))

  it('rate each service by hand formula: unmet and importance as percentages of the largest', () => {
    const most = { unmet: demand.services[0]!.unmet.p!, top: demand.services[0]!.top.p! }
    for (const { unmet, top, pir } of demand.services) {
      expect(pir).toBeCloseTo((100 * unmet.p!) / most.unmet + (100 * top.p!) / most.top, 9)
    }
    expect(demand.services.map(({ level }) => level)).toEqual(['high', 'medium', 'low', 'low'])
    expect(demand.services[0]!.pir).toBeCloseTo(200, 9)
  })

  it('draw the same for the same tallies and otherwise for the next ones', () => {
    const rows = rowsOf(plan, voices)
    expect(communityDemand(facts(rows))).toEqual(communityDemand(facts(rows)))
    const next = communityDemand(facts(rows, 2))
    expect(next.services.map(({ pirLow }) => pirLow)).not.toEqual(demand.services.map(({ pirLow }) => pirLow))
    expect(next.services.map(({ pir }) => pir)).toEqual(demand.services.map(({ pir }) => pir))
  })

  it('put what cannot be told apart into one tier, and a service that nobody wants below all', () => {
    const [a, b, c, d] = demand.services
    expect(a!.tier).toBe(1)
    expect(d!.tier!).toBeGreaterThan(a!.tier!)
    for (const { pir, pirLow, pirHigh } of [a!, b!, c!]) {
      expect(pirLow!).toBeLessThanOrEqual(pir! + 1e-9)
      expect(pirHigh!).toBeGreaterThanOrEqual(pir! - 1e-9)
    }
    expect(a!.firstThree).toBe(1)
    expect(d!.firstThree).toBe(0)
    const even = ['a', 'b', 'c', 'd'].map((code) => ({ need: [code], unmet: [code], top: [code], times: 25 }))
    const level = communityDemand(facts(rowsOf(plan, even)))
    expect(new Set(level.services.map(({ tier }) => tier))).toEqual(new Set([1]))
    const chances = level.services.map(({ firstThree }) => firstThree!)
    // Four equal services share three places.
    for (const chance of chances) expect(Math.abs(chance - 0.75)).toBeLessThan(0.06)
  })

  it('say nothing below thirty answers', () => {
    const small = demandFrom([{ need: ['a'], unmet: ['a'], top: ['a'], times: 29 }])
    expect(small.services[0]).toMatchObject({ pir: 200, pirLow: null, pirHigh: null, firstThree: null, tier: null })
  })
})

describe('gaps and parts', () => {
  const demand = demandFrom([
    { age: '60-79', need: ['b'], times: 10 },
    { age: '80+', times: 10 },
    { parent: ['parent_4_6'], need: ['c'], times: 8 },
    { parent: ['parent_4_6', 'parent_7_12'], times: 8 },
    { need: ['b', 'c'], times: 4 },
  ])
  const [all, elders, parents] = demand.services.map(({ gap }) => gap!)

  it('take the need share inside the groups concerned and count them in the profile', () => {
    expect(elders!.need).toMatchObject({ n: 20, yes: 10 })
    expect(elders!.population).toBe(700 + 120 + 750 + 160)
    expect(elders!.gap).toBeCloseTo(elders!.need.p! * 1730, 9)
    expect(parents!.need).toMatchObject({ n: 16, yes: 8 })
    expect(parents!.population).toBe(210 + 400)
    expect(all!.population).toBe(300 + 80 + 900 + 1500 + 700 + 120 + 280 + 80 + 900 + 1550 + 750 + 160)
  })

  it('never concern more households than there are', () => {
    const crowded = profileOf({ households: 500 })
    const made = communityDemand({ ...facts([]), community: { code: 'C', name: 'C', profile: crowded } })
    expect(made.services[2]!.gap!.population).toBe(500)
  })

  it('read the same shares by age band and parent group', () => {
    const part = (code: string) => demand.parts.find((each) => each.code === code)!
    expect(part('60-79')).toMatchObject({ n: 10, population: 1450 })
    expect(part('60-79').services[1]!.need.p).toBe(1)
    expect(part('80+').services[1]!.need.p).toBe(0)
    expect(part('parent_7_12')).toMatchObject({ n: 8, population: 400 })
    expect(part('18-34').services[0]!.need.p).toBeNull()
  })
})

describe('higher areas', () => {
  it('combine communities by population (Cochran 1977, 5.3; by hand)', () => {
    const share = (p: number, se: number, n: number) => ({ p, se, n, yes: Math.round(p * n), low: null, high: null })
    const made = combined([
      { share: share(0.5, 0.1, 26), population: 3000 },
      { share: share(0.2, 0.05, 65), population: 1000 },
      { share: { p: null, low: null, high: null, se: null, n: 0, yes: 0 }, population: 9000 },
    ])
    expect(made.p).toBeCloseTo(0.75 * 0.5 + 0.25 * 0.2, 12)
    expect(made.se).toBeCloseTo(Math.sqrt((0.75 * 0.1) ** 2 + (0.25 * 0.05) ** 2), 12)
    expect(made.low!).toBeLessThan(made.p!)
    expect(made.high!).toBeGreaterThan(made.p!)
    expect(made.n).toBe(91)
  })

  describe('chances and tiers', () => {
    const area = { level: 'district' as const, code: '', name: '全区' }
    const voices = [
      { need: ['a', 'b'], unmet: ['a'], top: ['a'], times: 20 },
      { need: ['b', 'c'], unmet: ['b'], top: ['a', 'b'], times: 12 },
      { need: ['c'], unmet: ['c'], top: ['c'], times: 8 },
    ]
    const placed = (said: typeof voices, of: Partial<Parameters<typeof communityDemand>[0]> = {}) => {
      const own = { ...facts(rowsOf(plan, said)), ...of }
      const cells = cellsOf(plan, own.rows)
      const weighed = weigh(plan, cells.inside, own.community.profile)
      const weighted = { cells: cells.inside, weights: weighed.weights }
      return { demand: demandOf(own, cells, weighed), covariance: covarianceOf(weighted, plan) }
    }
    const over = (all: ReturnType<typeof placed>[], seed = 'seed') =>
      withChances(
        higherDemand(
          area,
          all.map(({ demand }) => demand),
        ),
        all,
        seed,
      ).services
    const known = ({ pirLow, pirHigh, firstThree, tier }: (typeof demand)['services'][number]) => {
      return { pirLow, pirHigh, firstThree, tier }
    }
    const demand = placed(voices).demand

    it('of an area of one community are that community’s own', () => {
      const own = placed(voices)
      const seed = seedOf('s', 1, 'C001', 1)
      expect(over([own], seed).map(known)).toEqual(own.demand.services.map(known))
    })

    it('are surer the more communities of the same mind there are', () => {
      const wide = (services: ReturnType<typeof over>) => services[1]!.pirHigh! - services[1]!.pirLow!
      const many = voices.map((voice) => ({ ...voice, times: 10 * voice.times }))
      const one = wide(over([placed(many)]))
      const four = wide(over([1, 2, 3, 4].map(() => placed(many))))
      // Four independent samples of the same size halve the standard error.
      expect(four / one).toBeGreaterThan(0.45)
      expect(four / one).toBeLessThan(0.55)
    })

    it('count each community by its people', () => {
      const population = { male: [30, 8, 90, 150, 70, 12], female: [28, 8, 90, 155, 75, 16] }
      const hamlet = { code: 'C002', name: '小村', profile: profileOf({ population }) }
      const other = [{ need: ['d'], unmet: ['d'], top: ['d'], times: 40 }]
      const [a, , , d] = over([placed(voices), placed(other, { community: hamlet })])
      expect(a!.tier).toBe(1)
      expect(d!.tier!).toBeGreaterThan(1)
      expect(a!.firstThree).toBe(1)
    })

    it('come from thirty answers on, wherever those were given, and from communities with a single one', () => {
      const few = [{ need: ['a'], unmet: ['a'], top: ['a'], times: 14 }]
      const single = [{ need: ['b'], unmet: ['b'], top: ['b'], times: 1 }]
      expect(over([placed(few), placed(few)]).every(({ tier }) => tier === null)).toBe(true)
      expect(over([placed(few), placed(few), placed(single), placed(single)]).map(({ tier }) => tier)).toEqual([
        1,
        expect.any(Number),
        expect.any(Number),
        expect.any(Number),
      ])
    })
  })

  it('list a community whose profile counts nobody with its answers, and take nothing else from it', () => {
    const nobody = profileOf({
      population: { male: [0, 0, 0, 0, 0, 0], female: [0, 0, 0, 0, 0, 0] },
      households: 0,
      parents: { parent_0_3: 0, parent_4_6: 0, parent_7_12: 0 },
    })
    const at = (code: string, profile = profileOf(), need: string[] = ['a']) =>
      communityDemand({
        ...facts(rowsOf(plan, [{ need, times: 40 }])),
        community: { code, name: code, profile },
      })
    const empty = at('C0', nobody, ['b'])
    expect(empty.weighting).toMatchObject({ weighted: false, reason: '社区概况中的常住人口为0，未加权' })
    const area = { level: 'district' as const, code: '', name: '全区' }
    const whole = higherDemand(area, [at('C1'), empty])
    const reason = '社区概况中的常住人口为0，答卷没有加权，也没有计入汇总'
    expect(whole.withoutPopulation).toEqual([{ code: 'C0', n: 40, reason }])
    expect(whole).toMatchObject({ n: 80, inside: 40, outside: [{ reason: 'population:none', n: 40 }] })
    expect(whole.services[1]!.need).toMatchObject({ n: 40, yes: 0 })
    expect(whole.services[0]!.gap).toEqual(higherDemand(area, [at('C1')]).services[0]!.gap)
    expect(outsideInWords('population:none', undefined)).toBe('所在社区的常住人口为0')
    expect(forPublic(whole).withoutPopulation).toEqual([{ code: 'C0', n: null, reason }])
  })

  it('add up answers, people and gaps, and lie between their communities, whatever those say', () => {
    const voice = fc.record({
      age: fc.constantFrom('18-34', '35-59', '60-79', '80+'),
      need: fc.subarray(['a', 'b', 'c', 'd']),
      parent: fc.subarray(['parent_4_6', 'parent_7_12']),
      times: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(voice, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), (all) => {
        const communities = all.map((voices) => communityDemand(facts(rowsOf(plan, voices)), { parts: true }))
        const whole = higherDemand({ level: 'district', code: '', name: '全区' }, communities)
        expect(whole.n).toBe(communities.reduce((sum, { n }) => sum + n, 0))
        for (const [at, { need, gap }] of whole.services.entries()) {
          const shares = communities.flatMap(({ services }) => services[at]!.need.p ?? [])
          if (shares.length === 0) expect(need.p).toBeNull()
          else {
            expect(need.p!).toBeGreaterThanOrEqual(Math.min(...shares) - 1e-9)
            expect(need.p!).toBeLessThanOrEqual(Math.max(...shares) + 1e-9)
            expect(need.low!).toBeLessThanOrEqual(need.p! + 1e-9)
            expect(need.high!).toBeGreaterThanOrEqual(need.p! - 1e-9)
          }
          const gaps = communities.flatMap(({ services }) => services[at]!.gap!.gap ?? [])
          if (gaps.length > 0)
            // A share below one in a thousand million counts as none, so that sums may differ by a millionth of a person.
            expect(gap!.gap).toBeCloseTo(
              gaps.reduce((sum, each) => sum + each, 0),
              4,
            )
        }
      }),
      { numRuns: 40 },
    )
  })
})
