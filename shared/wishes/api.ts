import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams, Point } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { costs, kinds, MOST_WISH_LENGTH } from './kinds.ts'
import { states } from './states.ts'

const day = T.String({ format: 'date' })

export const wishes = '/api/districts/:district/wishes'
export const wish = `${wishes}/:wish` as const
export const WishParams = T.Object({ ...DistrictParams.properties, wish: id })

/** What a device keeps and shows with everything it does about its wishes: 43 characters of base64url. */
export const Ticket = T.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

/** A point on the plain map, or words such as 这一段路. */
export const Where = T.Object({
  words: maybe(T.String({ minLength: 1, maxLength: 80 })),
  point: maybe(Point),
})
export type Where = Static<typeof Where>

/** Longer ones are refused by name. */
const text = T.String({ minLength: 1, maxLength: 20 * MOST_WISH_LENGTH })

const Wanted = {
  kind: T.Enum([...kinds]),
  text,
  where: maybe(Where),
  cost: T.Enum([...costs]),
  neededBy: maybe(day),
  /** Of a wish for a place: which service it is about, where somebody knows. */
  service: maybe(Code),
}

/** Where wishes can be for: all communities, and what a plain map of one of them shows. */
export const readWishPlaces = endpoint({
  method: 'GET',
  url: `${wishes}/places`,
  summary: '许愿可以选的社区；给出社区时另有小区的位置，用来画一张简图',
  params: DistrictParams,
  query: T.Object({ community: T.Optional(Code) }),
  responses: {
    200: T.Object({
      communities: T.Array(T.Object({ code: T.String(), name: T.String(), subdistrict: T.String() })),
      compounds: T.Array(T.Object({ name: T.String(), lon: T.Number(), lat: T.Number() })),
      services: T.Array(T.Object({ code: T.String(), name: T.String() })),
    }),
    404: Problem,
  },
})

const Receipt = T.Object({ wish: id, number: T.Integer() })

/** By a courier who has signed in by phone code, by whoever scanned a station's code, or by staff for somebody. */
export const postWish = endpoint({
  method: 'POST',
  url: wishes,
  summary: '许一个微心愿：骑手登录后，或扫驿站二维码，或由工作人员代提；同一编号重复提交只算一个',
  params: DistrictParams,
  body: T.Object({
    id,
    community: Code,
    ...Wanted,
    ticket: T.Optional(Ticket),
    /** A phone number; encrypted, and shown to nobody but whoever holds the wish. */
    contact: T.String({ maxLength: 40 }),
    name: T.Optional(T.String({ maxLength: 40 })),
    /** What stands in a station's code: its id and its secret. */
    station: T.Optional(T.String({ pattern: '^[0-9a-f-]{36}[.][A-Za-z0-9_-]{16}$' })),
    /** Staff, for somebody in hardship: then the name is masked. */
    hardship: T.Optional(T.Boolean()),
    /** Whether it may be shown among the fulfilled ones afterwards. */
    publish: T.Optional(T.Boolean()),
  }),
  responses: { 200: Receipt, 201: Receipt, 401: Problem, 404: Problem, 409: Problem, 422: Problem },
})

/** As its wisher sees it. */
export const OwnWish = T.Object({
  id,
  number: T.Integer(),
  community: T.String(),
  ...Wanted,
  state: T.Enum([...states]),
  photo: maybe(id),
  /** What staff said last: what to change, or why not. */
  reason: maybe(T.String()),
  supporters: T.Integer(),
  sponsor: maybe(T.String()),
  dueOn: maybe(T.String()),
  /** What was done, once there is evidence. */
  done: maybe(T.Object({ note: T.String(), on: T.String(), photos: T.Array(id) })),
  thanks: maybe(T.String()),
  rating: maybe(T.Integer()),
  /** Whether it may be shown among the fulfilled ones. */
  publish: T.Boolean(),
  /** Where it was merged: the wish that goes on in its place. */
  mergedInto: maybe(T.Object({ id, number: T.Integer() })),
  revision: T.Integer(),
})
export type OwnWish = Static<typeof OwnWish>

export const readOwnWishes = endpoint({
  method: 'POST',
  url: `${wishes}/own`,
  summary: '自己许的心愿办到了哪一步',
  params: DistrictParams,
  body: T.Object({ ticket: T.Optional(Ticket) }),
  responses: { 200: T.Array(OwnWish) },
})

export const reviseWish = endpoint({
  method: 'PUT',
  url: `${wish}/text`,
  summary: '修改自己的心愿；认领之后不能再改',
  params: WishParams,
  body: T.Object({ ticket: T.Optional(Ticket), revision: T.Integer({ minimum: 1 }), ...Wanted }),
  responses: { 200: OwnWish, 404: Problem, 409: Problem, 422: Problem },
})

export const withdrawWish = endpoint({
  method: 'POST',
  url: `${wish}/withdrawal`,
  summary: '撤回自己的心愿',
  params: WishParams,
  body: T.Object({ ticket: T.Optional(Ticket), reason: T.Optional(T.String({ maxLength: 200 })) }),
  responses: { 200: T.Object({ withdrawn: T.Boolean() }), 404: Problem, 409: Problem, 422: Problem },
})

/** Multipart, field `file`, and `ticket` where there is no session. */
export const addWishPhoto = endpoint({
  method: 'POST',
  url: `${wish}/photos`,
  summary: '给心愿配一张照片（JPG、PNG、WebP），会缩小并去掉拍摄地点',
  params: WishParams,
  responses: { 201: T.Object({ photo: id }), 404: Problem, 409: Problem, 422: Problem },
})

const PhotoParams = T.Object({ ...WishParams.properties, photo: id })

/** Of a wish on the board: anybody. Of its evidence: wisher, holder, staff; anybody once it is published. */
export const readPhoto = endpoint({
  method: 'GET',
  url: `${wish}/photos/:photo`,
  summary: '一张照片，先核对能不能看',
  params: PhotoParams,
  responses: { 200: T.Unknown(), 404: Problem },
})

/** The same for a wisher without account: the ticket stands in no address. */
export const readOwnPhoto = endpoint({
  method: 'POST',
  url: `${wish}/photos/:photo`,
  summary: '自己心愿的照片，凭本机保存的凭据',
  params: PhotoParams,
  body: T.Object({ ticket: Ticket }),
  responses: { 200: T.Unknown(), 404: Problem },
})

export const removeWishPhoto = endpoint({
  method: 'DELETE',
  url: `${wish}/photos/:photo`,
  summary: '撤下自己心愿的照片，审核通过之前',
  params: PhotoParams,
  body: T.Object({ ticket: T.Optional(Ticket) }),
  responses: { 200: T.Object({ removed: T.Boolean() }), 404: Problem, 409: Problem },
})

/** 我也想 */
export const supportWish = endpoint({
  method: 'POST',
  url: `${wish}/supporters`,
  summary: '我也想：每人（每部手机）一次',
  params: WishParams,
  body: T.Object({ ticket: Ticket }),
  responses: { 200: T.Object({ supporters: T.Integer() }), 404: Problem, 409: Problem },
})

/** Confirms, thanks and rates; or says that it was not done. Staff on somebody's behalf, or after a week without a word. */
export const confirmWish = endpoint({
  method: 'POST',
  url: `${wish}/confirmation`,
  summary: '确认心愿已经办到，写一句感谢、打个分；或说明没有办到',
  params: WishParams,
  body: T.Object({
    ticket: T.Optional(Ticket),
    done: T.Boolean(),
    thanks: T.Optional(T.String({ maxLength: 200 })),
    rating: T.Optional(T.Integer({ minimum: 1, maximum: 5 })),
    reason: T.Optional(T.String({ maxLength: 200 })),
    publish: T.Optional(T.Boolean()),
  }),
  responses: { 200: T.Object({ state: T.Enum([...states]) }), 404: Problem, 409: Problem, 422: Problem },
})

/** On the board: nothing of the wisher. */
export const BoardWish = T.Object({
  id,
  number: T.Integer(),
  community: T.String(),
  communityName: T.String(),
  kind: T.Enum([...kinds]),
  text: T.String(),
  where: maybe(Where),
  cost: T.Enum([...costs]),
  neededBy: maybe(T.String()),
  hardship: T.Boolean(),
  photo: maybe(id),
  supporters: T.Integer(),
  state: T.Enum([...states]),
  openedAt: T.String(),
  /** Who has it already. */
  sponsor: maybe(T.String()),
  dueOn: maybe(T.String()),
})
export type BoardWish = Static<typeof BoardWish>

export const readBoard = endpoint({
  method: 'GET',
  url: wishes,
  summary: '心愿墙：等得最久、还没人认领的在前；next 为下一页',
  params: DistrictParams,
  query: T.Object({
    state: T.Optional(T.Enum(['open', 'claimed', 'fulfilled'])),
    kind: T.Optional(T.Enum([...kinds])),
    community: T.Optional(Code),
    cost: T.Optional(T.Enum([...costs])),
    /** Needed within so many days. */
    within: T.Optional(T.Integer({ minimum: 1, maximum: 365 })),
    next: T.Optional(T.String({ maxLength: 200 })),
  }),
  responses: { 200: T.Object({ wishes: T.Array(BoardWish), next: maybe(T.String()) }), 404: Problem },
})

export const readWish = endpoint({
  method: 'GET',
  url: wish,
  summary: '心愿墙上的一个心愿',
  params: WishParams,
  responses: { 200: BoardWish, 404: Problem },
})

/** For a screen at a public event: cards, the newest claims, running totals. */
export const readEvent = endpoint({
  method: 'GET',
  url: `${wishes}/event`,
  summary: '推进会大屏：心愿卡片、刚刚认领的、累计数；since 之后没有变化时 wishes 为空',
  params: DistrictParams,
  query: T.Object({ community: T.Optional(Code), since: T.Optional(T.Integer({ minimum: 0 })) }),
  responses: {
    200: T.Object({
      /** Moves with every change of the board. */
      seq: T.Integer(),
      changed: T.Boolean(),
      /** Where organisations claim; `?wish=` opens one. */
      address: T.String(),
      wishes: T.Array(BoardWish),
      claims: T.Array(T.Object({ number: T.Integer(), sponsor: T.String(), at: T.String() })),
      totals: T.Object({ open: T.Integer(), claimed: T.Integer(), fulfilled: T.Integer() }),
    }),
    404: Problem,
  },
})

/** Consented and masked. */
export const readFulfilled = endpoint({
  method: 'GET',
  url: `${wishes}/fulfilled`,
  summary: '办结的心愿（公开）：许愿人同意公开的，隐去姓名',
  params: DistrictParams,
  query: T.Object({ next: T.Optional(T.String({ maxLength: 200 })) }),
  responses: {
    200: T.Object({
      wishes: T.Array(
        T.Object({
          id,
          number: T.Integer(),
          communityName: T.String(),
          kind: T.Enum([...kinds]),
          text: T.String(),
          sponsor: T.String(),
          doneOn: T.String(),
          note: T.String(),
          thanks: maybe(T.String()),
          photos: T.Array(id),
        }),
      ),
      next: maybe(T.String()),
    }),
    404: Problem,
  },
})
