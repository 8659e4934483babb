import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Problem } from '../problem.ts'
import { SurveyParams } from './api.ts'
import { QuestionChange } from './compare.ts'
import { Mapping } from './mapping.ts'

const Version = T.Integer({ minimum: 1, maximum: 1_000_000 })

/** Of which round answers are meant: the number of one, or all; where nothing is said, the newest. */
export const RoundWanted = T.String({ pattern: '^(all|[1-9][0-9]{0,5})$', maxLength: 6 })

export const VersionListed = T.Object({
  version: T.Integer(),
  round: T.Integer(),
  publishedAt: T.String(),
  /** Null where nobody wrote it down. */
  publishedBy: T.Union([T.String(), T.Null()]),
  /** Answers to this version itself, from the communities that the reader holds. */
  n: T.Integer(),
  /** Earlier versions whose answers count on in this one. */
  carried: T.Array(T.Integer()),
})
export type VersionListed = Static<typeof VersionListed>

export const listVersions = endpoint({
  method: 'GET',
  url: '/api/districts/:district/surveys/:survey/versions',
  summary: '问卷的各个版本与轮次：何时由谁发布、有多少份答卷、以前版本的答卷是否一并计入',
  params: SurveyParams,
  responses: { 200: T.Array(VersionListed) },
})

export const VersionsCompared = T.Object({
  from: T.Integer(),
  to: T.Integer(),
  /** How questions and choices continue, without what keeps its name; null where that was never said between the two. */
  mapping: T.Union([Mapping, T.Null()]),
  questions: T.Array(QuestionChange),
  /** Why answers to `from` do not count on in `to`; empty where they do. */
  why: T.Array(T.String()),
})
export type VersionsCompared = Static<typeof VersionsCompared>

export const compareTwoVersions = endpoint({
  method: 'GET',
  url: '/api/districts/:district/surveys/:survey/comparison',
  summary: '比较问卷的两个版本：逐题说明改了什么、口径变没变',
  params: SurveyParams,
  /** By default the current version and the one before it. */
  query: T.Object({ from: T.Optional(Version), to: T.Optional(Version) }),
  responses: { 200: VersionsCompared, 422: Problem },
})

export const beginRound = endpoint({
  method: 'POST',
  url: '/api/districts/:district/surveys/:survey/rounds',
  summary: '用当前版本的题目原样开始新一轮；从这时起的答卷另算一轮',
  params: SurveyParams,
  /** The version that was looked at: if another was published meanwhile, nothing happens. */
  body: T.Object({ version: Version }),
  responses: {
    201: T.Object({ survey: T.String(), version: T.Integer(), round: T.Integer() }),
    409: Problem,
  },
})

const Option = T.Object({ value: T.String(), text: T.String() })

export const DraftCompared = T.Object({
  from: T.Integer(),
  /** How often the draft had been saved. */
  revision: T.Integer(),
  /** How questions and choices would continue if nobody said anything, without what keeps its name. */
  mapping: Mapping,
  questions: T.Array(QuestionChange),
  /** Choices of questions that continue: those without a successor, and those that follow on none. */
  choices: T.Array(T.Object({ question: T.String(), lost: T.Array(Option), fresh: T.Array(Option) })),
  why: T.Array(T.String()),
})
export type DraftCompared = Static<typeof DraftCompared>

export const compareDraft = endpoint({
  method: 'GET',
  url: '/api/districts/:district/survey-drafts/:survey/comparison',
  summary: '比较问卷草稿与已发布的当前版本：逐题说明改了什么、口径变没变、哪些题还没有着落',
  params: SurveyParams,
  responses: { 200: DraftCompared, 404: Problem, 422: Problem },
})
