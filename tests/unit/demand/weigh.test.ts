import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf } from '../../../shared/demand/cells.ts'
import { weigh, weighAll } from '../../../shared/demand/weigh.ts'
import { cellLevels } from '../../../shared/surveys/tally-plan.ts'
import { planOf, profileOf, rowsOf, type Voice } from './plan.ts'

const plan = planOf(['a', 'b'])
const everybody = (times: number): (Voice & { times: number })[] =>
  ['18-34', '35-59', '60-79', '80+'].flatMap((age) => ['male', 'female'].map((sex) => ({ age, sex, times })))
const inside = (voices: Parameters<typeof rowsOf>[1]) => cellsOf(plan, rowsOf(plan, voices)).inside

/** Weighted share of the people of some cells. */
function held(cells: ReturnType<typeof inside>, weights: number[], is: (levels: Record<string, string>) => boolean) {
  const all = cells.reduce((sum, { n }, at) => sum + n * weights[at]!, 0)
  return cells.reduce((sum, { cell, n }, at) => (is(cellLevels(plan, cell)) ? sum + n * weights[at]! : sum), 0) / all
}

describe('weights of a community', () => {
  it('bring age by sex and each child flag to the profile', () => {
    const parents = ['parent_0_3', 'parent_4_6', 'parent_7_12'].flatMap((flag) => {
      return ['18-34', '35-59'].map((age) => ({ parent: [flag], age, times: 6 }))
    })
    const cells = inside([...everybody(12), ...parents])
    const profile = profileOf()
    const { weights, weighting } = weigh(plan, cells, profile)
    expect(weighting).toMatchObject({ weighted: true, reason: null, converged: true, merges: [] })
    expect(weighting.margins).toHaveLength(4)
    const adults = 900 + 1500 + 700 + 120 + 900 + 1550 + 750 + 160
    expect(held(cells, weights, ({ age, sex }) => age === '80+' && sex === 'male')).toBeCloseTo(120 / adults, 6)
    expect(held(cells, weights, ({ age, sex }) => age === '18-34' && sex === 'female')).toBeCloseTo(900 / adults, 6)
    expect(held(cells, weights, ({ parent_4_6 }) => parent_4_6 === 'yes')).toBeCloseTo(210 / 3000, 6)
  })

  it('merge an age band of fewer than five answers with its neighbour of the same sex, and say so', () => {
    const voices = everybody(10).map((each) =>
      each.age === '80+' && each.sex === 'male' ? { ...each, times: 4 } : each,
    )
    const cells = inside(voices)
    const { weights, weighting } = weigh(plan, cells, profileOf())
    expect(weighting.merges).toContain('80岁及以上男性与60–79岁男性合并加权')
    const adults = 900 + 1500 + 700 + 120 + 900 + 1550 + 750 + 160
    const oldMen = held(cells, weights, ({ age, sex }) => (age === '80+' || age === '60-79') && sex === 'male')
    expect(oldMen).toBeCloseTo((700 + 120) / adults, 6)
    const of = (age: string) =>
      weights[
        cells.findIndex(({ cell }) => cellLevels(plan, cell).age === age && cellLevels(plan, cell).sex === 'male')
      ]
    expect(of('80+')).toBeCloseTo(of('60-79')!, 9)
  })

  it('leave out a child flag that hardly anybody has, and say so', () => {
    const { weighting } = weigh(plan, inside([...everybody(10), { parent: ['parent_0_3'], times: 4 }]), profileOf())
    expect(weighting.margins).toEqual(['年龄×性别'])
    expect(weighting.merges.filter((note) => note.includes('未按此项加权'))).toHaveLength(3)
  })

  it('are all one below thirty answers, with the reason', () => {
    const cells = inside([{ times: 29 }])
    const { weights, weighting } = weigh(plan, cells, profileOf())
    expect(weights).toEqual([1])
    expect(weighting).toMatchObject({ weighted: false, deff: 1, effectiveN: 29 })
    expect(weighting.reason).toContain('29份')
  })

  it('never pass five times the mean, keep a mean of one and say what they cost, whoever answers', () => {
    const times = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(fc.array(times, { minLength: 8, maxLength: 8 }), times, (counts, parents) => {
        const voices = everybody(1).map((each, at) => ({ ...each, times: counts[at]! }))
        const cells = inside([...voices, { parent: ['parent_4_6'], times: parents }])
        const n = cells.reduce((sum, each) => sum + each.n, 0)
        const { weights, weighting } = weigh(plan, cells, profileOf())
        const sum = cells.reduce((total, each, at) => total + each.n * weights[at]!, 0)
        if (n > 0) expect(sum / n).toBeCloseTo(1, 9)
        // The cap is a rule of the raking; what is renormalised after it may pass it by a hair.
        expect(Math.max(0, ...weights)).toBeLessThan(5.001)
        expect(weighting.weighted).toBe(n >= 30)
        if (n > 0) expect(weighting.effectiveN!).toBeLessThanOrEqual(n + 1e-9)
      }),
      { numRuns: 60 },
    )
  })
})

describe('weights over a whole district', () => {
  it('bring communities to their share as one of the margins, in the order of the definition', () => {
    const targets = { community: { A: 0.75, B: 0.25 }, sex: { male: 0.5, female: 0.5 } }
    const district = {
      ...plan,
      weighting: { scope: 'district' as const, cap: 5, margins: [['community'], ['sex']], targets },
    }
    const cells = (times: number) => cellsOf(district, rowsOf(district, everybody(times))).inside
    const weighed = weighAll(
      district,
      new Map([
        ['A', cells(5)],
        ['B', cells(15)],
      ]),
    )
    const sum = (community: string, of: ReturnType<typeof cells>) => {
      return of.reduce((total, { n }, at) => total + n * weighed.get(community)!.weights[at]!, 0)
    }
    expect(sum('A', cells(5)) / (sum('A', cells(5)) + sum('B', cells(15)))).toBeCloseTo(0.75, 6)
    expect(weighed.get('A')!.weighting.margins).toEqual(['社区', '性别'])
    expect(weighed.get('A')!.weights[0]).toBeGreaterThan(weighed.get('B')!.weights[0]!)
  })
})

describe('a variable of the survey’s own', () => {
  const housing = { title: '您的住房是？', levels: { own: '自己的', rent: '租的' } }
  const levels = ['own', 'rent']
  const own = {
    ...plan,
    variables: [plan.variables[0]!, { name: 'housing', levels }],
    cells: 8,
    titles: { housing },
    weighting: {
      scope: 'community' as const,
      cap: 5,
      margins: [['age', 'housing'], ['housing']],
      targets: {
        housing: { own: 0.6, rent: 0.4 },
        'age×housing': Object.fromEntries(
          plan.variables[0]!.levels.flatMap((age) => levels.map((level) => [`${age}×${level}`, 1])),
        ),
      },
    },
  }
  const cells = [8, 8, 8, 8, 8, 8, 8, 3].map((n, cell) => ({ cell, n, counts: [n] }))

  it('is called by its question and its choices, in the list of margins and where levels are merged', () => {
    const { weighting } = weigh(own, cells, profileOf())
    expect(weighting.margins).toEqual(['年龄×“您的住房是？”', '“您的住房是？”'])
    expect(weighting.merges).toContain('80岁及以上·租的与60–79岁·租的合并加权')
  })

  it('is called by its question where it is left out', () => {
    const { targets: _, ...weighting } = own.weighting
    const { merges } = weigh({ ...own, weighting }, cells, profileOf()).weighting
    expect(merges).toContain('没有“年龄×您的住房是？”的总体数据，未按此项加权')
    expect(merges).toContain('没有“您的住房是？”的总体数据，未按此项加权')
  })
})
