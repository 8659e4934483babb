import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { DeliberationParams, deliberation } from './api.ts'
import { seat, Ticket } from './attendance-api.ts'
import { answers, MOST_STATEMENT_LENGTH, statementStates } from './kinds.ts'

/** Longer ones are refused by name, not as a malformed request. */
const text = T.String({ minLength: 1, maxLength: 20 * MOST_STATEMENT_LENGTH })
const StatementParams = T.Object({ ...DeliberationParams.properties, statement: id })

const Receipt = T.Object({ statement: id, number: T.Integer() })

/** A resident writes on the phone; the id is the phone's own, so that sending twice counts once. */
export const makeStatement = endpoint({
  method: 'POST',
  url: `${deliberation}/statements`,
  summary: '居民在手机上提意见，得到第几号回执；同一编号重复提交只算一条',
  params: DeliberationParams,
  body: T.Object({ id, ticket: Ticket, text, proposal: T.Optional(id) }),
  responses: { 200: Receipt, 201: Receipt, 404: Problem, 409: Problem, 422: Problem },
})

/** As its writer sees it. */
export const OwnStatement = T.Object({
  id,
  number: T.Integer(),
  text: T.String(),
  state: T.Enum([...statementStates]),
  /** Into which number it was merged. */
  mergedInto: maybe(T.Integer()),
  reason: maybe(T.String()),
  answer: maybe(T.Enum([...answers])),
  result: maybe(T.String()),
  /** Follow-ups that it led to: 你提的 → 结果. */
  followUps: T.Array(T.Object({ text: T.String(), state: T.String(), outcome: maybe(T.String()) })),
})
export type OwnStatement = Static<typeof OwnStatement>

export const readOwn = endpoint({
  method: 'POST',
  url: `${deliberation}/statements/own`,
  summary: '自己提过的意见办到了哪一步，以及自己的表态',
  params: DeliberationParams,
  body: T.Object({ ticket: Ticket }),
  responses: {
    200: T.Object({
      number: T.Integer(),
      seat: maybe(T.Integer()),
      left: T.Boolean(),
      statements: T.Array(OwnStatement),
      /** Whether the place in the list of speakers is still there. */
      speaking: maybe(T.Enum(['waiting', 'speaking'])),
      /** One's own open votes by question; of a secret ballot only that one has voted. */
      votes: T.Array(
        T.Object({
          question: id,
          /** By option in an opinion question, otherwise one line with the question's id. */
          cast: T.Array(T.Object({ subject: id, choice: maybe(T.Union([T.String(), T.Array(id)])) })),
        }),
      ),
    }),
    404: Problem,
    409: Problem,
  },
})

/** As the desk sees it. */
export const Statement = T.Object({
  id,
  number: T.Integer(),
  text: T.String(),
  item: maybe(id),
  proposal: maybe(id),
  seat: maybe(T.Integer()),
  channel: T.Enum(['phone', 'desk']),
  state: T.Enum([...statementStates]),
  reason: maybe(T.String()),
  mergedInto: maybe(id),
  /** Confirmed by a person. */
  service: maybe(T.String()),
  /** Suggested from its words. */
  suggested: maybe(T.String()),
  answer: maybe(T.Enum([...answers])),
  result: maybe(T.String()),
  createdAt: T.String(),
})
export type Statement = Static<typeof Statement>

export const listStatements = endpoint({
  method: 'GET',
  url: `${deliberation}/statements`,
  summary: '全部意见，含待审核、未采用和并入他条的',
  params: DeliberationParams,
  responses: { 200: T.Array(Statement), 404: Problem },
})

/** The secretary takes down what is said in the room: shown at once. */
export const takeDown = endpoint({
  method: 'POST',
  url: `${deliberation}/statements/taken`,
  summary: '工作人员记录一条发言，座位号可不填；同一编号重复提交只算一条',
  params: DeliberationParams,
  body: T.Object({ id, text, seat: T.Optional(seat), item: T.Optional(maybe(id)) }),
  responses: { 200: Statement, 201: Statement, 404: Problem, 409: Problem, 422: Problem },
})

export const moderate = endpoint({
  method: 'PUT',
  url: `${deliberation}/statements/:statement/state`,
  summary: '审核：上墙，或不采用并说明理由；上墙的可以撤下',
  params: StatementParams,
  body: T.Object({
    state: T.Enum(['shown', 'rejected', 'received']),
    reason: T.Optional(T.String({ maxLength: 200 })),
  }),
  responses: { 200: Statement, 404: Problem, 409: Problem, 422: Problem },
})

export const mergeStatements = endpoint({
  method: 'PUT',
  url: `${deliberation}/statements/:statement/merged`,
  summary: '并入另一条，双方原话都保留；into 为空表示拆开',
  params: StatementParams,
  body: T.Object({ into: maybe(id) }),
  responses: { 200: Statement, 404: Problem, 409: Problem },
})

export const codeStatement = endpoint({
  method: 'PUT',
  url: `${deliberation}/statements/:statement/service`,
  summary: '确认意见属于哪一项服务；空表示都不是',
  params: StatementParams,
  body: T.Object({ service: maybe(Code) }),
  responses: { 200: Statement, 404: Problem, 422: Problem },
})

/** Of a consultation, with one of three answers; in a room, what came of it. */
export const answerStatement = endpoint({
  method: 'PUT',
  url: `${deliberation}/statements/:statement/answer`,
  summary: '答复一条意见：采纳、部分采纳或未采纳，并说明理由；现场议事只写结果',
  params: StatementParams,
  body: T.Object({ answer: maybe(T.Enum([...answers])), result: T.String({ maxLength: 500 }) }),
  responses: { 200: Statement, 404: Problem, 409: Problem, 422: Problem },
})

/** Words by service, from which services are suggested. */
export const Keywords = T.Array(
  T.Object({ service: Code, words: T.Array(T.String({ minLength: 1, maxLength: 20 }), { maxItems: 200 }) }),
  { maxItems: 60 },
)
export type Keywords = Static<typeof Keywords>

export const readKeywords = endpoint({
  method: 'GET',
  url: '/api/districts/:district/statement-keywords',
  summary: '意见归类用的关键词，按服务',
  params: DistrictParams,
  responses: { 200: Keywords },
})

export const setKeywords = endpoint({
  method: 'PUT',
  url: '/api/districts/:district/statement-keywords',
  summary: '修改意见归类用的关键词',
  params: DistrictParams,
  body: Keywords,
  responses: { 200: Keywords, 422: Problem },
})
