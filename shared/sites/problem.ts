import type { Catalogue, FunctionSpec, Room, ServiceSpec, Site } from '../places/api.ts'
import { type Breach, breaches } from './breaches.ts'
import { areaRange, isForElders, type Rule, rulesOf } from './rules.ts'

/** A room, or the outdoor area of a site (`room` null). `parts` is into how many it may be divided. */
export interface Place {
  site: Site
  room: Room | null
  areaM2: number
  parts: number
}

/** A function that may be placed; `lo` and `hi` in m², `perM2` residents (households) regularly served by one of them. */
export interface Candidate {
  spec: FunctionSpec
  service: ServiceSpec
  lo: number
  hi: number
  perM2: number
  shared: boolean
  outdoors: boolean
}

/** Everything that does not change with the demand figures: worked out once, used by every resample. */
export interface Problem {
  catalogue: Catalogue
  sites: Site[]
  rules: Rule[]
  candidates: Candidate[]
  places: Place[]
  /** By candidate and place: null when a rule forbids it, 0 where the function's preference is met, 1 where it is not. */
  cost: (0 | 1 | null)[][]
  /** By candidate and cost: its places, the smallest first. */
  byCost: [number[], number[]][]
  /** By service: its place in the catalogue and its candidates. */
  services: Map<string, { at: number; spec: ServiceSpec; candidates: number[] }>
  breaches: Breach[][][]
  /** By candidate: the candidates that may not stand beside it. */
  excluded: number[][]
  /** Pairs of places on one floor of one site: the data do not say which rooms touch, so all of a floor count as beside. */
  beside: boolean[][]
}

/** Outdoor areas are divided by marking out, not by walls and exits; this many parts are still legible on the ground. */
const outdoorParts = 6

const byCode = (a: { code: string }, b: { code: string }) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)

function placesOf(site: Site): Place[] {
  const rooms = site.rooms
    .toSorted(byCode)
    .map((room) => ({ site, room, areaM2: room.areaM2, parts: Math.max(1, room.exits) }))
  return site.outdoorM2 > 0 ? [...rooms, { site, room: null, areaM2: site.outdoorM2, parts: outdoorParts }] : rooms
}

/** Lower floors for elders and for what asks for the ground floor; quiet rooms, or else upper floors, for what asks for quiet. */
function preference({ spec, service }: Candidate, room: Room | null): 0 | 1 {
  if (!room) return 0
  if (spec.prefers === 'quiet') return (room.quiet ?? room.floor > 1) ? 0 : 1
  return (spec.prefers === 'ground_floor' || isForElders(service)) && room.floor !== 1 ? 1 : 0
}

function candidateOf(spec: FunctionSpec, service: ServiceSpec): Candidate {
  return {
    spec,
    service,
    ...areaRange(spec),
    perM2: spec.residents_per_m2,
    shared: spec.shared_time ?? false,
    outdoors: spec.outdoor === 'required',
  }
}

/** Rooms and outdoor areas of a community's sites against every function of the catalogue. */
export function problemOf(catalogue: Catalogue, sites: Site[]): Problem {
  const sorted = sites.toSorted(byCode)
  const rules = rulesOf(catalogue)
  const places = sorted.flatMap(placesOf)
  const candidates = catalogue.services.flatMap((service) =>
    service.functions.map((spec) => candidateOf(spec, service)),
  )
  const found = candidates.map(({ spec }) => {
    const own = rules.filter((rule) => rule.function === spec.code)
    return places.map(({ site, room, areaM2 }) => breaches(room ?? { outdoorM2: areaM2 }, spec, site, own))
  })
  const cost = candidates.map((candidate, f) =>
    places.map(({ room }, place) => (found[f]![place]!.length > 0 ? null : preference(candidate, room))),
  )
  const names = (candidate: Candidate) => candidate.spec.not_beside ?? []
  const excluded = candidates.map((one) =>
    candidates.flatMap((other, index) =>
      names(one).includes(other.spec.code) || names(other).includes(one.spec.code) ? [index] : [],
    ),
  )
  const beside = places.map((one) =>
    places.map((other) => one.site === other.site && !!one.room && one.room.floor === other.room?.floor),
  )
  const ascending = places.map((_, p) => p).sort((a, b) => places[a]!.areaM2 - places[b]!.areaM2 || a - b)
  const byCost = cost.map((costs): [number[], number[]] => [
    ascending.filter((place) => costs[place] === 0),
    ascending.filter((place) => costs[place] === 1),
  ])
  const own = (service: ServiceSpec) => candidates.flatMap((each, f) => (each.service === service ? [f] : []))
  const services = new Map(catalogue.services.map((spec, at) => [spec.code, { at, spec, candidates: own(spec) }]))
  const fixed = { catalogue, sites: sorted, rules, candidates, places, services }
  return { ...fixed, cost, byCost, breaches: found, excluded, beside }
}
