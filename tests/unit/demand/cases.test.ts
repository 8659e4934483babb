import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { communityDemand } from '../../../shared/demand/demand.ts'
import type { Facility, Profile } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { DEGREE_M } from '../../../shared/places/distance.ts'
import type { TallyRow } from '../../../shared/surveys/tally.ts'
import { cellOf, indicatorIndex } from '../../../shared/surveys/tally-plan.ts'
import { emptyRow, planOf, profileOf } from './plan.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const file = resolve(root, process.env.ORACLE_DATA ?? '../shared/data', '../cases.json')
const known = existsSync(file)
if (!known) console.info(`Skipped: no ${file} (set ORACLE_DATA)`)

type Shares = { need: number; unmet: number; top: number }
interface Case {
  id: string
  name: string
  n: number
  residents: number
  households: number
  demand: Record<string, Shares>
  groups: Record<string, number>
  groupNeed: Record<string, number>
  facilities: (Pick<Facility, 'name' | 'service' | 'function' | 'usable' | 'areaM2' | 'capacity'> & {
    public: boolean
    distanceM: number
  })[]
}

const cases: Case[] = known ? JSON.parse(readFileSync(file, 'utf8')).cases : []
const catalogue = shippedCatalogue()
const codes = catalogue.services.map(({ code }) => code)
const plan = { ...planOf(codes), weighting: { scope: 'community' as const, cap: 5, margins: [['age', 'sex']] } }
const parents = ['parent_0_3', 'parent_4_6', 'parent_7_12']
const elders = ['60-79', '80+']

/** Where somebody stands, how many of them answered, and the share of the residents that they stand for. */
interface Stand {
  levels: Record<string, string>
  n: number
  weight: number
}

function profileFor({ residents, households, groups }: Case): Profile {
  const working = residents - groups['60-79']! - groups['80+']!
  const half = (count: number) => [Math.floor(count / 2), Math.ceil(count / 2)] as const
  const bands = [0, 0, Math.floor(working / 3), working - Math.floor(working / 3), groups['60-79']!, groups['80+']!]
  return profileOf({
    population: { male: bands.map((count) => half(count)[0]), female: bands.map((count) => half(count)[1]) },
    households,
    parents: Object.fromEntries(parents.map((group) => [group, groups[group]!])) as Profile['parents'],
  })
}

/** Elders answered twice as eagerly as others; three in ten of the younger households have a child. */
function standsOf({ n }: Case, profile: Profile): Stand[] {
  const total = [...profile.population.male, ...profile.population.female].reduce((sum, count) => sum + count, 0)
  const stands = ['18-34', '35-59', '60-79', '80+'].flatMap((age, at) =>
    (['male', 'female'] as const).flatMap((sex) => {
      const weight = profile.population[sex][at + 2]! / total
      const eager = elders.includes(age) ? 2 : 1
      const flags = elders.includes(age) ? [undefined] : [undefined, ...parents]
      return flags.map((flag): Stand => {
        const part = flags.length === 1 ? 1 : flag ? 0.1 : 0.7
        const levels = { age, sex, ...Object.fromEntries(parents.map((one) => [one, one === flag ? 'yes' : 'no'])) }
        return { levels, n: weight * eager * part, weight: weight * part }
      })
    }),
  )
  const sum = stands.reduce((all, stand) => all + stand.n, 0)
  return stands.map((stand) => ({ ...stand, n: Math.round((stand.n / sum) * n) }))
}

const isIn = (stand: Stand, groups: string[]) =>
  groups.includes('all') || groups.some((group) => stand.levels.age === group || stand.levels[group] === 'yes')

/** Tallies in which the residents' shares, and those inside each service's own group, are the given ones but for rounding. */
function talliesOf(item: Case, profile: Profile): TallyRow[] {
  const stands = standsOf(item, profile)
  const rows = stands.map(({ levels, n }) => {
    const row = { ...emptyRow(plan, 'C', cellOf(plan, levels)), n }
    row.counts[0] = n
    return row
  })
  for (const { code, for: groups } of catalogue.services) {
    const { need, unmet, top } = item.demand[code] ?? { need: 0.1, unmet: 0.03, top: 0.03 }
    const inside = groups.includes('all') ? need : (item.groupNeed[code] ?? 0.1)
    const share = stands.filter((stand) => isIn(stand, groups)).reduce((sum, stand) => sum + stand.weight, 0)
    const outside = share < 1 ? (need - share * inside) / (1 - share) : 0
    const carried = { need: 0, unmet: 0, top: 0 }
    for (const [at, stand] of stands.entries()) {
      const wanted = isIn(stand, groups) ? inside : outside
      for (const [kind, part] of Object.entries({ need: 1, unmet: unmet / need, top: top / need })) {
        // What is rounded off here is carried to the next cell, so that it does not add up.
        const exact = stand.n * wanted * part + carried[kind as keyof typeof carried]
        const count = Math.min(stand.n, Math.max(0, Math.round(exact)))
        carried[kind as keyof typeof carried] = exact - count
        rows[at]!.counts[indicatorIndex(plan, kind as 'need', code)] = count
      }
    }
  }
  return rows
}

function facilitiesOf({ facilities }: Case): Facility[] {
  return facilities.map(({ public: isPublic, distanceM, ...facility }, at) => {
    const lat = 34.25 + distanceM / DEGREE_M
    return { ...facility, code: `F${at}`, community: 'C', isPublic, lon: 108.95, lat }
  })
}

function demandOf(item: Case, facilities = facilitiesOf(item)) {
  const profile = profileFor(item)
  const compounds = [1, 2].map((at) => ({
    code: `P${at}`,
    community: 'C',
    block: null,
    name: '',
    households: 100 * at,
  }))
  return communityDemand(
    {
      survey: 's',
      version: 1,
      plan,
      rows: talliesOf(item, profile),
      tallyVersion: 1,
      community: { code: 'C', name: item.name, profile },
      compounds: compounds.map((place) => ({ ...place, lon: 108.95, lat: 34.25 })),
      facilities,
      catalogue,
    },
    { parts: true },
  )
}

describe.skipIf(!known)('the reported cases', () => {
  it.each(cases)('$id: weights give back the shares of the residents', (item) => {
    const demand = demandOf(item)
    expect(Math.abs(demand.inside - item.n)).toBeLessThan(10)
    expect(demand.weighting.weighted).toBe(true)
    for (const { service, need, unmet, top } of demand.services) {
      const given = item.demand[service] ?? { need: 0.1, unmet: 0.03, top: 0.03 }
      for (const kind of ['need', 'unmet', 'top'] as const) {
        const share = { need, unmet, top }[kind]
        expect(Math.abs(share.p! - given[kind])).toBeLessThan(0.01)
        expect(share.low!).toBeLessThanOrEqual(given[kind])
        expect(share.high!).toBeGreaterThanOrEqual(given[kind])
      }
    }
  })

  it.each(cases)('$id: the priority ratings are those of the formula', (item) => {
    const given = codes.map((code) => item.demand[code] ?? { need: 0.1, unmet: 0.03, top: 0.03 })
    const most = { unmet: Math.max(...given.map(({ unmet }) => unmet)), top: Math.max(...given.map(({ top }) => top)) }
    for (const [at, { pir }] of demandOf(item).services.entries()) {
      const byHand = (100 * given[at]!.unmet) / most.unmet + (100 * given[at]!.top) / most.top
      expect(Math.abs(pir! - byHand)).toBeLessThan(5)
    }
  })

  it.each(cases)('$id: the gap is need in the group × the group − public usable capacity in reach', (item) => {
    const demand = demandOf(item)
    for (const { service, gap } of demand.services) {
      const spec = catalogue.services.find(({ code }) => code === service)!
      const own = spec.for.includes('all')
      const population = own ? item.residents : spec.for.reduce((sum, group) => sum + item.groups[group]!, 0)
      const need = own ? (item.demand[service]?.need ?? 0.1) : (item.groupNeed[service] ?? 0.1)
      const reach = { 5: 300, 10: 500, 15: 1000 }[spec.level_minutes]!
      const near = item.facilities.filter((each) => each.service === service && each.distanceM <= reach && each.usable)
      const capacity = (isPublic: boolean) =>
        near.filter((each) => each.public === isPublic).reduce((sum, each) => sum + each.capacity!, 0)
      expect(gap!.population).toBe(population)
      expect(gap!.capacity).toBeCloseTo(capacity(true), 6)
      expect(gap!.privateCapacity).toBeCloseTo(capacity(false), 6)
      // Whole people cannot say 35 %: one and a half of those asked may be on the wrong side.
      const rounding = (1.5 / gap!.need.n) * population
      expect(Math.abs(gap!.gap! - (need * population - capacity(true)))).toBeLessThan(rounding)
      expect(gap!.low!).toBeLessThan(gap!.gap!)
      expect(gap!.high!).toBeGreaterThan(gap!.gap!)
    }
  })

  it('count a closed public place no more, and a class that turns public from then on', () => {
    const xihe = cases.find(({ name }) => name.includes('case 3'))!
    const culture = (facilities?: Facility[]) =>
      demandOf(xihe, facilities).services.find(({ service }) => service === 'culture')!.gap!
    const closed = culture(facilitiesOf(xihe).map((each) => ({ ...each, usable: each.service !== 'culture' })))
    expect(closed.gap! - culture().gap!).toBeCloseTo(culture().capacity, 6)
    const jiaotong = cases.find(({ name }) => name.includes('case 2'))!
    const classes = (facilities?: Facility[]) =>
      demandOf(jiaotong, facilities).services.find(({ service }) => service === 'after_school')!.gap!
    const opened = classes(facilitiesOf(jiaotong).map((each) => ({ ...each, isPublic: true })))
    expect(classes().gap!).toBeGreaterThan(0)
    expect(classes().gap! - opened.gap!).toBeCloseTo(classes().privateCapacity, 6)
  })
})
