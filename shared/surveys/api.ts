import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { Mapping } from './mapping.ts'
import { Notice } from './notice.ts'
import { RetentionDays } from './retention.ts'
import { settings } from './status.ts'

export const channels = ['online', 'visit', 'paper', 'meeting'] as const
export type Channel = (typeof channels)[number]

const instant = T.String({ format: 'date-time', maxLength: 40 })

/** An answer on its way in. `id` is a uuid that the client makes, so that sending again never makes a second answer. */
export const Submission = T.Object(
  {
    id: T.String({ format: 'uuid' }),
    community: Code,
    version: T.Integer({ minimum: 1, maximum: 1_000_000 }),
    channel: T.Enum([...channels]),
    proxy: T.Boolean(),
    startedAt: instant,
    submittedAt: instant,
    consentVersion: T.String({ minLength: 1, maxLength: 40 }),
    answers: T.Object({}, { additionalProperties: true }),
    slip: T.Optional(T.String({ pattern: '^[A-Za-z0-9-]{1,40}$' })),
    device: T.Optional(T.String({ pattern: '^[A-Za-z0-9_-]{1,128}$' })),
  },
  { additionalProperties: false },
)
export type Submission = Static<typeof Submission>

/** The receipt code begins with the district's, e.g. YX-7K2M-9QTR-4BXW. */
export const Receipt = T.Object({ id: T.String(), receipt: T.String() })
export type Receipt = Static<typeof Receipt>

export const SurveyParams = T.Object({ ...DistrictParams.properties, survey: Code })

const Published = T.Object({
  survey: T.String(),
  title: T.String(),
  status: T.String(),
  version: T.Integer(),
  definition: T.Unknown(),
})

export const SurveyListed = T.Object({
  survey: T.String(),
  title: T.String(),
  status: T.String(),
  /** When it opens and closes by itself, where that was said. */
  opensAt: T.Optional(T.String()),
  closesAt: T.Optional(T.String()),
  /** The current version, and when it was published. */
  version: T.Integer(),
  publishedAt: T.String(),
})
export type SurveyListed = Static<typeof SurveyListed>

export const listSurveys = endpoint({
  method: 'GET',
  url: '/api/districts/:district/surveys',
  summary: '本区的问卷，最近发布的在前',
  params: DistrictParams,
  responses: { 200: T.Array(SurveyListed) },
})

/** What a publication made of the version before; nothing of that for a first version. */
const Follows = T.Object({
  round: T.Integer(),
  /** Whether the answers to the version before count on, and why not. */
  countsOn: T.Optional(T.Boolean()),
  why: T.Optional(T.Array(T.String())),
  /** Questions of the version before that have no successor. */
  givenUp: T.Optional(T.Array(T.Object({ name: T.String(), title: T.String() }))),
})

export const publishSurvey = endpoint({
  method: 'POST',
  url: '/api/districts/:district/surveys/:survey/versions',
  summary: '发布问卷的一个新版本（definition.notice 可以带本区自己的告知书）；发布后不可修改',
  params: SurveyParams,
  body: T.Object({
    title: T.String({ minLength: 1, maxLength: 100 }),
    definition: T.Unknown(),
    /** Answers are erased so many days after the survey is closed; 180 where nothing is said. */
    retentionDays: T.Optional(RetentionDays),
    /** How questions and choices of the version before continue; without it, what keeps its name or its words does. */
    mapping: T.Optional(Mapping),
    /** `new` begins a new round, in which no earlier answer counts; by default the round goes on. */
    round: T.Optional(T.Enum(['same', 'new'])),
  }),
  responses: {
    201: T.Object({ survey: T.String(), version: T.Integer(), ...Follows.properties }),
    422: Problem,
  },
})

export const setSurveyStatus = endpoint({
  method: 'PUT',
  url: '/api/districts/:district/surveys/:survey/status',
  summary: '开放、暂停或结束问卷，或定下自动开放和结束的时间；结束时删除设备标识，并从这时起算保存期限；期限只能缩短',
  params: SurveyParams,
  body: T.Object({
    status: T.Enum([...settings]),
    retentionDays: T.Optional(RetentionDays),
    /** Null: at no set time. Where nothing is said it stays as it was. */
    opensAt: T.Optional(T.Union([instant, T.Null()])),
    closesAt: T.Optional(T.Union([instant, T.Null()])),
  }),
  responses: { 200: T.Object({ status: T.String() }), 409: Problem, 422: Problem },
})

export const readSurvey = endpoint({
  method: 'GET',
  url: '/api/districts/:district/surveys/:survey',
  summary: '问卷当前版本，或指定的版本',
  params: SurveyParams,
  query: T.Object({ version: T.Optional(T.Integer({ minimum: 1, maximum: 1_000_000 })) }),
  responses: { 200: Published },
})

export const listLinks = endpoint({
  method: 'GET',
  url: '/api/districts/:district/surveys/:survey/links',
  summary: '每个社区的问卷短码',
  params: SurveyParams,
  responses: { 200: T.Array(T.Object({ code: T.String(), community: T.String() })) },
})

export const openLink = endpoint({
  method: 'GET',
  url: '/api/s/:code',
  summary: '由海报上的短码找到问卷与社区',
  params: T.Object({ code: T.String({ pattern: '^[A-Za-z]{2,4}-?[A-Za-z0-9-]{4,20}$' }) }),
  responses: {
    404: Problem,
    200: T.Object({
      district: T.String(),
      districtName: T.String(),
      survey: T.String(),
      community: T.String(),
      communityName: T.String(),
      status: T.String(),
      /** Where it is not open yet. */
      opensAt: T.Optional(T.String()),
      version: T.Integer(),
      retentionDays: RetentionDays,
      /** Where the survey brings a notice of its own. */
      notice: T.Optional(Notice),
    }),
  },
})

export const submitResponse = endpoint({
  method: 'POST',
  url: '/api/districts/:district/surveys/:survey/responses',
  summary: '提交答卷；同一编号重复提交只算一份',
  params: SurveyParams,
  body: Submission,
  responses: { 200: Receipt, 201: Receipt, 403: Problem, 409: Problem, 410: Problem, 422: Problem },
})

export const withdrawResponse = endpoint({
  method: 'POST',
  url: '/api/districts/:district/withdrawals',
  summary: '凭回执码撤回答卷',
  params: DistrictParams,
  body: T.Object({ receipt: T.String({ minLength: 4, maxLength: 40 }) }),
  responses: { 200: T.Object({ withdrawn: T.Boolean() }), 410: Problem },
})
