import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code } from '../places/api.ts'
import { SurveyParams } from '../surveys/api.ts'
import { decisions } from '../surveys/review-api.ts'
import { RoundWanted } from '../surveys/versions-api.ts'
import { signKinds } from './signs.ts'

const orNull = <S extends T.TSchema>(schema: S) => T.Union([schema, T.Null()])
const Kind = T.Enum([...signKinds])

/** An answer that something speaks against, as a person reads it who keeps or excludes it. It names nobody. */
export const FlaggedAnswer = T.Object({
  id: T.String(),
  version: T.Integer(),
  community: T.String(),
  channel: T.String(),
  proxy: T.Boolean(),
  startedAt: T.String(),
  seconds: T.Number(),
  score: T.Integer(),
  signs: T.Array(T.Object({ sign: Kind, points: T.Integer(), words: T.String() })),
  /** What a person decided, `open` where nobody has. */
  decision: T.Enum([...decisions]),
  reason: orNull(T.String()),
  decidedAt: orNull(T.String()),
  /** What was said, question by question. */
  said: T.Array(T.Object({ title: T.String(), text: T.String(), open: T.Boolean() })),
})
export type FlaggedAnswer = Static<typeof FlaggedAnswer>

export const QueueCounts = T.Object({
  /** Answers that something speaks against; of those and of others that a person looked at, what was decided. */
  flagged: T.Integer(),
  open: T.Integer(),
  kept: T.Integer(),
  excluded: T.Integer(),
  /** Flagged answers by sign; one may have several. */
  signs: T.Array(T.Object({ sign: Kind, n: T.Integer(), excluded: T.Integer() })),
})
export type QueueCounts = Static<typeof QueueCounts>

export const PAGE = 50

export const readQueue = endpoint({
  method: 'GET',
  url: '/api/districts/:district/surveys/:survey/quality',
  summary: '有疑点的答卷，疑点最重的在前；可按轮次（不写为最近一轮，all 为全部）、疑点、社区和复核结论筛选',
  params: SurveyParams,
  query: T.Object({
    round: T.Optional(RoundWanted),
    sign: T.Optional(Kind),
    community: T.Optional(Code),
    decision: T.Optional(T.Enum([...decisions, 'all'])),
    /** How many to pass over. */
    from: T.Optional(T.Integer({ minimum: 0, maximum: 1_000_000 })),
  }),
  responses: {
    200: T.Object({
      /** Those in which anybody has answered, oldest first. */
      rounds: T.Array(T.Integer()),
      counts: QueueCounts,
      matching: T.Integer(),
      answers: T.Array(FlaggedAnswer),
    }),
  },
})
