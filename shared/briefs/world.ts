import type { Demand, ServiceDemand } from '../demand/api.ts'
import type { Reading } from '../demand/cells.ts'
import { type Extent, demandOf as weightedDemand } from '../demand/demand.ts'
import { inBand, residents } from '../demand/gap.ts'
import { drawnTowards } from '../demand/shrink.ts'
import { capacityOf, reachM } from '../demand/supply.ts'
import { inWords, outsideInWords } from '../demand/words.ts'
import type { Source } from '../document.ts'
import { ageBands, type Site } from '../places/api.ts'
import type { Programme } from '../sites/api.ts'
import { aboveGroundM } from '../sites/breaches.ts'
import { limitsOf } from '../sites/limits.ts'
import { LEAST_PUBLISHED } from '../statistics/standing.ts'
import type { Audience } from './api.ts'
import { deliberationFigures } from './deliberations.ts'
import type { Facts } from './facts.ts'
import { inputsOf } from './inputs.ts'
import { methodFigures } from './methods.ts'
import { proposal } from './proposal.ts'
import { demandFor, programmeFor } from './publication.ts'
import { reviewFigures } from './review.ts'
import { themeFigures } from './themes.ts'
import { weighedOf } from './weighed.ts'
import { wishFigures } from './wishes.ts'
import { marksInWords } from './words.ts'

/** Everything that a brief may print a number of, worked out from its facts. A figure's source is a path into this. */
export interface World {
  /** True where so few answered that the public edition says nothing of their answers. */
  silent: boolean
  demand: Demand
  responses: ReturnType<typeof responseFigures>
  themes: ReturnType<typeof themeFigures>
  review: ReturnType<typeof reviewFigures>
  deliberation: ReturnType<typeof deliberationFigures>
  wish: ReturnType<typeof wishFigures>
  profile: ReturnType<typeof profileFigures>
  facilities: ReturnType<typeof facilityFigures>
  sites: ReturnType<typeof siteFigures>[]
  programme: Programme
  standards: Programme['standards']
  comparison: ReturnType<typeof comparisonFigures>
  catalogue: ReturnType<typeof catalogueFigures>
  methods: ReturnType<typeof methodFigures>
  /** The records behind each kind of figure. */
  inputs: Record<Source['of'], string[]>
  /** The Chinese words for a service, a function, a group or a choice. */
  words(code: string): string
  /** A threshold's source mark in Chinese. */
  marks(mark: string): string
}

/** The same facts always make the same world: pure, no clock, seeded draws. */
export function world(facts: Facts, audience: Audience): World {
  const { whole, demand } = demandFor(audience, facts, demandOf)
  const programme = programmeFor(audience, proposal(whole, facts), demand)
  return {
    silent: audience === 'public' && whole.inside < LEAST_PUBLISHED,
    demand,
    responses: responseFigures(demand, whole, facts),
    themes: themeFigures(facts.themes, audience),
    review: reviewFigures(facts.reviewed, audience, () => demandOf(facts, {}, { review: 'any' })),
    deliberation: deliberationFigures(facts.deliberations, audience),
    wish: wishFigures(facts.wishes, facts.district.code, audience),
    profile: profileFigures(facts),
    facilities: facilityFigures(facts, whole),
    sites: facts.sites.map(siteFigures),
    programme,
    standards: programme.standards,
    comparison: comparisonFigures(demand, facts, audience),
    catalogue: catalogueFigures(facts),
    methods: methodFigures(facts),
    inputs: inputsOf(facts),
    words: wordsOf(facts),
    marks: marksInWords,
  }
}

/** Demand as the staff may read it, recomputed from the frozen tallies. */
export function demandOf(facts: Facts, extent?: Extent, reading?: Reading): Demand {
  const { survey, tallies, tallyVersion, community, compounds, facilities, catalogue } = facts
  const { cells, weighed } = weighedOf(facts, reading)
  const inputs = inputsOf(facts).demand
  const { code, version, plan } = survey
  const places = { community, compounds, facilities, catalogue }
  const own = { survey: code, version, plan, rows: tallies, tallyVersion, ...places, inputs }
  return weightedDemand(own, cells, weighed, extent)
}

/** What the audience may read of `whole`. */
function responseFigures(demand: Demand, whole: Demand, { survey }: Facts) {
  const { n } = demand
  const hidden = whole.proxies > 0 && demand.proxies === 0
  const proxies = hidden ? null : demand.proxies
  const allInside = whole.outside.every(({ n: away }) => away === 0)
  const outside = demand.outside
    .filter((one) => one.n > 0)
    .map((one) => ({ ...one, words: outsideInWords(one.reason, survey.plan.titles) }))
  const channels = demand.channels.map((one) => ({ ...one, share: n ? one.n / n : null }))
  return { n, proxies, channels, outside, allInside }
}

function profileFigures({ community, compounds }: Facts) {
  const { profile } = community
  const all = residents(profile)
  const elders = inBand(profile, '60-79') + inBand(profile, '80+')
  const bands = ageBands.map((band) => inBand(profile, band))
  return {
    ...profile.population,
    bands,
    bandShares: bands.map((band) => (all ? band / all : null)),
    residents: all,
    households: profile.households,
    elders,
    eldersShare: all ? elders / all : null,
    eldersLivingAlone: profile.eldersLivingAlone,
    parents: profile.parents,
    areaKm2: profile.areaKm2,
    buildingYear: profile.buildingYear,
    compounds: compounds.filter((compound) => compound.community === community.code).length,
  }
}

/** Each facility within reach: what it can serve in all, and how much of that falls to this community. */
function facilityFigures({ facilities, catalogue }: Facts, demand: Demand) {
  const near = demand.services.flatMap(({ gap }) => gap?.facilities ?? [])
  return near.flatMap(({ code, capacity, distanceM }) => {
    const facility = facilities.find((one) => one.code === code)
    if (!facility) return []
    const service = catalogue.services.find((one) => one.code === facility.service)
    const { name, isPublic, usable } = facility
    const whole = capacityOf(facility, service).value
    return [{ name, service: facility.service, isPublic, usable, capacity: whole, share: capacity, distanceM }]
  })
}

function siteFigures({ code, rooms, outdoorM2 }: Site) {
  const indoorM2 = rooms.reduce((sum, room) => sum + room.areaM2, 0)
  const each = rooms.map((room) => ({ ...room, aboveGroundM: aboveGroundM(room) }))
  return { code, rooms: each, roomCount: rooms.length, indoorM2, outdoorM2 }
}

/** Thresholds as the catalogue states them, and the numbers that stand in its wording. */
function catalogueFigures({ catalogue }: Facts) {
  const services = catalogue.services.map((service) => ({ ...service, reachM: reachM(service) }))
  return { services, rules: catalogue.rules.map((rule) => ({ ...rule, limits: limitsOf(rule) })) }
}

/**
 * Need shares beside the district's, with the difference only where both ends can be told; and where answers are few, what the shares
 * are when drawn towards the others' (参考), which only the staff may read.
 */
function comparisonFigures(demand: Demand, { districtDemand, towards }: Facts, audience: Audience) {
  if (!districtDemand) return null
  const drawn = (service: ServiceDemand) =>
    towards && audience === 'staff' && demand.inside > 0 ? drawnTowards(demand, service, towards) : null
  const services = demand.services.map((each) => {
    const { service, need } = each
    const whole = districtDemand.services.find((one) => one.service === service)?.need.p ?? null
    const difference = whole === null || need.p === null ? null : need.p - whole
    return { service, district: whole, difference, shrunk: drawn(each) }
  })
  return { services }
}

function wordsOf({ catalogue, survey }: Facts): (code: string) => string {
  const known = new Map<string, string>()
  for (const question of survey.questions) for (const { value, text } of question.choices) known.set(value, text)
  for (const service of catalogue.services) {
    known.set(service.code, service.zh)
    for (const spec of service.functions) known.set(spec.code, spec.zh)
  }
  return (code) => {
    const standard = inWords(code)
    return standard === code ? (known.get(code) ?? code) : standard
  }
}
