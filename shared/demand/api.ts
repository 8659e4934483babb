import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, CommunityParams, DistrictParams, SubdistrictParams } from '../places/api.ts'

const maybe = T.Union([T.Number(), T.Null()])

/** A share of residents, 0..1, with its 95 % interval. `p` is null where nobody answered: no data, never 0 %. */
export const Share = T.Object({
  p: maybe,
  low: maybe,
  high: maybe,
  se: maybe,
  /** How many answered the question, and how many of them said yes: unweighted counts of people. */
  n: T.Integer(),
  yes: T.Integer(),
  /**
   * Only in public editions. `withheld`: nothing is said (p is null, n and yes are 0). `range`: few said yes, or few said
   * no, so that only `range` is said (p is null, yes is 0). `grey` and `flagged`: 10–29 and 30–59 answers.
   */
  standing: T.Optional(T.Enum(['withheld', 'range', 'grey', 'flagged'])),
  /** Between how many of the n answers said yes. */
  range: T.Optional(T.Object({ low: T.Integer(), high: T.Integer() })),
})
export type Share = Static<typeof Share>

/** Demand against supply, in people (households for children's services). */
export const Gap = T.Object({
  /** Whom the service is for: 'all' or groups of the profile. */
  concerned: T.Array(T.String()),
  population: T.Number(),
  /** Need share inside those groups. */
  need: Share,
  /** Residents served in normal use by public, usable facilities within reach, shared with the other compounds they reach. */
  capacity: T.Number(),
  /** The same for private facilities: listed, not deducted. */
  privateCapacity: T.Number(),
  gap: maybe,
  low: maybe,
  high: maybe,
  facilities: T.Array(
    T.Object({
      code: T.String(),
      capacity: T.Number(),
      isPublic: T.Boolean(),
      usable: T.Boolean(),
      /** From the nearest compound of the community that it reaches. */
      distanceM: T.Number(),
      /** Capacity estimated from floor area with an unverified planning figure. */
      estimated: T.Boolean(),
    }),
  ),
})
export type Gap = Static<typeof Gap>

export const ServiceDemand = T.Object({
  service: T.String(),
  need: Share,
  unmet: Share,
  top: Share,
  /** Unmet need rating and importance rating, 0–100; priority investment rating, 0–200. */
  unr: maybe,
  ir: maybe,
  pir: maybe,
  level: T.Union([T.Literal('high'), T.Literal('medium'), T.Literal('low'), T.Null()]),
  /** From 1,000 seeded draws; null below n = 30 or while they are being drawn. */
  pirLow: maybe,
  pirHigh: maybe,
  firstThree: maybe,
  tier: T.Union([T.Integer(), T.Null()]),
  /**
   * 参考: the need and unmet shares drawn towards subdistrict and district, for communities with few answers. `low` and
   * `high` belong to need; `weight` is how much the community's own answers count in need, 0..1.
   */
  shrunk: T.Union([
    T.Object({ need: maybe, unmet: maybe, low: maybe, high: maybe, weight: maybe, unmetLow: maybe, unmetHigh: maybe }),
    T.Null(),
  ]),
  gap: T.Union([Gap, T.Null()]),
})
export type ServiceDemand = Static<typeof ServiceDemand>

/** One reading of the table inside a part of the people: an age band, a parent group or a circumstance. */
export const PartDemand = T.Object({
  kind: T.Union([T.Literal('age'), T.Literal('parent'), T.Literal('circumstance')]),
  code: T.String(),
  n: T.Integer(),
  /** How many they are: people or households of the profile; for a circumstance, its weighted share of the residents. */
  population: T.Number(),
  services: T.Array(T.Object({ service: T.String(), need: Share, unmet: Share, top: Share })),
})
export type PartDemand = Static<typeof PartDemand>

/** How the weights were made; everything a reader needs to judge them. */
export const Weighting = T.Object({
  weighted: T.Boolean(),
  /** Why not, in Chinese, when it is not. */
  reason: T.Union([T.String(), T.Null()]),
  margins: T.Array(T.String()),
  merges: T.Array(T.String()),
  passes: T.Integer(),
  converged: T.Boolean(),
  deff: maybe,
  effectiveN: maybe,
  largest: maybe,
})
export type Weighting = Static<typeof Weighting>

/** What closed deliberations say of a service. Whoever came is no sample: it is not weighted and not added to the shares. */
export const Voice = T.Object({
  service: T.String(),
  /** Coded to the service; what was merged counts once. */
  statements: T.Integer(),
  /** How often somebody agreed or disagreed with one of them. */
  agree: T.Integer(),
  disagree: T.Integer(),
  /** Resolutions that require a function of the service. */
  resolved: T.Integer(),
})
export type Voice = Static<typeof Voice>

export const Voices = T.Object({
  services: T.Array(Voice),
  /** The deliberations that were closed. */
  inputs: T.Array(T.String()),
})
export type Voices = Static<typeof Voices>

/** What wishes for places say of services. Whoever wishes is no sample: it is not weighted and not added to the shares. */
export const Wishes = T.Object({
  services: T.Array(
    T.Object({
      service: T.String(),
      /** Approved wishes, however far they are. */
      wishes: T.Integer(),
      /** How often somebody wished it or joined: of one wish each person once. */
      people: T.Integer(),
      /** Those wishes, by their numbers. */
      inputs: T.Array(T.String()),
    }),
  ),
})
export type Wishes = Static<typeof Wishes>

/** Demand of one area. `n` = answers, `inside` = those that take part in the shares, `outside` = the others by reason. */
export const Demand = T.Object({
  area: T.Object({
    level: T.Union([T.Literal('community'), T.Literal('subdistrict'), T.Literal('district')]),
    code: T.String(),
    name: T.String(),
  }),
  survey: T.String(),
  version: T.Integer(),
  /** `all` where answers that a person excluded are counted in; where nothing was excluded both readings are the same, and it says `kept`. */
  review: T.Enum(['kept', 'all']),
  /** How many answers were excluded here, counted in or not; null in public editions. */
  excluded: T.Union([T.Integer(), T.Null()]),
  n: T.Integer(),
  inside: T.Integer(),
  outside: T.Array(T.Object({ reason: T.String(), n: T.Integer() })),
  channels: T.Array(T.Object({ channel: T.String(), n: T.Integer() })),
  proxies: T.Integer(),
  population: T.Number(),
  weighting: Weighting,
  /** Whose largest shares the ratings are compared with: the area's own, those of all communities of the district, or of all that the reader may see. */
  ratedWithin: T.Enum(['area', 'district', 'reach']),
  services: T.Array(ServiceDemand),
  parts: T.Array(PartDemand),
  /** Communities of a higher area that have no answers: listed, never imputed. */
  withoutAnswers: T.Array(T.String()),
  /** Communities of a higher area whose profile counts nobody, with their answers (null where that is not published) and what follows from it. */
  withoutPopulation: T.Array(T.Object({ code: T.String(), n: T.Union([T.Integer(), T.Null()]), reason: T.String() })),
  /** The records that the figures rest on: tally version, profile, facilities, catalogue version. */
  inputs: T.Array(T.String()),
  /** Of a community: what the facilities within its reach are called, and in which community each stands. */
  nearby: T.Optional(
    T.Array(T.Object({ code: T.String(), name: T.String(), community: T.String(), communityName: T.String() })),
  ),
  /** Of a community whose deliberations spoke of services; never in public editions. */
  voices: T.Optional(Voices),
  /** Of a community in which somebody wished for a place of a service; never in public editions. */
  wishes: T.Optional(Wishes),
})
export type Demand = Static<typeof Demand>

const DemandQuery = T.Object({
  survey: T.Optional(Code),
  version: T.Optional(T.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** Ratings compared within each area (as in a brief), or over all communities of the district as far as the reader may see them. */
  ratedWithin: T.Optional(T.Enum(['area', 'district'])),
  /** Without the answers that a person excluded (by default), or with them. */
  review: T.Optional(T.Enum(['kept', 'all'])),
})

export const readDemandTable = endpoint({
  method: 'GET',
  url: '/api/districts/:district/demand',
  summary: '各社区需求总表：社区 × 服务，附区间；另附街道与全区汇总',
  params: DistrictParams,
  query: DemandQuery,
  responses: {
    200: T.Object({
      survey: T.String(),
      version: T.Integer(),
      /** The reading that was asked for, and how many answers are excluded in the communities below. */
      review: T.Enum(['kept', 'all']),
      excluded: T.Integer(),
      /** Null for those who may not see the whole district. */
      district: T.Union([Demand, T.Null()]),
      subdistricts: T.Array(Demand),
      communities: T.Array(Demand),
    }),
  },
})

export const readDesignEffects = endpoint({
  method: 'GET',
  url: '/api/districts/:district/demand/design-effects',
  summary: '各社区加权的设计效应（Kish），没有加权的社区为空',
  params: DistrictParams,
  query: T.Object({ survey: DemandQuery.properties.survey }),
  responses: { 200: T.Array(T.Object({ community: T.String(), deff: maybe })) },
})

export const readDemand = endpoint({
  method: 'GET',
  url: '/api/districts/:district/communities/:community/demand',
  summary: '一个社区的需求、分人群需求与缺口',
  params: CommunityParams,
  query: DemandQuery,
  responses: { 200: Demand },
})

export const readSubdistrictDemand = endpoint({
  method: 'GET',
  url: '/api/districts/:district/subdistricts/:subdistrict/demand',
  summary: '一个街道的需求、分人群需求与缺口（由各社区汇总）',
  params: SubdistrictParams,
  query: DemandQuery,
  responses: { 200: Demand },
})

export const readDistrictDemand = endpoint({
  method: 'GET',
  url: '/api/districts/:district/demand/whole',
  summary: '全区的需求、分人群需求与缺口（由各社区汇总）',
  params: DistrictParams,
  query: DemandQuery,
  responses: { 200: Demand },
})
