import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { id, maybe } from '../schema.ts'
import { DeliberationParams, deliberation } from './api.ts'
import { seat, Ticket } from './attendance-api.ts'
import { choices, MOST_OPTIONS, questionKinds, rules } from './kinds.ts'
import { Option, Outcome, Quorum } from './room.ts'

const QuestionParams = T.Object({ ...DeliberationParams.properties, question: id })

/** A function that a motion, once passed, requires on a site of the community. */
export const Requirement = T.Object({ site: Code, function: Code })
export type Requirement = Static<typeof Requirement>

const Asked = {
  kind: T.Enum([...questionKinds]),
  title: T.String({ minLength: 1, maxLength: 200 }),
  item: maybe(id),
  /** Of an opinion question: statements that are shown, by their ids. Of a motion: none. */
  options: T.Array(Option, { maxItems: MOST_OPTIONS }),
  /** How many may be picked (dots) or are put in order (ranking); 0 otherwise. */
  picks: T.Integer({ minimum: 0, maximum: 20 }),
  /** Motions only. */
  secret: T.Boolean(),
  rule: maybe(T.Enum([...rules])),
  quorum: maybe(Quorum),
  requirement: maybe(Requirement),
}

/** As the desk sees it. */
export const Question = T.Object({
  id,
  ...Asked,
  options: T.Array(Option),
  state: T.Enum(['draft', 'open', 'closed', 'void']),
  reason: maybe(T.String()),
  rerunOf: maybe(id),
  voted: T.Integer(),
  present: T.Integer(),
  /** Seats that were handed a paper ballot in a secret vote. */
  papers: T.Integer(),
  outcome: maybe(Outcome),
})
export type Question = Static<typeof Question>

export const listQuestions = endpoint({
  method: 'GET',
  url: `${deliberation}/questions`,
  summary: '全部表决，含还没有开始的',
  params: DeliberationParams,
  responses: { 200: T.Array(Question), 404: Problem },
})

export const askQuestion = endpoint({
  method: 'POST',
  url: `${deliberation}/questions`,
  summary: '拟一项表决；同一编号重复提交只建一次',
  params: DeliberationParams,
  body: T.Object({ id, ...Asked }),
  responses: { 200: Question, 201: Question, 404: Problem, 409: Problem, 422: Problem },
})

/** `papers`: what the paper ballots of a secret vote say, as many as were handed out. */
export const setQuestionState = endpoint({
  method: 'PUT',
  url: `${deliberation}/questions/:question/state`,
  summary: '开始、结束或作废一项表决；结束时锁定结果；作废要写理由，之后可以重新表决',
  params: QuestionParams,
  body: T.Object({
    state: T.Enum(['open', 'closed', 'void']),
    reason: T.Optional(T.String({ maxLength: 200 })),
    papers: T.Optional(
      T.Object({
        agree: T.Integer({ minimum: 0, maximum: 10_000 }),
        disagree: T.Integer({ minimum: 0, maximum: 10_000 }),
        pass: T.Integer({ minimum: 0, maximum: 10_000 }),
      }),
    ),
  }),
  responses: { 200: Question, 404: Problem, 409: Problem, 422: Problem },
})

/** The same question anew, as a draft, with its reason. */
export const rerunQuestion = endpoint({
  method: 'POST',
  url: `${deliberation}/questions/:question/reruns`,
  summary: '重新表决：照原样再拟一次，并写明理由',
  params: QuestionParams,
  body: T.Object({ id, reason: T.String({ minLength: 1, maxLength: 200 }) }),
  responses: { 200: Question, 201: Question, 404: Problem, 409: Problem, 422: Problem },
})

export const removeQuestion = endpoint({
  method: 'DELETE',
  url: `${deliberation}/questions/:question`,
  summary: '删去一项还没有开始的表决',
  params: QuestionParams,
  responses: { 200: T.Object({ removed: T.Boolean() }), 404: Problem, 409: Problem },
})

/** What somebody casts: `choice` on `subject` (an option of an opinion question, or the question itself), or options picked or in order. */
export const Cast = T.Object({
  /** Made by the device, so that sending twice counts once. */
  id,
  subject: id,
  choice: T.Union([T.Enum([...choices]), T.Array(id, { minItems: 1, maxItems: 20 })]),
})
export type Cast = Static<typeof Cast>

const Taken = T.Object({ taken: T.Integer() })

/** Can be changed until the question closes, but for a secret ballot, which is final. */
export const vote = endpoint({
  method: 'POST',
  url: `${deliberation}/questions/:question/votes`,
  summary: '手机表决；公开表决在结束前可以改，无记名投票投出即定',
  params: QuestionParams,
  body: T.Object({ ticket: Ticket, votes: T.Array(Cast, { minItems: 1, maxItems: MOST_OPTIONS }) }),
  responses: { 200: Taken, 404: Problem, 409: Problem, 422: Problem },
})

export const voteForSeat = endpoint({
  method: 'POST',
  url: `${deliberation}/questions/:question/seat-votes`,
  summary: '工作人员按座位号录入表决；无记名投票只登记领了纸质票（votes 为空）',
  params: QuestionParams,
  body: T.Object({ seat, votes: T.Array(Cast, { maxItems: MOST_OPTIONS }) }),
  responses: { 200: Taken, 404: Problem, 409: Problem, 422: Problem },
})

/** By option: counts of an opinion or a motion (subject is the question), or dots. Kept and labelled apart. */
export const countHands = endpoint({
  method: 'PUT',
  url: `${deliberation}/questions/:question/hands`,
  summary: '录入举手表决的总数，单独列出，不与逐人表决相加',
  params: QuestionParams,
  body: T.Object({
    subject: id,
    counts: T.Object({
      agree: T.Integer({ minimum: 0, maximum: 10_000 }),
      disagree: T.Integer({ minimum: 0, maximum: 10_000 }),
      pass: T.Integer({ minimum: 0, maximum: 10_000 }),
    }),
  }),
  responses: { 200: T.Object({ counted: T.Boolean() }), 404: Problem, 409: Problem, 422: Problem },
})
