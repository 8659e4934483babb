import T from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code } from '../places/api.ts'
import { SurveyParams } from './api.ts'

export const posterForms = ['poster', 'cards'] as const
export type PosterForm = (typeof posterForms)[number]

export const printPoster = endpoint({
  method: 'GET',
  url: '/api/districts/:district/surveys/:survey/posters/:community',
  summary: '下载一个社区的海报（form=poster）或四张一版的桌牌（form=cards），A4 纸 PDF，可直接打印',
  params: T.Object({ ...SurveyParams.properties, community: Code }),
  query: T.Object({ form: T.Optional(T.Enum([...posterForms])) }),
  responses: { 200: T.Unknown() },
})
