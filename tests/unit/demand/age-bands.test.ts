import { describe, expect, it } from 'vitest'
import { shareWithin } from '../../../shared/demand/age-bands.ts'
import { communityDemand } from '../../../shared/demand/demand.ts'
import { inBand, inGroups } from '../../../shared/demand/gap.ts'
import { forPublic } from '../../../shared/demand/publish.ts'
import { cellOf } from '../../../shared/surveys/tally-plan.ts'
import { emptyRow, planOf, profileOf, serviceOf } from './plan.ts'

/** The usual plan with other age bands and no other variables; nothing is weighted. */
function planWith(ages: string[]) {
  const plan = planOf(['a', 'b'])
  const weighting = { ...plan.weighting, margins: [] }
  return { ...plan, variables: [{ name: 'age', levels: ages }], cells: ages.length, weighting }
}

const catalogue = { services: [serviceOf('a'), serviceOf('b', { for: ['60-79', '80+'] })], rules: [] }

/** What a community needs in which so many of each band answered, and so many of those need `b`. */
function demandOf(said: Record<string, [n: number, yes: number]>) {
  const plan = planWith(Object.keys(said))
  const rows = Object.entries(said).map(([age, [n, yes]]) => {
    const row = emptyRow(plan, 'C1', cellOf(plan, { age }))
    row.n = n
    row.counts[0] = n
    row.counts[2] = yes
    return row
  })
  const community = { code: 'C1', name: '甲社区', profile: profileOf() }
  return communityDemand({ survey: 's', version: 1, plan, rows, tallyVersion: 1, community, catalogue })
}

describe('how much of an age band lies inside a group', () => {
  it.each([
    ['60-69', '60-79', 1],
    ['70–79岁', '60-79', 1],
    ['55-64', '60-79', 0.5],
    ['75-84', '60-79', 0.5],
    ['35-59', '60-79', 0],
    ['85+', '80+', 1],
    ['95岁及以上', '80+', 1],
    ['不满18岁', '14-17', 4 / 18],
    ['age_60_69', '60-79', 1],
  ])('%s in %s: %f', (band, group, share) => {
    expect(shareWithin(band, group)).toBeCloseTo(share, 12)
  })

  it('takes a band that is open at the top to end at 90', () => {
    expect(shareWithin('75+', '80+')).toBeCloseTo(10 / 15, 12)
    expect(shareWithin('75+', '60-79')).toBeCloseTo(5 / 15, 12)
  })

  it('knows nothing of a code that names no years', () => {
    expect(shareWithin('old', '80+')).toBeUndefined()
    expect(shareWithin('60-79', 'parent_4_6')).toBeUndefined()
    expect(shareWithin('old', 'old')).toBe(1)
  })
})

describe('the people that a service concerns, in a survey with age bands of its own', () => {
  it('are those of all finer bands', () => {
    const { gap } = demandOf({ '18-59': [20, 0], '60-69': [10, 2], '70-79': [10, 4], '80+': [10, 9] }).services[1]!
    expect(gap!.need).toMatchObject({ n: 30, yes: 15, p: 0.5 })
    expect(gap!.gap).toBeCloseTo(0.5 * (700 + 120 + 750 + 160), 9)
  })

  it('hold of a band across a limit the part of its years, with as much weight', () => {
    const { need } = demandOf({ '18-54': [20, 0], '55-64': [20, 20], '65+': [30, 0] }).services[1]!.gap!
    // Half of 20 who all say yes, and 30 who all say no.
    expect(need.p).toBeCloseTo(10 / 40, 12)
    expect(need).toMatchObject({ n: 50, yes: 20 })
  })

  it('are nobody where no band reaches them, and everybody where bands name no years', () => {
    expect(demandOf({ '18-34': [20, 5], '35-59': [20, 5] }).services[1]!.gap).toMatchObject({ gap: null })
    const { services } = demandOf({ young: [20, 5], old: [20, 10] })
    expect(services[1]!.gap!.need).toEqual(services[1]!.need)
  })

  it('are read apart from the bands themselves, which keep their own answers and people', () => {
    const { parts } = demandOf({ '18-54': [20, 0], '55-64': [20, 20], '65+': [30, 0] })
    expect(parts.map(({ code, n }) => [code, n])).toEqual([
      ['18-54', 20],
      ['55-64', 20],
      ['65+', 30],
    ])
    const elders = 700 + 750
    expect(parts[1]!.population).toBeCloseTo((5 / 25) * (1500 + 1550) + (5 / 20) * elders, 9)
    expect(parts[2]!.population).toBeCloseTo((15 / 20) * elders + 120 + 160, 9)
  })

  it('are everybody, unchanged, for a service that is for all', () => {
    const plan = planWith(['18-54', '55+'])
    const weighted = { cells: [{ cell: 0, n: 3, counts: [3] }], weights: [1] }
    expect(inGroups(plan, weighted, ['all'])).toBe(weighted)
    expect(inBand(profileOf(), '60-79')).toBe(700 + 750)
  })

  it('give no band away by subtraction in public', () => {
    const shown = forPublic(demandOf({ '18-59': [60, 30], '60-69': [40, 20], '70-79': [6, 3], '80+': [40, 20] }))
    const gone = shown.parts.filter(({ n }) => n === 0).map(({ code }) => code)
    expect(gone).toContain('70-79')
    // The elders together may be told only if a second one of their bands is hidden.
    if (shown.services[1]!.gap!.need.n > 0) expect(gone.filter((code) => code !== '18-59').length).toBeGreaterThan(1)
    expect(gone.length).toBeGreaterThan(1)
  })
})
