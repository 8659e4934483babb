import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { levels, roles } from './roles.ts'
import { Done, Id, Moment, Phone, Username } from './shapes.ts'

const PersonParams = T.Object({ ...DistrictParams.properties, person: Id })
const Password = T.String({ minLength: 1, maxLength: 128 })

export const GrantShape = T.Object({
  role: T.Enum([...roles]),
  level: T.Enum([...levels]),
  code: T.Union([Code, T.Literal('')]),
})

/** One of the staff as the desk lists them. The phone number is only shown by its last four digits. */
export const Person = T.Object({
  id: Id,
  username: T.String(),
  name: T.String(),
  phoneEnd: T.Union([T.String(), T.Null()]),
  grants: T.Array(GrantShape),
  status: T.Enum(['invited', 'active', 'disabled']),
  secondFactor: T.Boolean(),
  lastSeenAt: T.Union([Moment, T.Null()]),
})
export type Person = Static<typeof Person>

/** Who is signed in, and what they still have to do before they may work. */
export const Me = T.Object({
  id: Id,
  username: T.String(),
  name: T.String(),
  district: T.String(),
  grants: T.Array(GrantShape),
  /** Those who sign in with a phone alone have none, and nobody before they have set it. */
  hasPassword: T.Boolean(),
  secondFactor: T.Boolean(),
  must: T.Union([T.Null(), T.Enum(['set-password', 'set-second-factor', 'second-factor'])]),
})
export type Me = Static<typeof Me>

/** A slip of paper for the first sign-in. The code is shown once and never again. */
export const Slip = T.Object({
  person: Id,
  username: T.String(),
  name: T.String(),
  code: T.String(),
  validUntil: Moment,
})
export type Slip = Static<typeof Slip>

const NewPerson = T.Object({
  username: Username,
  name: T.String({ minLength: 1, maxLength: 40 }),
  phone: T.Optional(Phone),
  grants: T.Array(GrantShape, { minItems: 1, maxItems: 20 }),
})

export const readSetup = endpoint({
  method: 'GET',
  url: '/api/setup',
  summary: '是否已经设立管理员',
  responses: { 200: T.Object({ administrator: T.Boolean() }) },
})

/** Makes the first administrator of a district; only from the server's own machine, and only while there is none. */
export const setUp = endpoint({
  method: 'POST',
  url: '/api/setup',
  summary: '设立第一位管理员',
  body: T.Object({
    district: T.String(),
    username: Username,
    name: T.String({ minLength: 1, maxLength: 40 }),
    password: Password,
  }),
  responses: { 201: Me, 403: Problem, 404: Problem, 409: Problem, 422: Problem },
})

export const signIn = endpoint({
  method: 'POST',
  url: '/api/sign-in',
  summary: '用户名和密码登录；首次登录用纸条上的一次性代码',
  body: T.Object({ username: T.String({ maxLength: 60 }), password: Password }),
  responses: { 200: Me, 401: Problem, 429: Problem },
})

export const signInSecond = endpoint({
  method: 'POST',
  url: '/api/sign-in/second',
  summary: '第二步验证：动态口令，或一个备用码',
  body: T.Object({ code: T.String({ pattern: '^([0-9]{6}|[A-Za-z0-9]{5}-[A-Za-z0-9]{5})$' }) }),
  responses: { 200: Me, 401: Problem, 429: Problem },
})

export const sendPhoneCode = endpoint({
  method: 'POST',
  url: '/api/sign-in/phone',
  summary: '发送手机验证码',
  body: T.Object({ district: T.String(), phone: Phone }),
  responses: { 200: Done, 404: Problem, 429: Problem },
})

export const signInByPhone = endpoint({
  method: 'POST',
  url: '/api/sign-in/phone/code',
  summary: '用手机验证码登录',
  body: T.Object({ district: T.String(), phone: Phone, code: T.String({ pattern: '^[0-9]{6}$' }) }),
  responses: { 200: Me, 401: Problem, 404: Problem, 429: Problem },
})

export const signOut = endpoint({
  method: 'POST',
  url: '/api/sign-out',
  summary: '退出登录',
  responses: { 200: Done },
})

export const readMe = endpoint({
  method: 'GET',
  url: '/api/me',
  summary: '当前登录的人',
  responses: { 200: Me, 401: Problem },
})

export const setPassword = endpoint({
  method: 'PUT',
  url: '/api/me/password',
  summary: '设置或修改密码',
  body: T.Object({ current: Password, password: Password }),
  responses: { 200: Done, 401: Problem, 422: Problem, 429: Problem },
})

export const startSecondFactor = endpoint({
  method: 'POST',
  url: '/api/me/second-factor',
  summary: '开始设置动态口令',
  body: T.Object({ password: Password }),
  responses: {
    200: T.Object({ uri: T.String(), secret: T.String(), backupCodes: T.Array(T.String()) }),
    401: Problem,
    409: Problem,
    429: Problem,
  },
})

export const confirmSecondFactor = endpoint({
  method: 'PUT',
  url: '/api/me/second-factor',
  summary: '确认动态口令',
  body: T.Object({ code: T.String({ pattern: '^[0-9]{6}$' }) }),
  responses: { 200: Done, 401: Problem, 429: Problem },
})

export const Session = T.Object({
  id: T.String(),
  startedAt: Moment,
  seenAt: Moment,
  from: T.Union([T.String(), T.Null()]),
  device: T.Union([T.String(), T.Null()]),
  current: T.Boolean(),
})
export type Session = Static<typeof Session>

export const listSessions = endpoint({
  method: 'GET',
  url: '/api/me/sessions',
  summary: '我的登录',
  responses: { 200: T.Array(Session), 401: Problem },
})

export const endSession = endpoint({
  method: 'DELETE',
  url: '/api/me/sessions/:session',
  summary: '结束一处登录',
  params: T.Object({ session: T.String({ maxLength: 80 }) }),
  responses: { 200: Done, 401: Problem, 404: Problem },
})

const base = '/api/districts/:district/people'

export const listPeople = endpoint({
  method: 'GET',
  url: base,
  summary: '人员',
  params: DistrictParams,
  responses: { 200: T.Array(Person) },
})

export const addPerson = endpoint({
  method: 'POST',
  url: base,
  summary: '添加人员，得到首次登录的纸条',
  params: DistrictParams,
  body: NewPerson,
  responses: { 201: Slip, 409: Problem, 422: Problem },
})

export const changeGrants = endpoint({
  method: 'PUT',
  url: `${base}/:person/grants`,
  summary: '修改角色和范围',
  params: PersonParams,
  body: T.Object({ grants: T.Array(GrantShape, { maxItems: 20 }) }),
  responses: { 200: Person, 403: Problem, 404: Problem, 409: Problem, 422: Problem },
})

export const setPersonStatus = endpoint({
  method: 'PUT',
  url: `${base}/:person/status`,
  summary: '停用或启用',
  params: PersonParams,
  body: T.Object({ status: T.Enum(['active', 'disabled']) }),
  responses: { 200: Person, 403: Problem, 404: Problem, 409: Problem },
})

export const newSlip = endpoint({
  method: 'POST',
  url: `${base}/:person/slip`,
  summary: '重新打印首次登录的纸条；原密码、动态口令和所有登录随之作废',
  params: PersonParams,
  responses: { 201: Slip, 404: Problem },
})

export const ImportedPeople = T.Object({
  added: T.Array(Slip),
  /** Row by row what was wrong; with any of these nothing was added. */
  wrong: T.Array(T.Object({ row: T.Integer(), column: T.String(), message: T.String() })),
})
export type ImportedPeople = Static<typeof ImportedPeople>

/** The body is a form with one file, XLSX or CSV, with the columns 用户名 姓名 手机 角色 范围 (codes or names of places, with 、 between). */
export const importPeople = endpoint({
  method: 'POST',
  url: `${base}/import`,
  summary: '从表格导入人员',
  params: DistrictParams,
  responses: { 200: ImportedPeople, 422: Problem },
})

/** An XLSX with the columns of a list of staff, an example row that is skipped, and the roles and places that are the caller's to give. */
export const staffTemplate = endpoint({
  method: 'GET',
  url: `${base}/import/template`,
  summary: '下载人员导入模板（XLSX：表头、示例行、可填的角色和范围）',
  params: DistrictParams,
  responses: { 200: T.Unknown() },
})

const PersonSessionParams = T.Object({ ...PersonParams.properties, session: T.String({ maxLength: 80 }) })

export const listPersonSessions = endpoint({
  method: 'GET',
  url: `${base}/:person/sessions`,
  summary: '某人的登录',
  params: PersonParams,
  responses: { 200: T.Array(Session), 404: Problem },
})

export const endPersonSession = endpoint({
  method: 'DELETE',
  url: `${base}/:person/sessions/:session`,
  summary: '结束某人的一处登录',
  params: PersonSessionParams,
  responses: { 200: Done, 404: Problem },
})
