import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { GrantShape } from './api.ts'
import { AuditLine, Purpose } from './audit-api.ts'
import { Id, Moment, Phone } from './shapes.ts'

const orNull = <S extends T.TSchema>(schema: S) => T.Union([schema, T.Null()])

const HeldAccount = T.Object({
  id: Id,
  kind: T.Enum(['staff', 'resident']),
  username: T.String(),
  name: T.String(),
  phone: orNull(Phone),
  status: T.String(),
  grants: T.Array(GrantShape),
  secondFactor: T.Boolean(),
  createdAt: Moment,
  lastSeenAt: orNull(Moment),
  sessions: T.Array(
    T.Object({ startedAt: Moment, seenAt: Moment, from: orNull(T.String()), device: orNull(T.String()) }),
  ),
  notices: T.Array(T.Object({ text: T.String(), createdAt: Moment, readAt: orNull(Moment) })),
  /** What the record says about the person, and what it says that they did. */
  audit: T.Array(AuditLine),
})

const HeldMessage = T.Object({
  purpose: T.String(),
  status: T.String(),
  /** Null once it was wiped. */
  text: orNull(T.String()),
  createdAt: Moment,
})

/** Everything that a district holds about one person. Answers to surveys are not among it: nobody knows whose they are. */
export const PersonalData = T.Object({
  district: T.String(),
  madeAt: Moment,
  phone: orNull(Phone),
  accounts: T.Array(HeldAccount),
  messages: T.Array(HeldMessage),
  /** Codes that were sent and not used, without the code. */
  signInCodes: T.Array(T.Object({ validUntil: Moment, tries: T.Integer() })),
  /** How often codes were asked for lately, so that nobody is flooded with messages. */
  counters: T.Array(T.Object({ what: T.String(), tries: T.Integer(), until: Moment })),
  /** What other rooms hold, each thing with what is said of it. */
  elsewhere: T.Array(T.Object({ what: T.String(), at: Moment, details: T.Record(T.String(), T.String()) })),
})
export type PersonalData = Static<typeof PersonalData>

const Count = T.Integer({ minimum: 0 })

/** How much was erased. */
export const Erasure = T.Object({
  /** Accounts of residents and couriers, which are gone. */
  accounts: Count,
  /** Accounts of staff, of which nothing stays but the id that the record names. */
  anonymised: Count,
  sessions: Count,
  notices: Count,
  messages: Count,
  signInCodes: Count,
})
export type Erasure = Static<typeof Erasure>

const base = '/api/districts/:district/personal-data'
/** The number stands in the body alone: addresses are kept in many places. */
const Request = T.Object({ phone: Phone, purpose: Purpose })

export const exportPersonalData = endpoint({
  method: 'POST',
  url: `${base}/exports`,
  summary: '导出本区持有的某个手机号的全部个人信息（JSON），须写明用途',
  params: DistrictParams,
  body: Request,
  responses: { 200: PersonalData },
})

export const erasePersonalData = endpoint({
  method: 'POST',
  url: `${base}/erasures`,
  summary: '删除本区持有的某个手机号的全部个人信息，不能恢复，须写明用途',
  params: DistrictParams,
  body: Request,
  responses: { 200: Erasure, 409: Problem },
})

export const readOwnData = endpoint({
  method: 'GET',
  url: '/api/me/personal-data',
  summary: '导出本人的全部个人信息',
  responses: { 200: PersonalData, 401: Problem },
})

/** With the password, or for those who have none with a code that was just sent to the phone. */
export const eraseOneself = endpoint({
  method: 'DELETE',
  url: '/api/me',
  summary: '注销本人账号并删除个人信息，不能恢复；须输入密码，或刚收到的短信验证码',
  body: T.Object({
    password: T.Optional(T.String({ minLength: 1, maxLength: 128 })),
    code: T.Optional(T.String({ pattern: '^[0-9]{6}$' })),
  }),
  responses: { 200: Erasure, 401: Problem, 409: Problem, 429: Problem },
})
