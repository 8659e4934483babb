import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { DeliberationParams, deliberation } from './api.ts'
import { MOST_PEOPLE, presences } from './kinds.ts'
import { Room, RoomEvent } from './room.ts'

/** What a phone keeps after signing in and shows with everything it sends: 43 characters of base64url. */
export const Ticket = T.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
const seq = T.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
export const seat = T.Integer({ minimum: 1, maximum: MOST_PEOPLE })

/** Ten wrong codes from one address, and it has to wait. */
export const findRoom = endpoint({
  method: 'GET',
  url: '/api/districts/:district/rooms/:code',
  summary: '凭六位房间号找到议事会',
  params: T.Object({ ...DistrictParams.properties, code: T.String({ pattern: '^[0-9]{6}$' }) }),
  responses: {
    /** `address`: where phones reach the room, as its QR code says. */
    200: T.Object({ deliberation: id, title: T.String(), address: T.String() }),
    404: Problem,
    429: Problem,
  },
})

export const readRoom = endpoint({
  method: 'GET',
  url: `${deliberation}/room`,
  summary: '房间里大家都看得到的：议程、发言顺序、已上墙的意见、表决和结果',
  params: DeliberationParams,
  responses: { 200: Room, 404: Problem },
})

/** Server-Sent Events: `data` is a RoomEvent, `id` its seq. A stopping server says `event: reconnect`. */
export const streamRoom = endpoint({
  method: 'GET',
  url: `${deliberation}/stream`,
  summary: '房间的实时变化（SSE），since 之后的逐条补上',
  params: DeliberationParams,
  query: T.Object({ since: T.Optional(seq) }),
  responses: { 200: T.Unknown(), 404: Problem, 429: Problem },
})

/** For web views that drop the stream; `far` where so much has happened since that the room is better read anew. */
export const readEvents = endpoint({
  method: 'GET',
  url: `${deliberation}/events`,
  summary: '房间的变化，供收不到实时推送的手机每 3 秒询问一次',
  params: DeliberationParams,
  query: T.Object({ since: seq }),
  responses: { 200: T.Object({ far: T.Boolean(), events: T.Array(RoomEvent) }), 404: Problem },
})

/** The same stream with events for the desk; it ends when the session does. */
export const streamDesk = endpoint({
  method: 'GET',
  url: `${deliberation}/desk-stream`,
  summary: '工作台上的实时变化（SSE）',
  params: DeliberationParams,
  query: T.Object({ since: T.Optional(seq) }),
  responses: { 200: T.Unknown(), 404: Problem },
})

const Named = {
  name: T.Optional(T.String({ maxLength: 40 })),
  compound: T.Optional(T.String({ maxLength: 80 })),
}

export const Present = T.Object({
  participant: id,
  /** Which sign-in it was, from 1 on. */
  number: T.Integer(),
  seat: maybe(T.Integer()),
})
export type Present = Static<typeof Present>

/**
 * A phone comes in. It makes its own id and ticket, so that asking twice counts once. `card` is the secret in the code of
 * a seat card: then it takes that seat, and speaks for whoever was signed in there.
 */
export const comeIn = endpoint({
  method: 'POST',
  url: `${deliberation}/attendance`,
  summary: '手机签到，姓名可不填；重复签到只算一人',
  params: DeliberationParams,
  body: T.Object({
    participant: id,
    ticket: Ticket,
    ...Named,
    card: T.Optional(T.Object({ seat, secret: T.String({ pattern: '^[A-Za-z0-9_-]{16}$' }) })),
    /** Whether the minutes may print the name. */
    namesMe: T.Optional(T.Boolean()),
  }),
  responses: { 200: Present, 201: Present, 404: Problem, 409: Problem, 422: Problem },
})

export const leave = endpoint({
  method: 'POST',
  url: `${deliberation}/attendance/leaving`,
  summary: '手机签退',
  params: DeliberationParams,
  body: T.Object({ ticket: Ticket }),
  responses: { 200: T.Object({ left: T.Boolean() }), 404: Problem, 409: Problem },
})

export const Attendee = T.Object({
  ...Present.properties,
  channel: T.Enum([...presences]),
  name: maybe(T.String()),
  compound: maybe(T.String()),
  signedInAt: T.String(),
  leftAt: maybe(T.String()),
  /** Whether somebody on the roster. */
  invited: T.Boolean(),
})
export type Attendee = Static<typeof Attendee>

export const listAttendance = endpoint({
  method: 'GET',
  url: `${deliberation}/attendance`,
  summary: '签到名单',
  params: DeliberationParams,
  responses: { 200: T.Array(Attendee), 404: Problem },
})

/** Staff at the door, in three fields. A seat that is taken by a phone stays that one person. */
export const signIn = endpoint({
  method: 'POST',
  url: `${deliberation}/attendance/door`,
  summary: '工作人员在门口代为签到：姓名、座位号、小区；同一编号重复提交只算一次',
  params: DeliberationParams,
  body: T.Object({
    participant: id,
    seat: T.Optional(seat),
    ...Named,
    namesMe: T.Optional(T.Boolean()),
  }),
  responses: { 200: Attendee, 201: Attendee, 404: Problem, 409: Problem },
})

export const signOut = endpoint({
  method: 'DELETE',
  url: `${deliberation}/attendance/:participant`,
  summary: '工作人员登记离场',
  params: T.Object({ ...DeliberationParams.properties, participant: id }),
  responses: { 200: T.Object({ left: T.Boolean() }), 404: Problem, 409: Problem },
})

/** Moves the room to an item of the agenda; the one before is done. */
export const goToItem = endpoint({
  method: 'PUT',
  url: `${deliberation}/item`,
  summary: '进入议程中的一项，计时从现在开始；item 为空表示议程结束',
  params: DeliberationParams,
  body: T.Object({ item: maybe(id) }),
  responses: { 200: T.Object({ seq: T.Integer() }), 404: Problem, 409: Problem },
})

export const askToSpeak = endpoint({
  method: 'POST',
  url: `${deliberation}/speakers`,
  summary: '手机上举手，排进发言顺序；已在其中的不重复排',
  params: DeliberationParams,
  body: T.Object({ id, ticket: Ticket }),
  responses: { 200: T.Object({ id }), 201: T.Object({ id }), 404: Problem, 409: Problem },
})

export const addSpeaker = endpoint({
  method: 'POST',
  url: `${deliberation}/speakers/seat`,
  summary: '工作人员按座位号把人排进发言顺序',
  params: DeliberationParams,
  body: T.Object({ id, seat }),
  responses: { 200: T.Object({ id }), 201: T.Object({ id }), 404: Problem, 409: Problem },
})

/** speaking: the one before is done. */
export const moveSpeaker = endpoint({
  method: 'PUT',
  url: `${deliberation}/speakers/:speaker`,
  summary: '请某人发言、结束发言或划去；开始发言时计时',
  params: T.Object({ ...DeliberationParams.properties, speaker: id }),
  body: T.Object({ state: T.Enum(['speaking', 'done', 'withdrawn']) }),
  responses: { 200: T.Object({ seq: T.Integer() }), 404: Problem, 409: Problem },
})
