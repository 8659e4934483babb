import { describe, expect, it } from 'vitest'
import { forPublication } from '../../../server/briefs/publication.ts'
import type { PublishedFigures } from '../../../server/briefs/queries.ts'
import { compose } from '../../../shared/briefs/compose.ts'
import type { Facts } from '../../../shared/briefs/facts.ts'
import { countedBefore } from '../../../shared/briefs/publication.ts'
import { world } from '../../../shared/briefs/world.ts'
import type { TallyRow } from '../../../shared/surveys/tally.ts'
import { emptyRow, rowsOf, type Voice } from '../demand/plan.ts'
import { factsOf, plan, sectionOf } from './facts.ts'

type Voices = (Voice & { times?: number })[]

/** Public editions of these states, one after the other, a day apart. */
function editions(states: TallyRow[][]): Facts[] {
  let published: PublishedFigures | undefined
  return states.map((tallies, day) => {
    const answersAsOf = `2026-11-${String(day + 1).padStart(2, '0')}T10:00:00.000+08:00`
    const made = forPublication(factsOf([], { tallies, tallyVersion: day, answersAsOf }), published)
    published = made.renewed ?? published
    return made.facts
  })
}

const rows = (...voices: Voices) => rowsOf(plan, voices)
const bandOf = (facts: Facts, code: string) => world(facts, 'public').demand.parts.find((part) => part.code === code)!

/** Men and women of a band who do not need the same, so that their weights matter. */
const band = (age: string, women: number, men: number): Voices => [
  { age, sex: 'female', need: ['health'], times: women },
  { age, sex: 'male', need: ['culture'], times: men },
]

describe('a band in which nobody answered anew', () => {
  const before = [...band('35-59', 20, 20), ...band('60-79', 30, 12)]
  const [first, second] = editions([rows(...before), rows(...before, { age: '60-79', sex: 'male', times: 14 })])

  it('keeps its figures to the last digit, though the answers of others change everybody’s weights', () => {
    expect(bandOf(second!, '60-79').n).toBe(56)
    expect(bandOf(second!, '35-59')).toEqual(bandOf(first!, '35-59'))
    const { tallies, tallyVersion } = second!
    expect(bandOf(factsOf([], { tallies, tallyVersion }), '35-59')).not.toEqual(bandOf(first!, '35-59'))
  })
})

describe('figures that stay', () => {
  const before = [...band('35-59', 20, 20), ...band('60-79', 30, 12)]
  const kept = rows(...before)
  const more = rows(...before, { age: '35-59', times: 3 }, { age: '60-79', times: 9 })
  const away = { ...emptyRow(plan, 'C001', -1), n: 3 }
  const [, second] = editions([kept, [...more, away]])

  it('say as of when, each in its place', () => {
    const document = compose(second!, 'public')
    expect(sectionOf(document, '分人群需求')).toContain(
      '35–59岁和60–79岁的数据截至2026年11月1日，此后变动的答卷不多，为保护填答居民，暂不更新。',
    )
    expect(sectionOf(document, '现有设施与缺口')).toContain('养老服务的需求率和缺口截至2026年11月1日')
    expect(sectionOf(document, '调查情况与数据质量')).toContain(
      '截至2026年11月2日，本社区参加统计的答卷有94份。答卷总数和来源截至2026年11月1日，共收到有效答卷82份，其中由家人或工作人员代填0份，此后变动的答卷不多，为保护填答居民，暂不更新。',
    )
  })

  it('name the older tallies among their records', () => {
    const { inputs } = world(second!, 'public')
    expect(inputs.demand).toContain('tallies:YX/needs/1/C001@0')
    expect(inputs.demand).toContain('tallies:YX/needs/1/C001@1')
  })

  it('are not spoken of to the staff', () => {
    expect(sectionOf(compose(factsOf([], { tallies: more }), 'staff'), '分人群需求')).not.toContain('暂不更新')
  })
})

it('a community in which people go on answering gets new figures again and again', () => {
  const ages = ['60-79', '35-59', '18-34', '35-59', '60-79', '80+', '60-79', '35-59', '18-34', '60-79']
  const states = Array.from({ length: 30 }, (_, day) => {
    return rows(...Array.from({ length: (day + 1) * 10 }, (__, at) => ({ age: ages[(at * 7) % 10]! })))
  })
  const made = editions(states)
  expect(made.map(({ tallyVersion }) => tallyVersion)).toEqual(states.map((_, day) => day))
  const days = made.flatMap((facts, day) => (countedBefore(facts, '35-59') === undefined ? [day] : []))
  const waits = days.map((day, at) => day - (days[at - 1] ?? 0))
  // Those of 80 and over are one in ten: the bands are told of anew once ten more of them have answered.
  expect(Math.max(...waits)).toBeLessThanOrEqual(10)
  expect(days.at(-1)).toBeGreaterThan(25)
})
