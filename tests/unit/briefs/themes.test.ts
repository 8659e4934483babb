import { expect, test } from 'vitest'
import type { Audience } from '../../../shared/briefs/api.ts'
import { compose } from '../../../shared/briefs/compose.ts'
import { lookUp } from '../../../shared/briefs/figures.ts'
import { world } from '../../../shared/briefs/world.ts'
import type { Themes } from '../../../shared/themes/said.ts'
import { factsOf, sectionOf } from './facts.ts'
import { figuresOf } from './figures.ts'

const voices = [{ need: ['elder_care'], unmet: ['elder_care'], top: ['elder_care'], times: 40 }]
const themes: Themes = {
  revision: 3,
  wrote: 34,
  coded: 27,
  themes: [
    { code: 'parking', name: '停车', people: 23 },
    { code: 'lighting', name: '路灯照明', people: 4 },
  ],
  quotations: [
    { id: 'a', code: 'parking', text: '停车太难……', public: true },
    { id: 'b', code: 'parking', text: '只给内部看的话', public: false },
  ],
}
const briefOf = (audience: Audience, said: Themes | undefined = themes) => {
  const facts = factsOf(voices, { themes: said })
  return { facts, document: compose(facts, audience) }
}
const read = (audience: Audience, said?: Themes) => sectionOf(briefOf(audience, said).document, '居民的话')

test('staff read how many people said what, and every quotation', () => {
  const text = read('staff')
  expect(text).toContain('有34位居民在问卷里写下了意见，其中27位')
  expect(text).toContain('停车 23\n路灯照明 4')
  expect(text).toContain('停车：“停车太难……”\n停车：“只给内部看的话”')
})

test('a public edition tells tens, 1–9 first, and only what may be public', () => {
  const text = read('public')
  expect(text).toContain('有30–39位居民')
  expect(text).toContain('停车 20–29\n路灯照明 1–9')
  expect(text).toContain('停车太难……')
  expect(text).not.toContain('内部')
  const values = figuresOf(briefOf('public').document).flatMap(({ source, value }) =>
    source.of === 'themes' ? value : [],
  )
  expect(values).toEqual([30, 39, 20, 29, 20, 29, 1, 9])
})

test('nothing is told in public of fewer than ten people, nor of a theme that nobody read yet', () => {
  expect(JSON.stringify(briefOf('public', { ...themes, coded: 9 }).document)).not.toMatch(/居民的话|停车太难/)
  expect(read('staff', { ...themes, coded: 9 })).toContain('停车太难')
  expect(read('staff', { ...themes, coded: 0, themes: [], quotations: [] })).toContain('还没有经人归类')
})

test.each(['staff', 'public'] as const)(
  'every number of the section for %s leads to where it came from',
  (audience) => {
    const { facts, document } = briefOf(audience)
    const figures = figuresOf(document).filter(({ source }) => source.of === 'themes')
    expect(figures.length).toBeGreaterThan(3)
    for (const { value, source } of figures) {
      expect(lookUp(world(facts, audience), source.of, source.path)).toBe(value)
      expect(source.inputs).toEqual(['open-answers:YX/needs/C001@r3'])
    }
  },
)
