import { expect, test } from 'vitest'
import type { Audience } from '../../../shared/briefs/api.ts'
import { compose } from '../../../shared/briefs/compose.ts'
import { lookUp } from '../../../shared/briefs/figures.ts'
import { world } from '../../../shared/briefs/world.ts'
import type { Held, HeldMotion } from '../../../shared/deliberations/held.ts'
import { factsOf, sectionOf } from './facts.ts'
import { figuresOf } from './figures.ts'

const canteen: HeldMotion = {
  title: '原办公用房设阅览室',
  verdict: 'passed',
  counts: { agree: 31, disagree: 5, pass: 2 },
  requirement: { site: 'S1', function: 'reading_room' },
}
const evening: Held = {
  ...{ code: '123456', kind: 'forum', title: '大家缺什么', startsOn: '2026-11-20', endsOn: null },
  ...{ closedAt: '2026-11-20T21:00:00.000+08:00', present: 42, statements: 12 },
  services: [{ service: 'culture', statements: 3, agree: 42, disagree: 11 }],
  agreed: [{ text: '楼道里要有灯', counts: { agree: 28, disagree: 0, pass: 3 } }],
  motions: [canteen],
}
const voices = [{ need: ['elder_care'], unmet: ['elder_care'], top: ['elder_care'], times: 40 }]
const briefOf = (audience: Audience, ...deliberations: Held[]) => {
  const facts = factsOf(voices, deliberations.length > 0 ? { deliberations } : {})
  return { facts, document: compose(facts, audience) }
}
const read = (audience: Audience, ...held: Held[]) => sectionOf(briefOf(audience, ...held).document, '议事情况')

test('staff read who met, what was said, and how it was decided', () => {
  const text = read('staff', evening)
  expect(text).toContain('2026年11月20日，甲社区召开需求座谈会“大家缺什么”，42人到会，提出意见12条。')
  expect(text).toContain('“楼道里要有灯”：28人赞成、0人反对、3人弃权。')
  expect(text).toContain('会上就“原办公用房设阅览室”表决，31人赞成、5人反对、2人弃权，决议通过。')
  expect(text).toMatch(/文化.* 3 42 11/)
  expect(text).toContain('不加权，也不与份额相加')
})

test('a consultation is told by its days, and a vote that came to nothing as such', () => {
  const online: Held = { ...evening, kind: 'consultation', endsOn: '2026-11-27', agreed: [], motions: [] }
  expect(read('staff', online)).toContain(
    '2026年11月20日至2026年11月27日，甲社区就“大家缺什么”开展线上征求意见，42人参与，提出意见12条。',
  )
  const motions = (['failed', 'no-quorum'] as const).map((verdict) => ({ ...canteen, verdict }))
  const text = read('staff', { ...evening, motions })
  expect(text).toContain('未获通过。')
  expect(text).toContain('未达到法定人数，表决无效。')
  expect(text).not.toContain('按照决议')
})

test('a public edition quotes nobody and tells small counts in tens, or not at all', () => {
  const text = read('public', evening)
  expect(text).toContain('42人到会')
  expect(text).toContain('30–39人赞成、1–9人反对、1–9人弃权')
  expect(text).not.toContain('楼道里要有灯')
  const few = { ...canteen, counts: { agree: 6, disagree: 2, pass: 0 } }
  const small = read('public', {
    ...evening,
    present: 9,
    motions: [few],
    services: [{ ...evening.services[0]!, agree: 7, disagree: 0 }],
  })
  expect(small).toContain('1–9人到会')
  expect(small).toContain('参加表决的不足10人，票数不公开，决议通过')
  expect(small).toMatch(/文化.* 3 不公开 不公开/)
})

test('one public edition less another tells nothing of the few who came to a further meeting', () => {
  const culture = (agree: number, disagree: number) => [{ service: 'culture', statements: 3, agree, disagree }]
  const large = { ...evening, services: culture(42, 21) }
  const small = { ...evening, code: '654321', present: 4, motions: [], services: culture(3, 1) }
  for (const held of [[large], [large, small]]) expect(read('public', ...held)).toMatch(/文化.* (3|6) 40–49 20–29/)
  expect(read('staff', large, small)).toMatch(/文化.* 6 45 22/)
})

test('a passed resolution puts its function on the site, and the reason says which one', () => {
  const without = briefOf('staff', { ...evening, motions: [{ ...canteen, verdict: 'failed' }] })
  const reasons = (of: ReturnType<typeof briefOf>) => sectionOf(of.document, '列入的理由')
  const asked = '按照2026年11月20日需求座谈会的决议“原办公用房设阅览室”的要求设置'
  expect(reasons(briefOf('staff', evening))).toContain(asked)
  expect(reasons(without)).not.toContain('决议')
  expect(read('staff', evening)).toMatch(/按照决议，本点位应设置.+，已列入建设清单。/)
  const elsewhere = { ...canteen, requirement: { site: 'S9', function: 'reading_room' } }
  expect(reasons(briefOf('staff', { ...evening, motions: [elsewhere] }))).not.toContain('按照')
})

test('nothing is said where nobody met', () => {
  expect(JSON.stringify(briefOf('staff').document)).not.toMatch(/议事情况|议事记录|deliberation/)
})

test.each(['staff', 'public'] as const)(
  'every number of the section for %s leads to where it came from',
  (audience) => {
    const { facts, document } = briefOf(audience, evening)
    const figures = figuresOf(document).filter(({ source }) => source.of === 'deliberation')
    expect(figures.length).toBeGreaterThan(5)
    for (const { value, source } of figures) {
      expect(lookUp(world(facts, audience), source.of, source.path)).toBe(value)
      expect(source.inputs).toEqual(['deliberations:YX/123456@2026-11-20T21:00:00.000+08:00'])
    }
  },
)
