import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { DeliberationParams, deliberation } from './api.ts'
import { followUpStates } from './kinds.ts'

/** What the secretary writes into the minutes beside what the record says: by section, e.g. `opening`, an agenda item's id, `closing`. */
export const MinutesTexts = T.Array(
  T.Object({ section: T.String({ maxLength: 60 }), text: T.String({ maxLength: 5_000 }) }),
  { maxItems: 60 },
)
export type MinutesTexts = Static<typeof MinutesTexts>

export const Minutes = T.Object({
  revision: T.Integer(),
  status: T.Enum(['draft', 'approved', 'published']),
  texts: MinutesTexts,
  /** The whole document as data (shared/document.ts), frozen once approved. */
  document: T.Unknown(),
  sha256: maybe(T.String()),
  approvedAt: maybe(T.String()),
  publishedAt: maybe(T.String()),
})
export type Minutes = Static<typeof Minutes>

export const readMinutes = endpoint({
  method: 'GET',
  url: `${deliberation}/minutes`,
  summary: '纪要：由记录自动生成，加上书记修改的文字；审定后不再改变',
  params: DeliberationParams,
  responses: { 200: Minutes, 404: Problem },
})

export const editMinutes = endpoint({
  method: 'PUT',
  url: `${deliberation}/minutes`,
  summary: '修改纪要的文字；两人同时修改时后保存的会被拒绝',
  params: DeliberationParams,
  body: T.Object({ revision: T.Integer({ minimum: 0 }), texts: MinutesTexts }),
  responses: { 200: Minutes, 404: Problem, 409: Problem },
})

/** approved freezes it with a hash, published lets residents read it. */
export const setMinutesStatus = endpoint({
  method: 'PUT',
  url: `${deliberation}/minutes/status`,
  summary: '审定纪要（冻结并生成校验值），或公布给居民',
  params: DeliberationParams,
  body: T.Object({ revision: T.Integer({ minimum: 0 }), status: T.Enum(['approved', 'published']) }),
  responses: { 200: Minutes, 404: Problem, 409: Problem },
})

export const downloadMinutes = endpoint({
  method: 'GET',
  url: `${deliberation}/minutes/:format`,
  summary: '下载纪要（docx、pdf）',
  params: T.Object({ ...DeliberationParams.properties, format: T.Enum(['docx', 'pdf']) }),
  responses: { 200: T.Unknown(), 404: Problem },
})

export const FollowUp = T.Object({
  id,
  number: T.Integer(),
  text: T.String(),
  owner: T.String(),
  dueOn: T.String(),
  statements: T.Array(id),
  question: maybe(id),
  state: T.Enum([...followUpStates]),
  /** Evidence once done, the reason where it cannot be done. */
  outcome: maybe(T.String()),
  revision: T.Integer(),
  overdue: T.Boolean(),
})
export type FollowUp = Static<typeof FollowUp>

const Wanted = {
  text: T.String({ minLength: 1, maxLength: 300 }),
  owner: T.String({ minLength: 1, maxLength: 60 }),
  dueOn: T.String({ format: 'date' }),
  statements: T.Array(id, { maxItems: 200 }),
  question: maybe(id),
}

export const listFollowUps = endpoint({
  method: 'GET',
  url: `${deliberation}/follow-ups`,
  summary: '跟进事项',
  params: DeliberationParams,
  responses: { 200: T.Array(FollowUp), 404: Problem },
})

export const addFollowUp = endpoint({
  method: 'POST',
  url: `${deliberation}/follow-ups`,
  summary: '记下一件跟进事项：谁办、何时办完、回应哪几条意见；同一编号重复提交只记一次',
  params: DeliberationParams,
  body: T.Object({ id, ...Wanted }),
  responses: { 200: FollowUp, 201: FollowUp, 404: Problem, 409: Problem },
})

export const changeFollowUp = endpoint({
  method: 'PUT',
  url: `${deliberation}/follow-ups/:followUp`,
  summary: '更新跟进事项：办结要写依据，办不了要写理由',
  params: T.Object({ ...DeliberationParams.properties, followUp: id }),
  body: T.Object({
    revision: T.Integer({ minimum: 1 }),
    ...Wanted,
    state: T.Enum([...followUpStates]),
    outcome: maybe(T.String({ maxLength: 500 })),
  }),
  responses: { 200: FollowUp, 404: Problem, 409: Problem, 422: Problem },
})

/** Over all deliberations within reach, the most pressing first. */
export const listUnsettled = endpoint({
  method: 'GET',
  url: '/api/districts/:district/follow-ups',
  summary: '还没有办完的跟进事项，快到期和已过期的在前',
  params: DistrictParams,
  responses: { 200: T.Array(T.Object({ ...FollowUp.properties, deliberation: id, title: T.String() })) },
})

/** What residents may read of what came of it: 你提的 → 结果. */
export const readResults = endpoint({
  method: 'GET',
  url: `${deliberation}/results`,
  summary: '办理结果（公开）：公布的纪要、每条意见的结果和跟进事项',
  params: DeliberationParams,
  responses: {
    200: T.Object({
      title: T.String(),
      published: T.Boolean(),
      sha256: maybe(T.String()),
      statements: T.Array(
        T.Object({
          number: T.Integer(),
          text: T.String(),
          mergedInto: maybe(T.Integer()),
          result: maybe(T.String()),
          followUps: T.Array(T.Integer()),
        }),
      ),
      followUps: T.Array(
        T.Object({
          number: T.Integer(),
          text: T.String(),
          owner: T.String(),
          dueOn: T.String(),
          state: T.Enum([...followUpStates]),
          outcome: maybe(T.String()),
        }),
      ),
    }),
    404: Problem,
  },
})

export const readPublicMinutes = endpoint({
  method: 'GET',
  url: `${deliberation}/results/minutes.pdf`,
  summary: '已公布的纪要（PDF）',
  params: DeliberationParams,
  responses: { 200: T.Unknown(), 404: Problem },
})

/** Of a consultation: every comment with its answer. */
export const answerTable = endpoint({
  method: 'GET',
  url: `${deliberation}/answers.xlsx`,
  summary: '征求意见答复表（XLSX）：每条意见、采纳情况和理由',
  params: DeliberationParams,
  responses: { 200: T.Unknown(), 404: Problem, 409: Problem },
})
