import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'
import { Problem } from '../problem.ts'
import { SurveyParams } from '../surveys/api.ts'
import { RoundWanted } from '../surveys/versions-api.ts'

/** A theme of the dictionary: what open answers are sorted under. */
export const ThemeCode = T.Object(
  {
    code: T.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
    name: T.String({ minLength: 1, maxLength: 20 }),
    /** The service of the catalogue that it is about. */
    service: T.Union([Code, T.Null()]),
    keywords: T.Array(T.String({ minLength: 1, maxLength: 20 }), { maxItems: 80 }),
    /** No longer suggested; what was confirmed stays. */
    retired: T.Boolean(),
  },
  { additionalProperties: false },
)
export type ThemeCode = Static<typeof ThemeCode>

const Revision = T.Integer({ minimum: 0, maximum: 1_000_000_000 })
export const Dictionary = T.Object({ revision: Revision, codes: T.Array(ThemeCode) })
export type Dictionary = Static<typeof Dictionary>

const CodeName = ThemeCode.properties.code
const dictionaryUrl = '/api/districts/:district/code-dictionary'
const url = '/api/districts/:district/surveys/:survey/open-answers'

export const readDictionary = endpoint({
  method: 'GET',
  url: dictionaryUrl,
  summary: '开放意见的编码词典',
  params: DistrictParams,
  responses: { 200: Dictionary },
})

export const writeDictionary = endpoint({
  method: 'PUT',
  url: dictionaryUrl,
  summary: '修改编码词典：增加、改名、关键词、停用；merges 把一个主题并入另一个',
  params: DistrictParams,
  body: T.Object({
    /** The revision that was edited. */
    base: Revision,
    codes: T.Array(ThemeCode, { minItems: 1, maxItems: 200 }),
    merges: T.Optional(
      T.Array(T.Object({ from: CodeName, into: CodeName }, { additionalProperties: false }), { maxItems: 50 }),
    ),
  }),
  responses: { 200: T.Object({ revision: T.Integer() }), 409: Problem, 422: Problem },
})

export const answerStates = ['waiting', 'confirmed', 'none', 'set_aside'] as const
export type AnswerState = (typeof answerStates)[number]
export const codeStates = ['suggested', 'confirmed', 'rejected'] as const

const Question = T.String({ pattern: '^[^\\u0000]{1,80}$', maxLength: 80 })
const AnswerKey = T.Object(
  { response: T.String({ format: 'uuid' }), question: Question },
  { additionalProperties: false },
)
export type AnswerKey = Static<typeof AnswerKey>

/** What an open answer is narrowed by. */
export const Narrowing = T.Object(
  {
    round: T.Optional(RoundWanted),
    state: T.Optional(T.Enum([...answerStates])),
    community: T.Optional(Code),
    code: T.Optional(CodeName),
    question: T.Optional(Question),
  },
  { additionalProperties: false },
)
export type Narrowing = Static<typeof Narrowing>

/** The last answer of the page before: its id and its question. */
const Cursor = T.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\.[^\\u0000]{1,80}$',
  maxLength: 130,
})

export const OpenAnswer = T.Object({
  response: T.String(),
  question: T.String(),
  community: T.String(),
  /** As staff read it: names, numbers and doors are masked. */
  text: T.String(),
  state: T.Enum([...answerStates]),
  codes: T.Array(T.Object({ code: T.String(), state: T.Enum([...codeStates]) })),
})
export type OpenAnswer = Static<typeof OpenAnswer>

export const listOpenAnswers = endpoint({
  method: 'GET',
  url,
  summary: '开放意见，附建议的编码；姓名、号码和门牌已经隐去',
  params: SurveyParams,
  query: T.Object({
    ...Narrowing.properties,
    search: T.Optional(T.String({ minLength: 1, maxLength: 40 })),
    after: T.Optional(Cursor),
    limit: T.Optional(T.Integer({ minimum: 1, maximum: 100 })),
  }),
  responses: { 200: T.Object({ answers: T.Array(OpenAnswer), next: T.Optional(T.String()) }) },
})

export const Quotation = T.Object({
  id: T.String(),
  code: T.String(),
  community: T.String(),
  text: T.String(),
  public: T.Boolean(),
})
export type Quotation = Static<typeof Quotation>

export const readThemes = endpoint({
  method: 'GET',
  url: `${url}/themes`,
  summary: '开放意见的主题：已确认的人数与选定的原话；轮次不写为最近一轮，all 为全部',
  params: SurveyParams,
  query: T.Object({ round: T.Optional(RoundWanted) }),
  responses: {
    200: T.Object({
      dictionary: Dictionary,
      /** Those in which anybody has answered, oldest first. */
      rounds: T.Array(T.Integer()),
      questions: T.Array(T.Object({ name: T.String(), title: T.String() })),
      /** Answers that came lately are still being read. */
      reading: T.Boolean(),
      /** Open answers by state. */
      states: T.Object({
        waiting: T.Integer(),
        confirmed: T.Integer(),
        none: T.Integer(),
        set_aside: T.Integer(),
      }),
      /** People, not weighted, whose answer was confirmed to be about this. */
      counts: T.Array(T.Object({ community: T.String(), code: T.String(), people: T.Integer() })),
      quotations: T.Array(Quotation),
      /** Frequent words of answers without a suggestion; for those who hold the whole district. */
      words: T.Array(T.Object({ word: T.String(), answers: T.Integer() })),
    }),
  },
})

export const decideOpenAnswers = endpoint({
  method: 'POST',
  url: `${url}/decisions`,
  summary: '确认或否定开放意见的编码，可以成批；decision 由页面生成，撤销时用',
  params: SurveyParams,
  body: T.Object({
    decision: T.String({ format: 'uuid' }),
    state: T.Enum(['confirmed', 'rejected']),
    /** Without them: those that are suggested. */
    codes: T.Optional(T.Array(CodeName, { minItems: 1, maxItems: 20 })),
    answers: T.Optional(T.Array(AnswerKey, { minItems: 1, maxItems: 500 })),
    /** In place of `answers`: all that match, a thousand at a time from `after` on. */
    all: T.Optional(Narrowing),
    after: T.Optional(Cursor),
  }),
  responses: { 200: T.Object({ answers: T.Integer(), next: T.Optional(T.String()) }), 422: Problem },
})

export const undoDecision = endpoint({
  method: 'DELETE',
  url: `${url}/decisions/:decision`,
  summary: '撤销自己刚才的一次确认或否定，一次最多一千条，left 为真时接着撤销',
  params: T.Object({ ...SurveyParams.properties, decision: T.String({ format: 'uuid' }) }),
  responses: { 200: T.Object({ answers: T.Integer(), left: T.Boolean() }) },
})

export const chooseQuotation = endpoint({
  method: 'POST',
  url: `${url}/quotations`,
  summary: '选一句原话：只能从隐去姓名号码后的原文里删减，不能添字',
  params: SurveyParams,
  body: T.Object({
    ...AnswerKey.properties,
    code: CodeName,
    text: T.String({ minLength: 1, maxLength: 2000 }),
    /** May stand in a public edition. */
    public: T.Boolean(),
  }),
  responses: { 201: T.Object({ id: T.String() }), 404: Problem, 409: Problem, 422: Problem },
})

export const dropQuotation = endpoint({
  method: 'DELETE',
  url: `${url}/quotations/:quotation`,
  summary: '不再引用这句原话',
  params: T.Object({ ...SurveyParams.properties, quotation: T.String({ format: 'uuid' }) }),
  responses: { 200: T.Object({ done: T.Boolean() }), 404: Problem },
})
