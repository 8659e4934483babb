import type { Demand } from '../../../shared/demand/api.ts'
import { communityDemand } from '../../../shared/demand/demand.ts'
import { concerned } from '../../../shared/demand/gap.ts'
import type { Catalogue, Compound, Facility, Profile, Site } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { DEGREE_M } from '../../../shared/places/distance.ts'
import { fromDemand, type ServiceInput } from '../../../shared/sites/inputs.ts'
import { type ProgrammeInput, programme } from '../../../shared/sites/programme.ts'
import { seeded } from '../../../shared/statistics/random.ts'
import { walk } from '../../../shared/surveys/definition.ts'
import { planOf } from '../../../shared/surveys/plan.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import type { TallyRow } from '../../../shared/surveys/tally.ts'
import { addHits, cellOf, indicatorIndex, pairIndex, type TallyPlan } from '../../../shared/surveys/tally-plan.ts'
import type { Case, CaseShares } from './case-file.ts'

export const catalogue: Catalogue = shippedCatalogue()
const leftOut: CaseShares = { need: 0.1, unmet: 0.03, top: 0.03 }
const code = 'CASE'

export const sharesOf = (given: Case, service: string) => given.demand[service] ?? leftOut

export function groupNeedOf(given: Case, service: Catalogue['services'][number]): number {
  return service.for.includes('all') ? sharesOf(given, service.code).need : (given.groupNeed[service.code] ?? 0.1)
}

/** A profile with the groups of the case; whatever the case leaves open is spread plausibly. */
export function profileOf({ residents, households, groups }: Case): Profile {
  const half = (count: number): [number, number] => [Math.floor(count / 2), Math.ceil(count / 2)]
  const younger = residents - groups['60-79']! - groups['80+']!
  const [children, teens, young] = [0.12, 0.03, 0.35].map((share) => Math.round(younger * share)) as [
    number,
    number,
    number,
  ]
  const bands = [children, teens, young, younger - children - teens - young, groups['60-79']!, groups['80+']!].map(half)
  const parents = { parent_0_3: 0, parent_4_6: 0, parent_7_12: 0 }
  for (const group of ['parent_0_3', 'parent_4_6', 'parent_7_12'] as const) parents[group] = groups[group]!
  const population = { male: bands.map(([men]) => men), female: bands.map(([, women]) => women) }
  return { asOf: '2026-10-01', population, households, eldersLivingAlone: 0, parents, areaKm2: 0.5, buildingYear: 1995 }
}

export function sitesOf({ sites }: Case): Site[] {
  return sites.map((site, at) => ({
    ...site,
    code: `S${at + 1}`,
    community: code,
    formerUse: '',
    lon: null,
    lat: null,
    rooms: site.rooms.map((room, index) => ({ ...room, code: `R${index + 1}` })),
  }))
}

export function facilitiesOf({ facilities }: Case): Facility[] {
  return facilities.map(
    ({ name, service, function: of, public: isPublic, usable, areaM2, capacity, distanceM }, at) => {
      const where = { lon: 108.9, lat: 34.2 + distanceM / DEGREE_M }
      return {
        code: `F${at + 1}`,
        community: code,
        name,
        service,
        function: of,
        isPublic,
        usable,
        areaM2,
        capacity,
        ...where,
      }
    },
  )
}

const planWith = (): TallyPlan => {
  const definition = questionnaire(catalogue.services)
  const plan = planOf(definition, walk(definition).asked, [])
  if (!plan) throw new Error('the shipped questionnaire has no plan')
  return plan
}

interface Person {
  cell: number
  belongs: Set<string>
  hits: number[]
}

/** Respondents in the proportions of the profile, so that weighting leaves the shares as the case gives them. */
function people(given: Case, plan: TallyPlan, random: () => number): Person[] {
  const { population, parents, households } = profileOf(given)
  const bands = ['18-34', '35-59', '60-79', '80+']
  const flags = Object.entries(parents).map(([group, count]) => ({ group, share: count / households }))
  const adults = bands.flatMap((age, at) =>
    (['male', 'female'] as const).map((sex) => ({ age, sex, count: population[sex][at + 2]! })),
  )
  const total = adults.reduce((sum, { count }) => sum + count, 0)
  const kinds = [...flags, { group: 'none', share: 1 - flags.reduce((sum, { share }) => sum + share, 0) }]
  const cells = adults.flatMap((adult) =>
    kinds.map((kind) => ({ ...adult, ...kind, part: (adult.count / total) * kind.share })),
  )
  const start = random()
  let passed = 0
  return cells.flatMap(({ age, sex, group, part }) => {
    const from = Math.floor(passed * given.n + start)
    passed += part
    const levels: Record<string, string> = { age, sex }
    for (const { group: flag } of flags) levels[flag] = flag === group ? 'yes' : 'no'
    const cell = cellOf(plan, levels)
    return Array.from({ length: Math.floor(passed * given.n + start) - from }, () => ({
      cell,
      belongs: new Set([age, group, 'all']),
      hits: [],
    }))
  })
}

/** So many of the given people, chosen by chance. */
function some(from: Person[], count: number, random: () => number): Person[] {
  const order = from.map((person) => ({ person, at: random() })).sort((a, b) => a.at - b.at)
  return order.slice(0, Math.max(0, Math.round(count))).map(({ person }) => person)
}

function answer(given: Case, plan: TallyPlan, all: Person[], random: () => number) {
  for (const service of catalogue.services) {
    const shares = sharesOf(given, service.code)
    const own = all.filter(({ belongs }) => service.for.some((group) => belongs.has(group)))
    const inside = some(own, groupNeedOf(given, service) * own.length, random)
    const others = all.filter((person) => !own.includes(person))
    const needing = [...inside, ...some(others, shares.need * all.length - inside.length, random)]
    const hit = (kind: 'need' | 'unmet' | 'top', who: Person[]) => {
      for (const { hits } of who) hits.push(indicatorIndex(plan, kind, service.code))
    }
    hit('need', needing)
    hit('unmet', some(needing, shares.unmet * all.length, random))
    hit('top', some(needing, shares.top * all.length, random))
  }
}

function tallies(plan: TallyPlan, all: Person[]): TallyRow[] {
  const rows = new Map<number, TallyRow>()
  for (const { cell, hits } of all) {
    const fresh = {
      community: code,
      cell,
      channel: 'online',
      proxy: false,
      review: 'kept',
      n: 0,
      counts: new Array(plan.length).fill(0),
    } as TallyRow
    const row = rows.get(cell) ?? fresh
    const pairs = hits.flatMap((one, at) => hits.slice(at + 1).map((other) => pairIndex(plan, one, other)))
    row.n += 1
    addHits(row.counts, [0, ...hits, ...pairs])
    rows.set(cell, row)
  }
  return [...rows.values()]
}

/** The case as answers in tallies, through demand. Other seeds give other answers with the same shares. */
export function demandOf(given: Case, seed = 1): Demand {
  const plan = planWith()
  const random = seeded(`${given.id}|${seed}`)
  const all = people(given, plan, random)
  answer(given, plan, all, random)
  const place = { community: code, block: null, lon: 108.9, lat: 34.2 }
  const compounds: Compound[] = [{ ...place, code: 'C1', name: '小区', households: given.households }]
  return communityDemand({
    survey: 'needs',
    version: 1,
    plan,
    rows: tallies(plan, all),
    tallyVersion: 1,
    community: { code, name: given.name, profile: profileOf(given) },
    compounds,
    facilities: facilitiesOf(given),
    catalogue,
  })
}

/** The figures of the case file as they stand, without any answers: standard errors are those of `n` answers. */
export function plainInputs(given: Case): ServiceInput[] {
  const profile = profileOf(given)
  const most = (kind: 'unmet' | 'top') =>
    Math.max(...catalogue.services.map(({ code: each }) => sharesOf(given, each)[kind]))
  return catalogue.services.map((service) => {
    const { need, unmet, top } = sharesOf(given, service.code)
    const groupNeed = groupNeedOf(given, service)
    const population = concerned(profile, service.for)
    const near = facilitiesOf(given).filter((each) => each.service === service.code)
    const capacity = (isPublic: boolean) =>
      near.filter((each) => each.usable && each.isPublic === isPublic).reduce((sum, each) => sum + each.capacity!, 0)
    const share = service.for.includes('all')
      ? 1
      : Math.min(1, population / (service.for[0] === '60-79' ? given.residents : given.households))
    const error = (p: number, n: number) => Math.sqrt((p * (1 - p)) / n)
    const groupError = error(groupNeed, given.n * share)
    const gap = groupNeed * population - capacity(true)
    return {
      service: service.code,
      need,
      unmet,
      top,
      pir: (100 * unmet) / most('unmet') + (100 * top) / most('top'),
      tier: null,
      groupNeed,
      population,
      capacity: capacity(true),
      privateCapacity: capacity(false),
      gap,
      gapLow: gap - 1.96 * groupError * population,
      facilities: near.map((each) => ({ ...each, capacity: each.capacity! })),
      se: { need: error(need, given.n), unmet: error(unmet, given.n), top: error(top, given.n), groupNeed: groupError },
    }
  })
}

export function programmeInput(given: Case, services: ServiceInput[]): ProgrammeInput {
  const facilities = facilitiesOf(given)
  return { community: code, services, catalogue, sites: sitesOf(given), facilities, profile: profileOf(given) }
}

/** A case from its answers to its programme. */
export function proposed(given: Case, seed = 1) {
  const services = fromDemand(demandOf(given, seed), facilitiesOf(given))
  return programme(programmeInput(given, services))
}
