import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { itemKinds, kinds, MOST_PEOPLE, MOST_SEAT_CARDS, statuses } from './kinds.ts'

const moment = T.String({ format: 'date-time' })
const words = (most: number) => T.String({ minLength: 1, maxLength: most })

export const DeliberationParams = T.Object({ ...DistrictParams.properties, deliberation: id })

export const deliberations = '/api/districts/:district/deliberations'
export const deliberation = `${deliberations}/:deliberation` as const

export const AgendaItem = T.Object({
  id,
  title: words(80),
  kind: T.Enum([...itemKinds]),
  /** How long it may take. */
  minutes: T.Integer({ minimum: 1, maximum: 480 }),
})
export type AgendaItem = Static<typeof AgendaItem>

/** An item of a draft action plan (行动蓝图). */
export const Proposal = T.Object({ id, title: words(80), text: T.String({ maxLength: 1_000 }) })
export type Proposal = Static<typeof Proposal>

/** What a secretary plans. A consultation has `endsAt` and proposals, the others have an agenda. */
export const Plan = T.Object({
  kind: T.Enum([...kinds]),
  title: words(80),
  community: Code,
  /** Compounds of a courtyard council; none is the whole community. */
  compounds: T.Array(Code, { maxItems: 200 }),
  place: T.String({ maxLength: 120 }),
  startsAt: moment,
  endsAt: maybe(moment),
  host: T.String({ maxLength: 40 }),
  /** Whether what residents write waits for the secretary before it is shown. */
  moderated: T.Boolean(),
  speakerSeconds: T.Integer({ minimum: 30, maximum: 3_600 }),
  /** Numbered seat cards to print. */
  seats: T.Integer({ minimum: 0, maximum: MOST_SEAT_CARDS }),
  agenda: T.Array(AgendaItem, { maxItems: 30 }),
  proposals: T.Array(Proposal, { maxItems: 100 }),
})
export type Plan = Static<typeof Plan>

export const Attached = T.Object({ id, name: T.String(), sizeBytes: T.Integer() })
export type Attached = Static<typeof Attached>

export const Invitee = T.Object({ id, name: T.String(), compound: maybe(T.String()), seat: maybe(T.Integer()) })
export type Invitee = Static<typeof Invitee>

export const Planned = T.Object({
  id,
  /** Six digits that open the room. */
  code: T.String(),
  status: T.Enum([...statuses]),
  revision: T.Integer(),
  plan: Plan,
  communityName: T.String(),
  documents: T.Array(Attached),
  roster: T.Array(Invitee),
})
export type Planned = Static<typeof Planned>

export const Listed = T.Object({
  id,
  code: T.String(),
  kind: T.Enum([...kinds]),
  title: T.String(),
  community: T.String(),
  communityName: T.String(),
  startsAt: T.String(),
  status: T.Enum([...statuses]),
  present: T.Integer(),
  statements: T.Integer(),
  /** Follow-ups that are not settled, and of them those past their day. */
  unsettled: T.Integer(),
  overdue: T.Integer(),
  minutes: maybe(T.Enum(['draft', 'approved', 'published'])),
})
export type Listed = Static<typeof Listed>

export const listDeliberations = endpoint({
  method: 'GET',
  url: deliberations,
  summary: '议事会列表：座谈会、议事会、工作坊和线上征求意见，最近的在前',
  params: DistrictParams,
  responses: { 200: T.Array(Listed) },
})

export const planDeliberation = endpoint({
  method: 'POST',
  url: deliberations,
  summary: '筹备一次议事会；同一编号重复提交只建一次',
  params: DistrictParams,
  body: T.Object({ id, community: Code, plan: Plan }),
  responses: { 200: Planned, 201: Planned, 404: Problem, 409: Problem, 422: Problem },
})

export const readPlan = endpoint({
  method: 'GET',
  url: deliberation,
  summary: '一次议事会的筹备情况：议程、名单、附件、房间号',
  params: DeliberationParams,
  responses: { 200: Planned, 404: Problem },
})

export const changePlan = endpoint({
  method: 'PUT',
  url: deliberation,
  summary: '修改议事会的筹备内容；两人同时修改时后保存的会被拒绝',
  params: DeliberationParams,
  body: T.Object({ revision: T.Integer({ minimum: 1 }), plan: Plan }),
  responses: { 200: Planned, 404: Problem, 409: Problem, 422: Problem },
})

/** planned → open → closed; a closed one can be opened again until its minutes are approved. */
export const setStatus = endpoint({
  method: 'PUT',
  url: `${deliberation}/status`,
  summary: '开始或结束议事会；结束时仍在进行的表决要先结束',
  params: DeliberationParams,
  body: T.Object({ status: T.Enum(['open', 'closed']) }),
  responses: { 200: Planned, 404: Problem, 409: Problem },
})

export const setRoster = endpoint({
  method: 'PUT',
  url: `${deliberation}/roster`,
  summary: '写下应到人员名单（姓名，小区、座位号可不填）；重复的姓名和空行会逐行指出，一行不对就都不保存',
  params: DeliberationParams,
  body: T.Object({
    people: T.Array(
      T.Object({
        name: T.String({ maxLength: 40 }),
        compound: T.Optional(T.String({ maxLength: 80 })),
        seat: T.Optional(T.Integer({ minimum: 1, maximum: MOST_PEOPLE })),
      }),
      // More than are allowed are refused by name.
      { maxItems: 2 * MOST_PEOPLE },
    ),
  }),
  responses: { 200: Planned, 404: Problem, 409: Problem, 422: Problem },
})

/** Multipart, field `file`. */
export const importRoster = endpoint({
  method: 'POST',
  url: `${deliberation}/roster/import`,
  summary: '从 XLSX 或 CSV 导入应到人员名单，表头为 姓名、小区、座位号',
  params: DeliberationParams,
  responses: { 200: Planned, 404: Problem, 409: Problem, 422: Problem },
})

export const rosterTemplate = endpoint({
  method: 'GET',
  url: `${deliberation}/roster/template`,
  summary: '下载名单模板（XLSX）',
  params: DeliberationParams,
  responses: { 200: T.Unknown(), 404: Problem },
})

/** Multipart, field `file`. */
export const attachDocument = endpoint({
  method: 'POST',
  url: `${deliberation}/documents`,
  summary: '附上会议材料（PDF），居民在房间里可以下载',
  params: DeliberationParams,
  responses: { 201: Planned, 404: Problem, 422: Problem },
})

export const removeDocument = endpoint({
  method: 'DELETE',
  url: `${deliberation}/documents/:document`,
  summary: '撤下一份会议材料',
  params: T.Object({ ...DeliberationParams.properties, document: id }),
  responses: { 200: Planned, 404: Problem },
})

export const listDocuments = endpoint({
  method: 'GET',
  url: `${deliberation}/documents`,
  summary: '会议材料目录，居民也可查看',
  params: DeliberationParams,
  responses: { 200: T.Array(Attached), 404: Problem },
})

export const readDocument = endpoint({
  method: 'GET',
  url: `${deliberation}/documents/:document`,
  summary: '下载一份会议材料',
  params: T.Object({ ...DeliberationParams.properties, document: id }),
  responses: { 200: T.Unknown(), 404: Problem },
})

export const prints = ['poster', 'tables', 'seats'] as const

export const printSheet = endpoint({
  method: 'GET',
  url: `${deliberation}/prints/:sheet`,
  summary: '打印用 PDF：海报（poster）、桌卡（tables）、座位卡（seats，每张一个号码和二维码）',
  params: T.Object({ ...DeliberationParams.properties, sheet: T.Enum([...prints]) }),
  responses: { 200: T.Unknown(), 404: Problem, 422: Problem },
})
