import type { Block, Community, Compound, Facility, Profile, Site, Subdistrict } from '../../../shared/places/api.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import cases from './cases.json' with { type: 'json' }
import { type Chance, chance, split } from './chance.ts'
import { type Kind, kinds, type Latent } from './kinds.ts'
import { communityNames, compoundNames, subdistrictNames } from './names.ts'
import { demoSites } from './premises.ts'
import { scale } from './scale.ts'

/** What only the generator knows of a community: what its people need, and how many of them answer. */
export interface Mind {
  latent: Record<string, Latent>
  answers: number
}

export interface DemoDistrict {
  subdistricts: Subdistrict[]
  blocks: Block[]
  communities: Community[]
  compounds: Compound[]
  facilities: Facility[]
  sites: Site[]
  minds: Map<string, Mind>
}

type Case = (typeof cases.communities)[number]

/** Metres to degrees near 34° N. */
const degrees = { lat: 1 / 111_320, lon: 1 / 92_300 }
const centre = { lon: 108.96, lat: 34.26 }

interface Plot {
  code: string
  subdistrict: string
  lon: number
  lat: number
}

/** The whole demo district, the same for the same seed. */
export function demoDistrict(seed = 'yixu'): DemoDistrict {
  const dice = chance(seed)
  const plots = layOut()
  const fromCases = cases.communities.map((item, i) => caseCommunity(item, plots[i]))
  const others = otherCommunities(plots.slice(fromCases.length), fromCases, dice)
  const communities = [...fromCases, ...others.communities]
  const compounds = demoCompounds(communities, plots, dice)
  const minds = new Map<string, Mind>(others.minds)
  cases.communities.forEach((item, i) => {
    minds.set(plots[i].code, { latent: caseLatent(item), answers: item.n })
  })
  return {
    subdistricts: subdistrictNames.map((name, i) => ({ code: subdistrictCode(i), name })),
    blocks: subdistrictNames.map((name, i) => ({
      code: `${subdistrictCode(i)}A`,
      name: `${name.replace('街道', '')}片区`,
    })),
    communities,
    compounds,
    facilities: [...caseFacilities(plots), ...otherFacilities(others.communities, plots.slice(fromCases.length), dice)],
    sites: demoSites(cases.communities, communities, plots, dice),
    minds,
  }
}

const subdistrictCode = (i: number): string => `61990${i + 1}`

/** The four cases stand 3 km apart from everything, so that what is reported of them is not blurred by invented neighbours; the rest share a dense grid. */
function layOut(): Plot[] {
  const at = (i: number, eastM: number, northM: number): Plot => {
    const subdistrict = subdistrictCode(i % subdistrictNames.length)
    const number = String(Math.floor(i / subdistrictNames.length) + 1).padStart(3, '0')
    return {
      code: `${subdistrict}${number}`,
      subdistrict,
      lon: centre.lon + eastM * degrees.lon,
      lat: centre.lat + northM * degrees.lat,
    }
  }
  return Array.from({ length: scale.communities }, (_, i) => {
    if (i < cases.communities.length) return at(i, -6_000, i * 3_000)
    const k = i - cases.communities.length
    return at(i, (k % 10) * 480, Math.floor(k / 10) * 480)
  })
}

function caseCommunity(item: Case, plot: Plot): Community {
  const elders = [item.groups['60-79'], item.groups['80+']]
  const younger = split(item.residents - elders[0] - elders[1], [12, 3, 24, 36])
  return {
    code: plot.code,
    subdistrict: plot.subdistrict,
    name: item.name,
    kind: '案例社区',
    pilot: true,
    profile: profile([...younger, ...elders], item.households, item.groups, 1995),
  }
}

function profile(ages: number[], households: number, parents: Record<string, number>, buildingYear: number): Profile {
  const male = ages.map((count, band) => Math.round(count * [0.52, 0.52, 0.49, 0.49, 0.47, 0.42][band]))
  return {
    asOf: '2026-09-30',
    population: { male, female: ages.map((count, band) => count - male[band]) },
    households,
    eldersLivingAlone: Math.round((ages[4] + ages[5]) * 0.11),
    parents: { parent_0_3: parents.parent_0_3, parent_4_6: parents.parent_4_6, parent_7_12: parents.parent_7_12 },
    areaKm2: Number((ages.reduce((sum, count) => sum + count, 0) / 32_000).toFixed(3)),
    buildingYear,
  }
}

/** Shares of the case as its people's latent needs; a service that it leaves out has the small shares the cases file states. */
function caseLatent(item: Case): Record<string, Latent> {
  const demand = item.demand as Record<string, { need: number; unmet: number; top: number } | undefined>
  const groupNeed = item.groupNeed as Record<string, number | undefined>
  const codes = [...shippedCatalogue().services.map((service) => service.code), 'parking', 'greening']
  return Object.fromEntries(
    codes.map((code) => {
      const { need, unmet, top } = demand[code] ?? { need: 0.1, unmet: 0.03, top: 0.03 }
      return [code, { need, groupNeed: groupNeed[code] ?? need, unmet: unmet / need, top }]
    }),
  )
}

function otherCommunities(
  plots: Plot[],
  before: Community[],
  dice: Chance,
): { communities: Community[]; minds: [string, Mind][] } {
  const taken = cases.communities.reduce((sum, item) => sum + item.residents, 0)
  const residents = split(
    scale.residents - taken,
    plots.map(() => dice.between(0.6, 1.5)),
  )
  const names = communityNames(plots.length, dice)
  const pilots = scale.pilots - before.length
  const answers = answerCounts(plots.length, pilots, dice)
  const rows = plots.map((plot, i) => {
    const kind = kinds[i % kinds.length]
    const community = otherCommunity(plot, names[i], kind, residents[i], i < pilots, dice)
    return { community, mind: { latent: ownLatent(kind, dice), answers: answers[i] } }
  })
  return { communities: rows.map((row) => row.community), minds: rows.map((row) => [row.community.code, row.mind]) }
}

/** Pilots are asked more; one community has not begun and two have only a handful, as happens in every survey. */
function answerCounts(count: number, pilots: number, dice: Chance): number[] {
  const left = scale.answers - cases.communities.reduce((sum, item) => sum + item.n, 0)
  const few = [0, 14, 26]
  const many = split(
    left - few.reduce((sum, n) => sum + n, 0),
    Array.from({ length: count - few.length }, (_, i) => (i < pilots ? 3.4 : 1) * dice.between(0.75, 1.25)),
  )
  return [...many, ...few]
}

function otherCommunity(
  plot: Plot,
  name: string,
  kind: Kind,
  residents: number,
  pilot: boolean,
  dice: Chance,
): Community {
  const ages = split(
    residents,
    kind.ages.map((weight) => weight * dice.between(0.85, 1.15)),
  )
  const households = Math.round(residents / (kind.householdSize * dice.between(0.95, 1.05)))
  const parents = kind.parents.map((share) => Math.round(households * share * dice.between(0.85, 1.15)))
  const named = { parent_0_3: parents[0], parent_4_6: parents[1], parent_7_12: parents[2] }
  return {
    code: plot.code,
    subdistrict: plot.subdistrict,
    name,
    kind: kind.name,
    pilot,
    profile: profile(ages, households, named, kind.buildingYear + dice.integer(-6, 6)),
  }
}

function ownLatent(kind: Kind, dice: Chance): Record<string, Latent> {
  return Object.fromEntries(
    Object.entries(kind.latent).map(([service, latent]) => {
      const more = dice.between(0.78, 1.22)
      const bounded = (share: number) => Math.min(0.92, share * more)
      return [
        service,
        { ...latent, need: bounded(latent.need), groupNeed: bounded(latent.groupNeed), top: latent.top * more },
      ]
    }),
  )
}

function demoCompounds(communities: Community[], plots: Plot[], dice: Chance): Compound[] {
  const counts = split(
    scale.compounds,
    communities.map(({ profile }) => Math.sqrt(profile.households)),
  )
  return communities.flatMap((community, c) => {
    const spread = community.kind === '案例社区' ? 8 : 190
    const households = split(
      community.profile.households,
      Array.from({ length: counts[c] }, () => dice.between(0.4, 1.6)),
    )
    return compoundNames(community.name, counts[c], dice).map((name, i) => ({
      code: `${community.code}C${String(i + 1).padStart(2, '0')}`,
      community: community.code,
      block: `${community.subdistrict}A`,
      name,
      lon: plots[c].lon + dice.between(-spread, spread) * degrees.lon,
      lat: plots[c].lat + dice.between(-spread, spread) * degrees.lat,
      households: households[i],
    }))
  })
}

function caseFacilities(plots: Plot[]): Facility[] {
  return cases.communities.flatMap((item, c) =>
    item.facilities.map((facility, i) => ({
      code: `${plots[c].code}F${i + 1}`,
      community: plots[c].code,
      name: facility.name,
      service: facility.service,
      function: facility.function,
      isPublic: facility.public,
      usable: facility.usable,
      capacity: facility.capacity,
      areaM2: facility.areaM2,
      lon: plots[c].lon + (facility.distanceM - 15) * degrees.lon,
      lat: plots[c].lat,
    })),
  )
}

function otherFacilities(communities: Community[], plots: Plot[], dice: Chance): Facility[] {
  const functions = shippedCatalogue().services.flatMap((service) =>
    service.functions.map((spec) => ({ service: service.code, spec })),
  )
  return communities.flatMap((community, c) =>
    Array.from({ length: dice.integer(2, 5) }, (_, i) => {
      const { service, spec } = dice.pick(functions)
      const [low, high] = spec.typical_area_m2 ?? [spec.min_area_m2 ?? 100, (spec.min_area_m2 ?? 100) * 1.5]
      const areaM2 = Math.round(dice.between(low, high))
      return {
        code: `${community.code}F${i + 1}`,
        community: community.code,
        name: `${community.name.replace('社区', '')}${spec.zh.replace(/（.*）/, '')}`,
        service,
        function: spec.code,
        isPublic: dice.yes(0.7),
        usable: dice.yes(0.9),
        capacity: dice.yes(0.6) ? Math.round(areaM2 * spec.residents_per_m2) : null,
        areaM2,
        lon: plots[c].lon + dice.between(-200, 200) * degrees.lon,
        lat: plots[c].lat + dice.between(-200, 200) * degrees.lat,
      }
    }),
  )
}
