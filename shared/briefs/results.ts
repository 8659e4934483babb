import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { CommunityParams } from '../places/api.ts'

/** What may be told to everybody of a community's answers so far. */
export const Results = T.Object({
  /** How many answers the shares rest on; null until there are enough. */
  n: T.Union([T.Integer(), T.Null()]),
  /** When those answers were counted; null until there are enough. */
  answersAsOf: T.Union([T.String(), T.Null()]),
  /** What most residents need, the most needed first: published shares of residents, 0..1. */
  services: T.Array(T.Object({ service: T.String(), name: T.String(), need: T.Number() })),
})
export type Results = Static<typeof Results>

export const readResults = endpoint({
  method: 'GET',
  url: '/api/districts/:district/communities/:community/results',
  summary: '一个社区可以公开的初步结果（答卷不足 10 份时不公布；每增加 10 份才更新）',
  params: CommunityParams,
  responses: { 200: Results },
})
