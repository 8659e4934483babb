import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/exports/api.ts'
import { problems } from '../../shared/exports/words.ts'
import { isAdministrator } from '../../shared/people/roles.ts'
import { actorOf, lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { holds, type Reach } from '../people/reach.ts'
import { attachment } from '../platform/attachment.ts'
import { audit } from '../platform/audit.ts'
import { chinaDay } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import { latestSurvey } from '../surveys/queries.ts'
import { type Exporter, type ExporterOptions, openExporter } from './exporter.ts'
import { columnsOfExport, exportById, exportsOf, holdPending, type NewExport, type StoredExport } from './queries.ts'

const HOUR_MS = 3_600_000
const MOST_PENDING = 3

const types: Record<api.Format, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  sav: 'application/x-spss-sav',
  geojson: 'application/geo+json; charset=utf-8',
}

/** Takes answers and figures out of the house, for a purpose that is written down. */
export async function exportRoutes(app: FastifyInstance, options: ExporterOptions): Promise<void> {
  const exporter = openExporter(app, options)

  mount(app, api.exportMicrodata, async (request, reply) => {
    const { format, excluded = false, purpose } = request.body
    reply.code(201)
    return await begun(exporter, request, { format, excluded, edition: null, reach: null }, purpose)
  })
  mount(app, api.exportFigures, async (request, reply) => {
    const { edition, purpose } = request.body
    const reach = request.reach.whole ? null : [...request.reach.communities].sort()
    reply.code(201)
    return await begun(exporter, request, { format: 'geojson', excluded: false, edition, reach }, purpose)
  })
  mount(app, api.listExports, async (request) => {
    const { db, district, params } = request
    const madeBy = seesAll(request) ? undefined : actorOf(request.caller)
    const list = await exportsOf(db, district.id, params.survey, { madeBy, now: new Date() })
    return list.map((one) => shown(one, request))
  })
  mount(app, api.readExport, async (request) => {
    const found = await findExport(request)
    const columns = await columnsOfExport(request.db, request.district.id, found.id)
    return { ...shown(found, request), columns }
  })
  mount(app, api.cancelExport, async (request) => {
    const { db, district } = request
    const found = await findExport(request)
    await db.transaction().execute(async (one) => {
      await exporter.cancel(one, district.id, found.id)
      await audit(one, lookOf(request, `export:${found.id}`), new Date())
    })
    return shown(await findExport(request), request)
  })
  mount(app, api.downloadExport, async (request, reply) => {
    const { db, district } = request
    const found = await findExport(request)
    if (api.isUnderWay(found)) throw refuse.exportNotReady()
    if (found.status !== 'done') throw refuse.exportGone()
    const file = await exporter.files.read(district.id, found.id)
    if (!file) throw refuse.exportGone()
    await audit(db, lookOf(request, `export:${found.id}`, { after: { format: found.format } }), new Date())
    const day = chinaDay(found.createdAt)
    const names = { chinese: nameOf(found), plain: `${found.survey}-${day}.${found.format}` }
    reply.headers({
      'content-type': types[found.format],
      'content-disposition': attachment(`${names.chinese}-${district.name}-${day}.${found.format}`, names.plain),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    return file
  })
}

type Asked = Pick<FastifyRequest, 'caller' | 'district' | 'db' | 'reach' | 'method' | 'routeOptions'>
type OfSurvey = Asked & { params: { survey: string } }
type OfExport = Asked & { params: { survey: string; export: string } }

function nameOf({ survey, format, edition }: StoredExport): string {
  if (format !== 'geojson') return `${survey}答卷微观数据`
  return `${survey}各社区需求（${edition === 'public' ? '公开版' : '工作版'}）`
}

async function begun(
  exporter: Exporter,
  request: OfSurvey,
  wanted: Pick<NewExport, 'format' | 'excluded' | 'edition' | 'reach'>,
  purpose: string,
): Promise<api.Export> {
  const { db, district, params } = request
  if (!(await latestSurvey(db, district.id, params.survey))) throw refuse.unknownSurvey()
  const madeBy = actorOf(request.caller)
  const createdAt = new Date()
  const expiresAt = new Date(createdAt.getTime() + api.KEPT_HOURS * HOUR_MS)
  const id = randomUUID()
  const added: NewExport = { ...wanted, id, survey: params.survey, madeBy, createdAt, expiresAt }
  await db.transaction().execute(async (one) => {
    if ((await holdPending(one, district.id, madeBy)) >= MOST_PENDING) throw refuse.exportsWaiting()
    await exporter.add(one, district.id, added)
    const { format, excluded, edition } = wanted
    const after = { survey: params.survey, format, excluded, edition }
    await audit(one, lookOf(request, `export:${id}`, { purpose, after }), createdAt)
  })
  return shown((await exportById(db, district.id, id))!, request)
}

function seesAll({ caller }: Pick<Asked, 'caller'>): boolean {
  return caller.kind !== 'person' || isAdministrator(caller.person!.grants)
}

/** Whoever may not see it is told the same as where there is none. @throws {Refusal} unknownExport */
async function findExport(request: OfExport): Promise<StoredExport> {
  const { db, district, params } = request
  const found = await exportById(db, district.id, params.export)
  const mayRead =
    found && (seesAll(request) || (found.madeBy === actorOf(request.caller) && isWithin(found, request.reach)))
  if (!mayRead || found.survey !== params.survey || found.expiresAt <= new Date()) throw refuse.unknownExport()
  return found
}

/** Roles may have been taken away since: figures go to those who may still read all of them, answers to administrators. */
function isWithin({ format, reach }: StoredExport, held: Reach): boolean {
  if (format !== 'geojson') return false
  return held.whole || (reach?.every((code) => holds(held, code)) ?? false)
}

function shown(one: StoredExport, request: Pick<Asked, 'caller'>): api.Export {
  const { reach: _reach, madeBy, problem, about, createdAt, expiresAt, ...rest } = one
  return {
    ...rest,
    problem: problem && (problems[problem] ?? problems.failed!),
    about: about ?? [],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    mine: madeBy === actorOf(request.caller),
  }
}
