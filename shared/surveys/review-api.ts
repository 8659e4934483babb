import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Problem } from '../problem.ts'
import { SurveyParams } from './api.ts'

/** What a person makes of an answer; `open` takes an earlier decision back, and the answer counts again. */
export const decisions = ['kept', 'excluded', 'open'] as const
export type Decision = (typeof decisions)[number]

export const MOST_AT_ONCE = 200

export const ReviewResult = T.Object({
  /** Answers that the decision now holds for. */
  decided: T.Array(T.String()),
  /** Those it could not be made for, and why. */
  passed: T.Array(T.Object({ response: T.String(), code: T.String(), message: T.String() })),
})
export type ReviewResult = Static<typeof ReviewResult>

export const reviewResponses = endpoint({
  method: 'POST',
  url: '/api/districts/:district/surveys/:survey/reviews',
  summary: '保留或排除答卷；可以一次复核多份，排除须写明理由；答卷不删除，结论随时可以改（open 为撤销复核）',
  params: SurveyParams,
  body: T.Object({
    responses: T.Array(T.String({ format: 'uuid', maxLength: 36 }), { minItems: 1, maxItems: MOST_AT_ONCE }),
    decision: T.Enum([...decisions]),
    reason: T.Optional(T.String({ minLength: 1, maxLength: 200 })),
  }),
  responses: { 200: ReviewResult, 409: Problem, 410: Problem, 422: Problem },
})
