import { describe, expect, it } from 'vitest'
import { compose } from '../../../shared/briefs/compose.ts'
import type { Facts } from '../../../shared/briefs/facts.ts'
import { lookUp } from '../../../shared/briefs/figures.ts'
import { world } from '../../../shared/briefs/world.ts'
import { type Block, type Cell, partsOf } from '../../../shared/document.ts'
import type { Facility, Room, Site } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { planOf, rowsOf, type Voice } from '../demand/plan.ts'
import { factsOf } from './facts.ts'
import { figuresOf } from './figures.ts'

const catalogue = shippedCatalogue()
const codes = catalogue.services.map(({ code }) => code)
const plan = planOf(codes)
const point = { lon: 108.95, lat: 34.25 }

const facility = (name: string, service: string, more: Partial<Facility> = {}): Facility => {
  const owned = { isPublic: true, usable: true, capacity: 200, areaM2: null, function: null }
  return { code: name, community: 'C001', name, service, ...owned, ...point, ...more }
}
const room = (code: string, floor: number, areaM2: number, more: Partial<Room> = {}): Room => {
  return { code, floor, areaM2, exits: 2, water: true, exhaust: false, ...more }
}
const site = (code: string, name: string, rooms: Room[], more: Partial<Site> = {}): Site => {
  const kind = { community: 'C001', formerUse: '', fireClass: 'II' as const, highRise: false, outdoorM2: 0 }
  return { code, name, rooms, ...kind, lon: null, lat: null, ...more }
}

/** Everybody needs something else, and most of it is unmet. */
const voices: (Voice & { times?: number })[] = codes.flatMap((service, k) => [
  { need: [...new Set([service, codes[0]!])], unmet: [service], top: [service], times: 14 + 3 * k },
  { age: '60-79', need: [service], unmet: [service], times: 12 },
])
const compounds = [{ code: 'P', community: 'C001', block: null, name: '东院', ...point, households: 800 }]
const facilities = [
  facility('老年之家', 'elder_care', { capacity: 4000 }),
  ...['甲', '乙', '丙', '丁'].map((name) =>
    facility(`${name}托管班`, 'after_school', { isPublic: false, capacity: 30 }),
  ),
  facility('文化站', 'culture', { areaM2: 90, capacity: null }),
]

const inShape: Record<string, Partial<Facts>> = {
  'a house of several floors': {
    sites: [site('S1', '旧楼', [room('101', 1, 260), room('201', 2, 90), room('301', 3, 55.5), room('401', 4, 40)])],
  },
  'rooms below the ground in a high-rise': {
    sites: [site('S1', '地库', [room('B1', -1, 300, { exits: 1 })], { highRise: true, fireClass: 'III' })],
  },
  'one storey far up': {
    sites: [site('S1', '塔楼', [room('2101', 21, 500, { exits: 1 })], { highRise: true })],
  },
  'two sites, one of them outdoors': {
    sites: [site('S1', '空地', [], { outdoorM2: 700 }), site('S2', '大楼', [room('101', 1, 640, { exits: 4 })])],
  },
  'a small room and little supply': { sites: [site('S1', '门房', [room('101', 1, 12)])], facilities: [] },
  'a place without households': {
    sites: [site('S1', '旧楼', [room('101', 1, 130)])],
    compounds: [],
    facilities: [],
  },
}

const shaped = (more: Partial<Facts>, said = voices): Facts => {
  const survey = { code: 'needs', title: '需求调查', version: 1, plan, questions: [] }
  return factsOf([], { survey, tallies: rowsOf(plan, said), compounds, facilities, catalogue, ...more })
}

const worlds = Object.entries(inShape).flatMap(([shape, more]) => [
  { shape, facts: shaped(more) },
  { shape: `${shape}, few answers`, facts: shaped(more, voices.slice(0, 2)) },
])

/** The words that stand between the figures. */
const wordsOf = (cells: Cell[]): string[] => cells.flatMap(partsOf).filter((part) => typeof part === 'string')

/** Numbers that are names: of age bands, days, versions and the level of an interval. */
const named = /\d+(–\d+)?岁|\d+年\d+月\d+日|\d+-\d\d-\d\d|(第|版本)\d+版?|95%/g
/** Columns of codes and of sources, which are no numbers of ours. */
const codesOf = ['房间', '位置', '来源', '依据']

/** What a document says in words. */
function told(blocks: Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'paragraph') return wordsOf([block.text])
    if (block.kind === 'list') return wordsOf(block.items)
    if (block.kind !== 'table') return wordsOf('note' in block && block.note ? [block.note] : [])
    const own = block.columns.flatMap(({ title }, at) => (codesOf.includes(title) ? [] : [at]))
    return wordsOf([...block.rows.flatMap((row) => own.map((at) => row[at]!)), block.note ?? []])
  })
}

describe.each(worlds)('the brief of $shape', ({ facts }) => {
  it.each(['staff', 'public'] as const)('prints what the provenance of each figure gives (%s)', (audience) => {
    const again = world(facts, audience)
    for (const { value, source, standing } of figuresOf(compose(facts, audience))) {
      expect(source.inputs.length).toBeGreaterThan(0)
      if (standing !== 'withheld')
        expect([source.path, value]).toEqual([source.path, lookUp(again, source.of, source.path)])
    }
  })

  it.each(['staff', 'public'] as const)('has no number that does not say where it comes from (%s)', (audience) => {
    const { merges } = world(facts, audience).demand.weighting
    const words = told(compose(facts, audience).blocks).filter((each) => !merges.includes(each.slice(0, -1)))
    for (const each of words) expect(each.replace(named, '')).not.toMatch(/\d/)
  })

  it('gives the numbers of every chart as figures too', () => {
    for (const block of compose(facts, 'staff').blocks) {
      if (block.kind !== 'chart') continue
      const { series } = block.chart
      const rows = block.table!.rows.map((row) => row.slice(1).map((cell) => partsOf(cell)[0]))
      const drawn = block.chart.labels.map((_, i) => series.map(({ values }) => values[i]))
      expect(rows.map((row) => row.map((part) => typeof part === 'object' && part.value))).toEqual(drawn)
      expect(block.table!.rows.map(([label]) => label)).toEqual(block.chart.labels)
    }
  })
})

describe('a threshold', () => {
  const { blocks } = compose(shaped(inShape['a house of several floors']!), 'staff')
  const figures = figuresOf({ title: '', issuer: '', date: '', blocks })

  it('names the service, the function and the field of the catalogue that it was read from, and where that has it from', () => {
    const path = ['services', 'infant_care', 'functions', 'nursery', 'min_area_m2']
    const { value, source } = figures.find((each) => JSON.stringify(each.source.path) === JSON.stringify(path))!
    expect(value).toBe(200)
    expect(source).toMatchObject({ of: 'catalogue', inputs: ['catalogue:YX@1'] })
    expect(source.mark).toContain('完整居住社区建设标准')
  })

  it('of a planning rule is the number in its wording, also when a district edits that', () => {
    const edited = structuredClone(catalogue)
    edited.rules.find(({ code }) => code === 'area_per_100_households')!.check = '>= 45 m²'
    const document = compose(shaped({ ...inShape['a house of several floors'], catalogue: edited }), 'staff')
    const least = figuresOf(document).find(
      ({ source }) => source.path.join('/') === 'rules/area_per_100_households/limits/least',
    )
    expect(least).toMatchObject({ value: 45, text: '45', source: { of: 'catalogue', mark: '已核对（导则）' } })
  })
})

it('a public reason tells no rating that is withheld', () => {
  // Nearly everybody needs the first service, so that its shares are a range and no rating may be told.
  const said = [
    { need: [codes[0]!, codes[5]!], unmet: [codes[0]!, codes[5]!], top: [codes[0]!], times: 96 },
    { need: [codes[5]!], top: [codes[5]!], times: 4 },
  ]
  const facts = shaped(inShape['a house of several floors']!, said)
  expect(world(facts, 'public').demand.services.every(({ pir }) => pir === null)).toBe(true)
  expect(JSON.stringify(compose(facts, 'staff'))).toContain('优先度为')
  expect(JSON.stringify(compose(facts, 'public'))).not.toContain('优先度为')
})
