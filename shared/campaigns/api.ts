import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id } from '../schema.ts'
import { channels, SurveyParams } from '../surveys/api.ts'
import { RoundWanted } from '../surveys/versions-api.ts'

const count = T.Integer({ minimum: 0 })
const target = T.Integer({ minimum: 0, maximum: 1_000_000 })
const Band = T.String({ minLength: 1, maxLength: 80 })
const Channel = T.Enum([...channels])

/** How many answers are wanted of one age band of a community through one channel. */
export const Quota = T.Object({ community: Code, channel: Channel, band: Band, target })
export type Quota = Static<typeof Quota>

/** One cell of the board. `valid` are the answers that review has not excluded. */
export const CoverageCell = T.Object({
  channel: Channel,
  band: T.String(),
  target: count,
  reached: count,
  valid: count,
})
export type CoverageCell = Static<typeof CoverageCell>

export const CommunityCoverage = T.Object({
  community: T.String(),
  /** Those with a target or with answers. */
  cells: T.Array(CoverageCell),
  /** Doors at which somebody refused, or nobody was in. */
  refused: count,
  notHome: count,
  /** Household slips that were printed, and those with which an answer came. */
  slips: T.Object({ issued: count, answered: count }),
  /** Answers by the day in China on which they came in; days without are left out. */
  days: T.Array(T.Object({ day: T.String(), n: count })),
})
export type CommunityCoverage = Static<typeof CommunityCoverage>

export const AgeBand = T.Object({
  code: T.String(),
  title: T.String(),
  /** Whether a target can be set: not for those who are counted but not weighted. */
  quota: T.Boolean(),
})
export type AgeBand = Static<typeof AgeBand>

export const Coverage = T.Object({
  survey: T.String(),
  /** Changes with whatever the board shows. */
  state: T.String(),
  /** All rounds, oldest first. */
  rounds: T.Array(T.Integer()),
  bands: T.Array(AgeBand),
  communities: T.Array(CommunityCoverage),
})
export type Coverage = Static<typeof Coverage>

const survey = '/api/districts/:district/surveys/:survey'
const OfRound = T.Object({ round: T.Optional(RoundWanted) })
const PlaceParams = T.Object({ ...SurveyParams.properties, community: Code })

export const readCoverage = endpoint({
  method: 'GET',
  url: `${survey}/coverage`,
  summary:
    '进度：各社区按渠道和年龄段的样本目标、收到和有效答卷，未遇和拒访，入户单，每天的答卷；轮次不写为最近一轮，all 为全部',
  params: SurveyParams,
  query: OfRound,
  responses: { 200: Coverage, 404: Problem },
})

export const readCoverageState = endpoint({
  method: 'GET',
  url: `${survey}/coverage/state`,
  summary: '进度是否有变化（很小的回答，供页面每隔几秒询问）',
  params: SurveyParams,
  query: OfRound,
  responses: { 200: T.Object({ state: T.String() }), 404: Problem },
})

export const readQuotas = endpoint({
  method: 'GET',
  url: `${survey}/quotas`,
  summary: '样本目标，按社区、渠道和年龄段',
  params: SurveyParams,
  responses: { 200: T.Array(Quota), 404: Problem },
})

export const setQuotas = endpoint({
  method: 'PUT',
  url: `${survey}/quotas/:community`,
  summary: '设定一个社区的样本目标，按渠道和年龄段；0 表示不设目标；不能低于已收到的份数',
  params: PlaceParams,
  body: T.Object({
    targets: T.Array(T.Object({ channel: Channel, band: Band, target }), { minItems: 1, maxItems: 400 }),
  }),
  responses: { 200: T.Array(Quota), 404: Problem, 409: Problem, 422: Problem },
})

export const distributeQuotas = endpoint({
  method: 'POST',
  url: `${survey}/quotas/distribution`,
  summary: '把全区一个渠道的样本总数按人口和年龄段分到各社区，每个社区不少于最低份数，已收到的不减',
  params: SurveyParams,
  body: T.Object({
    channel: Channel,
    total: T.Integer({ minimum: 1, maximum: 10_000_000 }),
    minimum: T.Integer({ minimum: 0, maximum: 100_000 }),
  }),
  responses: { 200: T.Array(Quota), 404: Problem, 409: Problem },
})

export const outcomes = ['refused', 'not-home'] as const
export type Outcome = (typeof outcomes)[number]

const day = T.String({ format: 'date' })
const doors = T.Integer({ minimum: 1, maximum: 500 })

/** Visits that ended without an answer: how many doors, and how. */
export const Contact = T.Object({
  id: T.String(),
  day: T.String(),
  outcome: T.Enum([...outcomes]),
  doors: T.Integer(),
  recordedAt: T.String(),
  /** Whether whoever asks has recorded it, and whether they may take it back. */
  mine: T.Boolean(),
  undoable: T.Boolean(),
})
export type Contact = Static<typeof Contact>

export const listContacts = endpoint({
  method: 'GET',
  url: `${survey}/communities/:community/contacts`,
  summary: '一个社区入户时未遇和拒访的记录，最近的在前',
  params: PlaceParams,
  responses: { 200: T.Array(Contact), 404: Problem },
})

export const recordContact = endpoint({
  method: 'POST',
  url: `${survey}/communities/:community/contacts`,
  summary: '记下入户时未遇（not-home）或拒访（refused）的户数；同一编号重复提交只算一次',
  params: PlaceParams,
  body: T.Object({ id, outcome: T.Enum([...outcomes]), doors, day: T.Optional(day) }),
  responses: {
    200: T.Object({ id: T.String() }),
    201: T.Object({ id: T.String() }),
    404: Problem,
    409: Problem,
    422: Problem,
  },
})

export const undoContact = endpoint({
  method: 'DELETE',
  url: `${survey}/communities/:community/contacts/:contact`,
  summary: '撤销一条未遇或拒访的记录',
  params: T.Object({ ...PlaceParams.properties, contact: id }),
  responses: { 200: T.Object({ undone: T.Boolean() }), 403: Problem, 404: Problem },
})

/** Slips that were ordered together, for a community or one of its compounds. */
export const SlipBatch = T.Object({
  batch: T.String(),
  compound: T.Union([T.String(), T.Null()]),
  issuedAt: T.String(),
  issued: T.Integer(),
  answered: T.Integer(),
})
export type SlipBatch = Static<typeof SlipBatch>

export const MOST_SLIPS = 400

export const listSlips = endpoint({
  method: 'GET',
  url: `${survey}/communities/:community/slips`,
  summary: '一个社区的入户单，按批次，最近的在前，附已交回的份数；另附可选的小区',
  params: PlaceParams,
  responses: {
    200: T.Object({
      batches: T.Array(SlipBatch),
      compounds: T.Array(T.Object({ code: T.String(), name: T.String(), households: T.Integer() })),
    }),
    404: Problem,
  },
})

export const orderSlips = endpoint({
  method: 'POST',
  url: `${survey}/communities/:community/slips`,
  summary: '开一批入户单，每张一个编号；同一批次编号重复提交只开一次',
  params: PlaceParams,
  body: T.Object({
    batch: id,
    count: T.Integer({ minimum: 1, maximum: MOST_SLIPS }),
    compound: T.Optional(Code),
  }),
  responses: {
    200: T.Object({ batch: T.String(), codes: T.Array(T.String()) }),
    201: T.Object({ batch: T.String(), codes: T.Array(T.String()) }),
    404: Problem,
    409: Problem,
  },
})

export const printSlips = endpoint({
  method: 'GET',
  url: `${survey}/communities/:community/slips/:batch`,
  summary: '下载一批入户单，A4 纸 PDF，每页八张，可直接打印、沿虚线裁开',
  params: T.Object({ ...PlaceParams.properties, batch: id }),
  responses: { 200: T.Unknown(), 404: Problem },
})
