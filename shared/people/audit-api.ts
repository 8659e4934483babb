import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { DistrictParams } from '../places/api.ts'
import { Moment } from './shapes.ts'

/** One line of the record: who did what to what, when, why and from where. Names and numbers of people are not in it. */
export const AuditLine = T.Object({
  seq: T.Integer(),
  at: Moment,
  /** Id of a person, or `key`, `local`, `resident`, `system`. */
  actor: T.String(),
  action: T.String(),
  subject: T.String(),
  /** What it was and what it became. */
  before: T.Unknown(),
  after: T.Unknown(),
  purpose: T.Union([T.String(), T.Null()]),
  from: T.Union([T.String(), T.Null()]),
})
export type AuditLine = Static<typeof AuditLine>

const Words = T.String({ pattern: '^[^\\x00-\\x1f\\x7f]{1,200}$' })
/** A day in China; both ends count. */
const Day = T.String({ format: 'date' })

const AuditFilter = T.Object({
  actor: T.Optional(Words),
  action: T.Optional(Words),
  /** Whatever begins with it: `person:` for all people. */
  subject: T.Optional(Words),
  from: T.Optional(Day),
  to: T.Optional(Day),
})
export type AuditFilter = Static<typeof AuditFilter>

const Cursor = T.String({ pattern: '^[1-9][0-9]{0,14}$' })

export const searchAuditCall = endpoint({
  method: 'GET',
  url: '/api/districts/:district/audit',
  summary: '审计记录，新的在前；每次最多 100 条，接着看时带上 next',
  params: DistrictParams,
  query: T.Object({ ...AuditFilter.properties, cursor: T.Optional(Cursor) }),
  responses: { 200: T.Object({ entries: T.Array(AuditLine), next: T.Union([Cursor, T.Null()]) }) },
})

/** Why somebody wants personal data or the record; it is kept in the record. */
export const Purpose = T.String({ pattern: '^[^\\x00-\\x1f\\x7f]{2,200}$' })

/** Every export is itself an entry, with the purpose that was given. */
export const exportAudit = endpoint({
  method: 'GET',
  url: '/api/districts/:district/audit.csv',
  summary: '导出审计记录（CSV），须写明用途，导出本身也会记录',
  params: DistrictParams,
  query: T.Object({ ...AuditFilter.properties, purpose: Purpose }),
  responses: { 200: T.Unknown() },
})
