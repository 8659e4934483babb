import type { Facts } from '../../../shared/briefs/facts.ts'
import { type Cell, type Document, partsOf, spoken } from '../../../shared/document.ts'
import type { Site } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import type { TallyRow } from '../../../shared/surveys/tally.ts'
import { planOf, profileOf, rowsOf, type Voice } from '../demand/plan.ts'

export const plan = planOf(['elder_care', 'health', 'culture'])

const site: Site = {
  ...{ code: 'S1', community: 'C001', name: '原办公用房', formerUse: '', fireClass: 'II', highRise: false },
  ...{ outdoorM2: 0, lon: null, lat: null },
  rooms: [{ code: '101', floor: 1, areaM2: 180, exits: 2, water: true, exhaust: true }],
}

/** Facts of a community with one site in which these people answered. */
export function factsOf(voices: (Voice & { times?: number })[], more: Partial<Facts> = {}): Facts {
  return {
    composedAt: '2026-11-21T10:00:00.000+08:00',
    answersAsOf: '2026-11-21T10:00:00.000+08:00',
    district: { id: 1, code: 'YX', name: '以需区', demo: false },
    subdistrict: { code: 'D1', name: '东街街道' },
    community: { code: 'C001', subdistrict: 'D1', name: '甲社区', kind: '', pilot: true, profile: profileOf() },
    site: site.code,
    sites: [site],
    compounds: [],
    facilities: [],
    catalogue: shippedCatalogue(),
    catalogueVersion: 1,
    placeVersion: 1,
    survey: { code: 'needs', title: '需求调查', version: 1, plan, questions: [] },
    tallies: rowsOf(plan, voices),
    tallyVersion: 1,
    districtDemand: null,
    ...more,
  }
}

/** The same answers, so many of them filled in by somebody else. */
export function withProxies(rows: TallyRow[], count: number): TallyRow[] {
  const [first, ...others] = rows as [TallyRow, ...TallyRow[]]
  const part = first.counts.map((value) => Math.floor((value * count) / first.n))
  const rest = first.counts.map((value, at) => value - part[at]!)
  return [{ ...first, n: first.n - count, counts: rest }, { ...first, proxy: true, n: count, counts: part }, ...others]
}

/** What a reader of this section sees, block by block. */
export function sectionOf({ blocks }: Document, heading: string): string {
  const from = blocks.findIndex((block) => block.kind === 'heading' && block.text === heading)
  const rest = blocks.slice(from + 1)
  const to = rest.findIndex((block) => block.kind === 'heading' && block.level === 1)
  const cell = (each: Cell) => spoken(partsOf(each))
  const seen = rest.slice(0, to < 0 ? undefined : to).map((block) => {
    if (block.kind === 'paragraph') return spoken(block.text)
    if (block.kind === 'list') return block.items.map(spoken).join('\n')
    if (block.kind !== 'table') return ''
    return [block.caption, ...block.rows.map((row) => row.map(cell).join(' ')), spoken(block.note ?? [])].join('\n')
  })
  return seen.join('\n')
}
