import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { SurveyParams } from './api.ts'
import { Mapping } from './mapping.ts'
import { RetentionDays } from './retention.ts'

const Title = T.String({ minLength: 1, maxLength: 100 })
/** How often the draft had been saved when it was read. */
const Revision = T.Integer({ minimum: 1, maximum: 1_000_000_000 })

export const DraftListed = T.Object({
  survey: T.String(),
  title: T.String(),
  revision: T.Integer(),
  /** The version that it was made from; none where the survey is new. */
  base: T.Optional(T.Integer()),
  updatedAt: T.String(),
  /** Who saved it last. */
  updatedBy: T.String(),
})
export type DraftListed = Static<typeof DraftListed>

export const DraftRead = T.Object({
  ...DraftListed.properties,
  /** The version that is published now; none where the survey is new. */
  current: T.Optional(T.Integer()),
  definition: T.Unknown(),
  retentionDays: T.Integer(),
  /** Why it cannot be published yet, by question. */
  problems: T.Array(T.Object({ at: T.String(), rule: T.String(), message: T.String() })),
})
export type DraftRead = Static<typeof DraftRead>

const url = '/api/districts/:district/survey-drafts'

export const listDrafts = endpoint({
  method: 'GET',
  url,
  summary: '正在编辑、还没有发布的问卷草稿',
  params: DistrictParams,
  responses: { 200: T.Array(DraftListed) },
})

export const makeDraft = endpoint({
  method: 'POST',
  url,
  summary: '新建问卷草稿：用系统自带的问卷、上传的 SurveyJS 定义，或已发布问卷的当前版本',
  params: DistrictParams,
  body: T.Object({
    from: T.Enum(['questionnaire', 'definition', 'version']),
    /** For the next version of a survey; a new one gets a code of its own where none is given. */
    survey: T.Optional(Code),
    title: T.Optional(Title),
    definition: T.Optional(T.Unknown()),
  }),
  responses: { 201: DraftRead, 409: Problem, 422: Problem },
})

export const readDraft = endpoint({
  method: 'GET',
  url: `${url}/:survey`,
  summary: '问卷草稿，连同还不能发布的原因',
  params: SurveyParams,
  responses: { 200: DraftRead },
})

export const saveDraft = endpoint({
  method: 'PUT',
  url: `${url}/:survey`,
  summary: '保存问卷草稿；别人在此期间保存过的，不会被覆盖',
  params: SurveyParams,
  body: T.Object({ revision: Revision, title: Title, definition: T.Unknown(), retentionDays: RetentionDays }),
  responses: { 200: DraftRead, 409: Problem, 422: Problem },
})

export const discardDraft = endpoint({
  method: 'DELETE',
  url: `${url}/:survey`,
  summary: '丢弃问卷草稿；已发布的版本不受影响',
  params: SurveyParams,
  query: T.Object({ revision: Revision }),
  responses: { 200: T.Object({ discarded: T.Boolean() }), 409: Problem },
})

export const publishDraft = endpoint({
  method: 'POST',
  url: `${url}/:survey/publication`,
  summary: '发布问卷草稿；发布后不可修改',
  params: SurveyParams,
  body: T.Object({
    revision: Revision,
    /** The published version that was looked at, where it is not the one that the draft was made from. */
    over: T.Optional(T.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    /** As with any publication of a version. */
    mapping: T.Optional(Mapping),
    round: T.Optional(T.Enum(['same', 'new'])),
  }),
  responses: { 201: T.Object({ survey: T.String(), version: T.Integer() }), 409: Problem, 422: Problem },
})
