import { expect, test } from 'vitest'
import type { Audience } from '../../../shared/briefs/api.ts'
import { compose } from '../../../shared/briefs/compose.ts'
import { lookUp } from '../../../shared/briefs/figures.ts'
import { wishedFor } from '../../../shared/briefs/wishes.ts'
import { world } from '../../../shared/briefs/world.ts'
import type { Wished, WishedPlace } from '../../../shared/wishes/wished.ts'
import { factsOf, sectionOf } from './facts.ts'
import { figuresOf } from './figures.ts'

const place = (number: number, people: number, more: Partial<WishedPlace> = {}): WishedPlace => ({
  ...{ number, people, service: 'culture', stage: 'open', public: true },
  ...{ text: `第${number}处要有地方歇脚`, where: '南门这一段路', ...more },
})
const wished: Wished = {
  counted: [
    { kind: 'goods', stage: 'fulfilled', numbers: [1, 2, 3] },
    { kind: 'place', stage: 'open', numbers: [4] },
    { kind: 'place', stage: 'held', numbers: [6] },
    { kind: 'place', stage: 'fulfilled', numbers: [9] },
  ],
  atStations: [1, 4],
  sponsors: [
    { name: '和平里志愿队', numbers: [1, 9] },
    { name: '社区食堂', numbers: [2, 3] },
  ],
  places: [
    place(4, 24),
    place(6, 7, { service: null, where: null, stage: 'held' }),
    place(9, 2, { stage: 'fulfilled', public: false }),
  ],
}
const voices = [{ need: ['elder_care'], unmet: ['elder_care'], top: ['elder_care'], times: 40 }]
const title = '微心愿与新就业群体'
const briefOf = (audience: Audience, wishes: Wished | undefined = wished) => {
  const facts = factsOf(voices, wishes ? { wishes: wishedFor(audience, wishes) } : {})
  return { facts, document: compose(facts, audience) }
}
const read = (...of: Parameters<typeof briefOf>) => sectionOf(briefOf(...of).document, title)

test('staff read how many wishes there are, who fulfilled them, and which places are wished for', () => {
  const text = read('staff')
  expect(text).toContain(
    '截至2026年11月21日，甲社区审核通过微心愿6个，其中待认领1个、办理中1个、已办结4个；在骑手驿站扫码提出的2个。已办结的，和平里志愿队办结2个、社区食堂办结2个。',
  )
  expect(text).toMatch(/^物品 0 0 3 3\n场所 1 1 1 3$/m)
  expect(text).toMatch(/^4 第4处要有地方歇脚 南门这一段路 24 .*文化.* 待认领$/m)
  expect(text).toMatch(/^6 第6处要有地方歇脚 — 7 — 办理中$/m)
  expect(text).toMatch(/^9 第9处要有地方歇脚 南门这一段路 2 .* 已办结$/m)
  expect(text).toContain('不加权，也不与份额相加')
})

test('a public edition tells of people in tens and keeps words to itself that nobody released', () => {
  const { facts, document } = briefOf('public')
  const text = sectionOf(document, title)
  expect(text).toContain('审核通过微心愿6个')
  expect(text).toContain('在骑手驿站扫码提出的1–9个')
  expect(text).toMatch(/^4 第4处要有地方歇脚 南门这一段路 20–29 .*文化.* 待认领$/m)
  expect(text).toMatch(/^9 （许愿人未同意公开） — 1–9 .* 已办结$/m)
  expect(JSON.stringify([facts, document])).not.toContain('第9处')
})

test('nothing is said where nobody wished, and the document is what it was', () => {
  const without = compose(factsOf(voices), 'staff')
  expect(JSON.stringify(without)).not.toMatch(/微心愿|心愿台账|"wish"/)
  const { blocks } = briefOf('staff').document
  const added = blocks.filter((block) => !without.blocks.some((one) => JSON.stringify(one) === JSON.stringify(block)))
  expect(added.length).toBe(5)
})

test('a long list names those of the most people and how many it leaves out, and wishes without a place say so', () => {
  const places = Array.from({ length: 60 }, (_, at) => place(100 + at, 60 - at))
  expect(read('staff', { ...wished, places })).toContain('另有10个见心愿台账')
  expect(read('staff', { ...wished, places: [] })).toContain('目前没有场所类的微心愿')
  const sponsors = Array.from({ length: 12 }, (_, at) => ({ name: `第${at}家`, numbers: [at + 1] }))
  expect(read('staff', { ...wished, sponsors })).toContain('第9家办结1个，其余2家单位办结2个。')
})

test.each(['staff', 'public'] as const)(
  'every number of the section for %s leads to the wishes that it counts',
  (audience) => {
    const { facts, document } = briefOf(audience)
    const figures = figuresOf(document).filter(({ source }) => source.of === 'wish')
    expect(figures.length).toBeGreaterThan(15)
    for (const { value, source } of figures) {
      expect(lookUp(world(facts, audience), source.of, source.path)).toBe(value)
      expect(source.inputs).toEqual([expect.stringMatching(/^wishes:YX\//)])
    }
    const of = (...path: string[]) => figures.find(({ source }) => source.path.join() === path.join())!.source.inputs
    expect(of('kinds', 'goods', 'fulfilled', 'n')).toEqual(['wishes:YX/1-3'])
    expect(of('places', '4号', 'number')).toEqual(['wishes:YX/4'])
    expect(of('sponsors', '和平里志愿队', 'n')).toEqual(['wishes:YX/1+9'])
  },
)
