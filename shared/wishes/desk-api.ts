import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { BoardWish, WishParams, wish, wishes } from './api.ts'
import { kinds } from './kinds.ts'
import { states, steps } from './states.ts'

const reason = T.String({ minLength: 1, maxLength: 200 })

/** What was found in a text, by place (code points): a way to reach somebody, a number that is theirs, their name or door. */
export const Flag = T.Object({
  kind: T.Enum(['phone', 'id-number', 'abuse', 'name']),
  from: T.Integer(),
  to: T.Integer(),
})
export type Flag = Static<typeof Flag>

/** As staff see it: no contact. */
export const DeskWish = T.Object({
  ...BoardWish.properties,
  /** Of the claim that is live. */
  claim: maybe(
    T.Object({
      id,
      sponsor: id,
      sponsorName: T.String(),
      dueOn: T.String(),
      extended: T.Boolean(),
      reminded: T.Boolean(),
    }),
  ),
  /** As it was first posted, where staff have masked something. */
  original: T.String(),
  flags: T.Array(Flag),
  service: maybe(T.String()),
  reason: maybe(T.String()),
  publish: T.Boolean(),
  /** Was let go or ran out: stands on the community's fallback list. */
  fallback: T.Boolean(),
  createdAt: T.String(),
  changedAt: T.String(),
  revision: T.Integer(),
  done: maybe(T.Object({ note: T.String(), on: T.String(), photos: T.Array(id) })),
  thanks: maybe(T.String()),
  rating: maybe(T.Integer()),
})
export type DeskWish = Static<typeof DeskWish>

export const listWishes = endpoint({
  method: 'GET',
  url: `${wishes}/desk`,
  summary: '工作台上的心愿：按状态，等得最久的在前；fallback 只看退回或到期未办的',
  params: DistrictParams,
  query: T.Object({
    state: T.Optional(T.Enum([...states])),
    fallback: T.Optional(T.Boolean()),
    next: T.Optional(T.String({ maxLength: 200 })),
  }),
  responses: {
    200: T.Object({
      wishes: T.Array(DeskWish),
      next: maybe(T.String()),
      /** How many there are of each state within reach. */
      counts: T.Array(T.Object({ state: T.Enum([...states]), n: T.Integer() })),
    }),
  },
})

export const readHistory = endpoint({
  method: 'GET',
  url: `${wish}/history`,
  summary: '一个心愿经过的每一步：谁、何时、为什么',
  params: WishParams,
  responses: {
    200: T.Array(
      T.Object({
        at: T.String(),
        step: T.Enum(['post', ...steps]),
        from: maybe(T.String()),
        to: T.String(),
        by: T.String(),
        reason: maybe(T.String()),
      }),
    ),
    404: Problem,
  },
})

/** approve may change the text (names masked) and the service; merge names the one that stays. */
export const moderateWish = endpoint({
  method: 'PUT',
  url: `${wish}/moderation`,
  summary: '审核心愿：通过、请修改、不通过（写理由）、并入另一个；通过时可以遮去姓名和号码',
  params: WishParams,
  body: T.Object({
    revision: T.Integer({ minimum: 1 }),
    decision: T.Enum(['approve', 'return', 'reject', 'merge']),
    reason: T.Optional(T.String({ maxLength: 200 })),
    text: T.Optional(T.String({ minLength: 1, maxLength: 400 })),
    service: T.Optional(maybe(Code)),
    into: T.Optional(id),
  }),
  responses: { 200: DeskWish, 404: Problem, 409: Problem, 422: Problem },
})

/** Not done after all: back to the holder. */
export const reopenWish = endpoint({
  method: 'POST',
  url: `${wish}/reopening`,
  summary: '有异议的退回认领单位继续办，写明理由',
  params: WishParams,
  body: T.Object({ reason }),
  responses: { 200: DeskWish, 404: Problem, 409: Problem, 422: Problem },
})

export const Rules = T.Object({
  /** Flagged for whoever moderates, beside numbers of phones and identity cards. */
  words: T.Array(T.String({ minLength: 1, maxLength: 20 }), { maxItems: 500 }),
  claimDays: T.Integer({ minimum: 1, maximum: 90 }),
  extensionDays: T.Integer({ minimum: 1, maximum: 90 }),
})
export type Rules = Static<typeof Rules>

export const readRules = endpoint({
  method: 'GET',
  url: `${wishes}/rules`,
  summary: '提醒审核人注意的词，认领和延长的天数',
  params: DistrictParams,
  responses: { 200: Rules },
})
export const setRules = endpoint({
  method: 'PUT',
  url: `${wishes}/rules`,
  summary: '修改提醒审核人注意的词、认领和延长的天数；已经认领的期限不变',
  params: DistrictParams,
  body: Rules,
  responses: { 200: Rules },
})

/** A place with a code on the wall at which couriers post. */
export const Station = T.Object({
  id,
  name: T.String({ minLength: 1, maxLength: 60 }),
  community: Code,
  active: T.Boolean(),
})
export type Station = Static<typeof Station>

export const listStations = endpoint({
  method: 'GET',
  url: '/api/districts/:district/stations',
  summary: '骑手驿站',
  params: DistrictParams,
  responses: { 200: T.Array(Station) },
})
export const setStation = endpoint({
  method: 'POST',
  url: '/api/districts/:district/stations',
  summary: '登记或修改一处驿站；停用后它的二维码不能再许愿',
  params: DistrictParams,
  body: Station,
  responses: { 200: Station, 201: Station, 404: Problem },
})
export const printStation = endpoint({
  method: 'GET',
  url: '/api/districts/:district/stations/:station/poster',
  summary: '驿站海报（A4 PDF），扫码许愿',
  params: T.Object({ ...DistrictParams.properties, station: id }),
  responses: { 200: T.Unknown(), 404: Problem },
})

const Span = T.Object({ median: maybe(T.Number()), p90: maybe(T.Number()), n: T.Integer() })
export const WishCounts = T.Object({
  posted: T.Integer(),
  /** Waiting on the board now. */
  open: T.Integer(),
  /** Ever claimed, however they went on; the fulfilled are among them. */
  claimed: T.Integer(),
  fulfilled: T.Integer(),
  /** Fulfilled of those ever claimed, 0..1. */
  fulfilmentRate: maybe(T.Number()),
  /** Days from the board to the claim, and from the claim to the confirmation. */
  toClaim: Span,
  toFulfil: Span,
})
export type WishCounts = Static<typeof WishCounts>

export const readWishCounts = endpoint({
  method: 'GET',
  url: `${wishes}/statistics`,
  summary: '心愿统计：认领和办结用时（中位数、九成以内）、办结率，按社区和类别；共建单位按办结数排名',
  params: DistrictParams,
  query: T.Object({ from: T.Optional(T.String({ format: 'date' })), to: T.Optional(T.String({ format: 'date' })) }),
  responses: {
    200: T.Object({
      all: WishCounts,
      communities: T.Array(T.Object({ community: T.String(), ...WishCounts.properties })),
      kinds: T.Array(T.Object({ kind: T.Enum([...kinds]), ...WishCounts.properties })),
      /** By wishes fulfilled, never by claims; as many share a rank, in the order of their names. */
      sponsors: T.Array(
        T.Object({
          rank: T.Integer(),
          sponsor: id,
          name: T.String(),
          fulfilled: T.Integer(),
          /** Mean of so many ratings, 1..5. */
          rating: maybe(T.Number()),
          rated: T.Integer(),
        }),
      ),
    }),
  },
})

/** Refuses rather than leaving rows out. */
export const exportWishes = endpoint({
  method: 'GET',
  url: `${wishes}/wishes.xlsx`,
  summary: '心愿台账（XLSX），不含联系方式；行数超出表格上限时拒绝，不会截断',
  params: DistrictParams,
  query: T.Object({ from: T.Optional(T.String({ format: 'date' })), to: T.Optional(T.String({ format: 'date' })) }),
  responses: { 200: T.Unknown(), 409: Problem },
})
