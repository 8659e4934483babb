import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Code, DistrictParams } from '../places/api.ts'

export const audiences = ['staff', 'public'] as const
export type Audience = (typeof audiences)[number]
export const formats = ['docx', 'pdf', 'xlsx', 'json'] as const
export type Format = (typeof formats)[number]

const SiteParams = T.Object({ ...DistrictParams.properties, site: Code })

export const BriefEntry = T.Object({
  site: T.String(),
  siteName: T.String(),
  community: T.String(),
  communityName: T.String(),
  audience: T.String(),
  edition: T.Integer(),
  hash: T.String(),
  composedAt: T.String(),
})
export type BriefEntry = Static<typeof BriefEntry>

export const composeBrief = endpoint({
  method: 'POST',
  url: '/api/districts/:district/sites/:site/briefs',
  summary: '按现有数据编制一份一社一案（存为新的一稿，旧稿保留）',
  params: SiteParams,
  body: T.Object({
    audience: T.Enum([...audiences]),
    /** Which survey version it rests on; by default the newest that has answers, of the survey published last. */
    survey: T.Optional(Code),
    version: T.Optional(T.Integer({ minimum: 1, maximum: 1_000_000 })),
  }),
  responses: { 201: BriefEntry },
})

export const listBriefs = endpoint({
  method: 'GET',
  url: '/api/districts/:district/briefs',
  summary: '已编制的一社一案',
  params: DistrictParams,
  responses: { 200: T.Array(BriefEntry) },
})

/** A brief as JSON is the stored text itself, byte for byte. */
export const readBrief = endpoint({
  method: 'GET',
  url: '/api/districts/:district/sites/:site/briefs/:edition',
  summary: '下载一稿：format 为 docx、pdf、xlsx 或 json',
  params: T.Object({ ...SiteParams.properties, edition: T.Integer({ minimum: 1, maximum: 1_000_000 }) }),
  query: T.Object({
    audience: T.Optional(T.Enum([...audiences])),
    format: T.Optional(T.Enum([...formats])),
  }),
  responses: { 200: T.Unknown() },
})

/** Header of a bundle: how many briefs come in it, so that whoever waits knows how far it is. */
export const briefsInside = 'briefs-inside'

export const downloadBriefs = endpoint({
  method: 'GET',
  url: '/api/districts/:district/briefs.zip',
  summary: '全区各点位最新一稿打包下载（ZIP）',
  params: DistrictParams,
  query: T.Object({ audience: T.Optional(T.Enum([...audiences])) }),
  responses: { 200: T.Unknown() },
})
