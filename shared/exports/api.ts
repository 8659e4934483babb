import T, { type Static } from 'typebox'
import { endpoint } from '../endpoint.ts'
import { Problem } from '../problem.ts'
import { SurveyParams } from '../surveys/api.ts'

export const microdataFormats = ['csv', 'xlsx', 'sav'] as const
export type MicrodataFormat = (typeof microdataFormats)[number]
export type Format = MicrodataFormat | 'geojson'
export const editions = ['staff', 'public'] as const
export type ExportEdition = (typeof editions)[number]
export const statuses = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const
export type ExportStatus = (typeof statuses)[number]
export const underWay: readonly ExportStatus[] = ['waiting', 'running']
export const isUnderWay = ({ status }: { status: ExportStatus }): boolean => underWay.includes(status)

/** So long a file is kept. */
export const KEPT_HOURS = 24

export const Export = T.Object({
  id: T.String(),
  survey: T.String(),
  format: T.String(),
  /** Of figures: with the numbers of answers for staff, or as anybody may read them. */
  edition: T.Union([T.String(), T.Null()]),
  /** Of microdata: answers that were excluded are among the rows, and a column says so. */
  excluded: T.Boolean(),
  status: T.Enum([...statuses]),
  rowsDone: T.Integer(),
  rowsTotal: T.Union([T.Integer(), T.Null()]),
  bytes: T.Union([T.Integer(), T.Null()]),
  sha256: T.Union([T.String(), T.Null()]),
  /** Why it came to nothing, in words for whoever asked. */
  problem: T.Union([T.String(), T.Null()]),
  /** What the file says of itself: versions, what was generalised, what was left out, how the checksum is checked. */
  about: T.Array(T.String()),
  createdAt: T.String(),
  /** Then the file is deleted. */
  expiresAt: T.String(),
  /** Of somebody else; administrators see all. */
  mine: T.Boolean(),
})
export type Export = Static<typeof Export>

export const ExportColumn = T.Object({ id: T.String(), title: T.String(), versions: T.Array(T.Integer()) })
export type ExportColumn = Static<typeof ExportColumn>

const Purpose = T.String({ minLength: 2, maxLength: 200 })
const base = '/api/districts/:district/surveys/:survey/exports'

export const exportMicrodata = endpoint({
  method: 'POST',
  url: `${base}/microdata`,
  summary: '导出答卷微观数据（CSV、XLSX 或 SPSS），按社区×年龄段×性别归并到每组不少于 5 份',
  params: SurveyParams,
  body: T.Object({
    format: T.Enum([...microdataFormats]),
    excluded: T.Optional(T.Boolean()),
    purpose: Purpose,
  }),
  responses: { 201: Export, 409: Problem, 422: Problem },
})

export const exportFigures = endpoint({
  method: 'POST',
  url: `${base}/figures`,
  summary: '导出各社区需求数据（GeoJSON）：工作版带份数，公开版按公布规则',
  params: SurveyParams,
  body: T.Object({ edition: T.Enum([...editions]), purpose: Purpose }),
  responses: { 201: Export, 409: Problem, 422: Problem },
})

export const listExports = endpoint({
  method: 'GET',
  url: base,
  summary: '导出记录：自己的；管理员看到全部',
  params: SurveyParams,
  responses: { 200: T.Array(Export) },
})

const ExportParams = T.Object({ ...SurveyParams.properties, export: T.String({ format: 'uuid' }) })

export const readExport = endpoint({
  method: 'GET',
  url: `${base}/:export`,
  summary: '一次导出的进度、行数、校验值与各列说明',
  params: ExportParams,
  responses: { 200: T.Object({ ...Export.properties, columns: T.Array(ExportColumn) }) },
})

export const cancelExport = endpoint({
  method: 'DELETE',
  url: `${base}/:export`,
  summary: '停止或删除一次导出；文件随即删除',
  params: ExportParams,
  responses: { 200: Export },
})

export const downloadExport = endpoint({
  method: 'GET',
  url: `${base}/:export/file`,
  summary: '下载导出的文件',
  params: ExportParams,
  responses: { 200: T.Unknown(), 409: Problem, 410: Problem },
})
