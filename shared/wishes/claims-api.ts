import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { BoardWish, WishParams, wish } from './api.ts'

const reason = T.String({ minLength: 1, maxLength: 200 })

const sponsors = '/api/districts/:district/sponsors'
const SponsorParams = T.Object({ ...DistrictParams.properties, sponsor: id })

/** An organisation that claims wishes: 共建单位. Its members are people with the role sponsor. */
export const Sponsor = T.Object({
  id,
  name: T.String({ pattern: '\\S', maxLength: 60 }),
  /** Whose fallback list it takes wishes from, where it does. */
  fallbackFor: maybe(Code),
  /** How many of its claims may be open. */
  limit: T.Integer({ minimum: 1, maximum: 1_000 }),
  active: T.Boolean(),
})
export type Sponsor = Static<typeof Sponsor>

const SponsorListed = T.Object({
  ...Sponsor.properties,
  members: T.Array(T.Object({ person: T.String(), name: T.String() })),
  open: T.Integer(),
  fulfilled: T.Integer(),
})
export type SponsorListed = Static<typeof SponsorListed>

export const listSponsors = endpoint({
  method: 'GET',
  url: sponsors,
  summary: '共建单位：成员、在办和办结的心愿',
  params: DistrictParams,
  responses: { 200: T.Array(SponsorListed) },
})

export const setSponsor = endpoint({
  method: 'POST',
  url: sponsors,
  summary: '登记或修改一家共建单位',
  params: DistrictParams,
  body: Sponsor,
  responses: { 200: Sponsor, 201: Sponsor, 404: Problem, 409: Problem },
})

export const setMembers = endpoint({
  method: 'PUT',
  url: `${sponsors}/:sponsor/members`,
  summary: '一家共建单位有哪些成员（都要有“共建单位成员”的角色）',
  params: SponsorParams,
  body: T.Object({ people: T.Array(T.String({ maxLength: 60 }), { maxItems: 200 }) }),
  responses: { 200: SponsorListed, 404: Problem, 422: Problem },
})

export const certificate = endpoint({
  method: 'GET',
  url: `${sponsors}/:sponsor/certificate`,
  summary: '共建单位的证书（PDF）：办结了多少个心愿',
  params: SponsorParams,
  responses: { 200: T.Unknown(), 404: Problem, 409: Problem },
})

/** Whose member somebody is, and what it holds. */
export const Holding = T.Object({
  claim: id,
  wish: BoardWish,
  claimedAt: T.String(),
  dueOn: T.String(),
  extended: T.Boolean(),
  /** Still the holder's. */
  live: T.Boolean(),
  ended: maybe(T.Enum(['fulfilled', 'released', 'expired', 'reassigned', 'withdrawn'])),
  rating: maybe(T.Integer()),
  thanks: maybe(T.String()),
  /** What staff said when it was not done after all. */
  reason: maybe(T.String()),
})
export type Holding = Static<typeof Holding>

export const readHoldings = endpoint({
  method: 'GET',
  url: '/api/districts/:district/holdings',
  summary: '本单位认领的心愿',
  params: DistrictParams,
  responses: {
    200: T.Object({ sponsor: maybe(Sponsor), holdings: T.Array(Holding) }),
  },
})

/** Exactly one succeeds; the others hear who has it. */
export const claimWish = endpoint({
  method: 'POST',
  url: `${wish}/claims`,
  summary: '认领一个心愿；同一编号重复提交只算一次；已被认领的会告诉您是谁',
  params: WishParams,
  body: T.Object({ id }),
  responses: { 200: Holding, 201: Holding, 404: Problem, 409: Problem },
})

/** Staff give it to an organisation, also one that another holds. */
export const assignWish = endpoint({
  method: 'POST',
  url: `${wish}/assignment`,
  summary: '工作人员交给一家共建单位办，已认领的改由它接手，写明理由',
  params: WishParams,
  body: T.Object({ id, sponsor: id, reason }),
  responses: { 200: Holding, 201: Holding, 404: Problem, 409: Problem },
})

/** Every look is logged. */
export const readContact = endpoint({
  method: 'GET',
  url: `${wish}/contact`,
  summary: '许愿人的联系方式，只给正在办的单位看，每次查看都有记录',
  params: WishParams,
  responses: { 200: T.Object({ phone: T.String(), name: maybe(T.String()) }), 404: Problem },
})

export const extendClaim = endpoint({
  method: 'POST',
  url: `${wish}/extension`,
  summary: '延长一次办理期限',
  params: WishParams,
  body: T.Object({ reason }),
  responses: { 200: Holding, 404: Problem, 409: Problem },
})

export const releaseClaim = endpoint({
  method: 'POST',
  url: `${wish}/release`,
  summary: '办不了，退回心愿墙，写明理由',
  params: WishParams,
  body: T.Object({ reason }),
  responses: { 200: T.Object({ released: T.Boolean() }), 404: Problem, 409: Problem },
})

/** Multipart: 1–9 `file`s, `note`, `on` (date). */
export const deliverWish = endpoint({
  method: 'POST',
  url: `${wish}/evidence`,
  summary: '交办结凭证：1–9 张照片、一段说明、日期；照片会缩小并去掉拍摄地点',
  params: WishParams,
  responses: { 201: Holding, 404: Problem, 409: Problem, 422: Problem },
})
