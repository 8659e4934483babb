import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { Done, Id, Moment } from './shapes.ts'

/** Something that somebody is to know, with the page of ours that it is about. */
export const Notice = T.Object({
  id: Id,
  text: T.String(),
  link: T.Union([T.String(), T.Null()]),
  createdAt: Moment,
  readAt: T.Union([Moment, T.Null()]),
})
export type Notice = Static<typeof Notice>

export const Inbox = T.Object({
  unread: T.Integer(),
  notices: T.Array(Notice),
  /** For the next page; null at the end. */
  next: T.Union([T.String(), T.Null()]),
})
export type Inbox = Static<typeof Inbox>

export const listNotices = endpoint({
  method: 'GET',
  url: '/api/me/notices',
  summary: '我的消息',
  query: T.Object({ cursor: T.Optional(T.String({ pattern: '^[0-9]{1,15}_[0-9a-f-]{36}$' })) }),
  responses: { 200: Inbox },
})

export const readNotice = endpoint({
  method: 'PUT',
  url: '/api/me/notices/:notice/read',
  summary: '把一条消息标为已读',
  params: T.Object({ notice: Id }),
  responses: { 200: Done, 404: Problem },
})

export const readAllNotices = endpoint({
  method: 'PUT',
  url: '/api/me/notices/read',
  summary: '把消息全部标为已读',
  responses: { 200: Done },
})

/** A text message that was not sent, since no provider is set: for trying the platform out. */
export const OutboxMessage = T.Object({
  id: Id,
  phone: T.String(),
  text: T.String(),
  purpose: T.String(),
  createdAt: Moment,
})
export type OutboxMessage = Static<typeof OutboxMessage>

export const readOutbox = endpoint({
  method: 'GET',
  url: '/api/districts/:district/sms/outbox',
  summary: '待发箱：没有设置短信服务时，短信只放在这里',
  params: DistrictParams,
  responses: {
    /** With a provider nothing is shown: messages are sealed until they are sent. */
    200: T.Object({ isSent: T.Boolean(), messages: T.Array(OutboxMessage) }),
  },
})

/** A text message that the provider has not accepted; of the number only its end is shown. */
export const FailedMessage = T.Object({
  id: Id,
  phoneEnd: T.String(),
  purpose: T.String(),
  /** Still being tried, given up, or no longer of use. */
  status: T.Enum(['waiting', 'failed', 'expired']),
  attempts: T.Integer(),
  /** Why, as a code: http_500, timeout, redirected, ECONNREFUSED … */
  problem: T.String(),
  createdAt: Moment,
})
export type FailedMessage = Static<typeof FailedMessage>

export const listFailedMessages = endpoint({
  method: 'GET',
  url: '/api/districts/:district/sms/failures',
  summary: '没有发出去的短信',
  params: DistrictParams,
  responses: { 200: T.Array(FailedMessage) },
})

export const sendMessageAgain = endpoint({
  method: 'POST',
  url: '/api/districts/:district/sms/:message/again',
  summary: '重新发送一条没有发出去的短信',
  params: T.Object({ ...DistrictParams.properties, message: Id }),
  responses: { 200: Done, 404: Problem },
})
