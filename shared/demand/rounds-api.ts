import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, CommunityParams, DistrictParams, SubdistrictParams } from '../places/api.ts'
import { Demand, Share } from './api.ts'

const maybe = T.Union([T.Number(), T.Null()])

/** later − earlier with its 95 % interval, and what that says: `unclear` where the interval holds 0. */
export const Change = T.Object({
  difference: T.Number(),
  low: T.Number(),
  high: T.Number(),
  says: T.Enum(['up', 'down', 'unclear']),
})
export type Change = Static<typeof Change>

export const changeWords: Record<Change['says'], string> = { up: '上升', down: '下降', unclear: '看不出变化' }

/** Between two rounds, of one service. Null where they may not be compared, or one of them says nothing. */
export const ServiceChange = T.Object({
  need: T.Union([Change, T.Null()]),
  unmet: T.Union([Change, T.Null()]),
  top: T.Union([Change, T.Null()]),
  /** In the first tier, and not so in the round before. */
  newlyFirst: T.Boolean(),
})
export type ServiceChange = Static<typeof ServiceChange>

/** One round as it was answered: its newest version that counts an answer, with those that count on in it. */
export const RoundRead = T.Object({
  round: T.Integer(),
  version: T.Integer(),
  carried: T.Array(T.Integer()),
  /** When its first version was published. */
  since: T.String(),
  n: T.Integer(),
  inside: T.Integer(),
  /** The records that its figures rest on. */
  inputs: T.Array(T.String()),
})

/** Why a measure may not be compared with that of the round before; null where it may. */
export const Comparable = T.Object({
  need: T.Union([T.String(), T.Null()]),
  unmet: T.Union([T.String(), T.Null()]),
  top: T.Union([T.String(), T.Null()]),
})
export type Comparable = Static<typeof Comparable>

const Figures = T.Object({
  need: Share,
  unmet: Share,
  top: Share,
  pir: maybe,
  pirLow: maybe,
  pirHigh: maybe,
  tier: T.Union([T.Integer(), T.Null()]),
})

export const AreaRounds = T.Object({
  survey: T.String(),
  area: Demand.properties.area,
  /** Oldest first. */
  rounds: T.Array(RoundRead),
  /** Of each step from one round to the next. */
  comparable: T.Array(Comparable),
  services: T.Array(
    T.Object({
      /** Its code in the latest round; in `codes`, that of each round. */
      service: T.String(),
      codes: T.Array(T.Union([T.String(), T.Null()])),
      rounds: T.Array(T.Union([Figures, T.Null()])),
      changes: T.Array(ServiceChange),
    }),
  ),
})
export type AreaRounds = Static<typeof AreaRounds>

const RoundsQuery = T.Object({ survey: T.Optional(Code) })
const read = { query: RoundsQuery, responses: { 200: AreaRounds } }

export const readCommunityRounds = endpoint({
  method: 'GET',
  url: '/api/districts/:district/communities/:community/rounds',
  summary: '一个社区各轮调查的需求，附轮次之间的变化与区间',
  params: CommunityParams,
  ...read,
})

export const readSubdistrictRounds = endpoint({
  method: 'GET',
  url: '/api/districts/:district/subdistricts/:subdistrict/rounds',
  summary: '一个街道各轮调查的需求，附轮次之间的变化与区间',
  params: SubdistrictParams,
  ...read,
})

export const readDistrictRounds = endpoint({
  method: 'GET',
  url: '/api/districts/:district/demand/rounds',
  summary: '全区各轮调查的需求，附轮次之间的变化与区间',
  params: DistrictParams,
  ...read,
})

export const readChanges = endpoint({
  method: 'GET',
  url: '/api/districts/:district/demand/changes',
  summary: '与上一轮不同的社区与服务：超出误差的升降、新进入第一档的，以及上一轮没有答卷的社区',
  params: DistrictParams,
  query: RoundsQuery,
  responses: {
    200: T.Object({
      survey: T.String(),
      /** The last two rounds, the earlier first; one where there is no round before. */
      rounds: T.Array(T.Object({ round: T.Integer(), version: T.Integer() })),
      comparable: T.Union([Comparable, T.Null()]),
      communities: T.Array(
        T.Object({
          code: T.String(),
          /** Without answers in the round before. */
          newlyAnswered: T.Boolean(),
          services: T.Array(T.Object({ service: T.String(), ...ServiceChange.properties })),
        }),
      ),
    }),
  },
})
