import fastifyMultipart from '@fastify/multipart'
import fastifyRateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { openDemand } from './briefs/results.ts'
import { briefRoutes } from './briefs/routes.ts'
import { campaignRoutes } from './campaigns/routes.ts'
import { closeConnections } from './closing.ts'
import { compressReads } from './compression.ts'
import { forDistrict, openDatabase } from './db/database.ts'
import { deliberationRoutes } from './deliberations/routes.ts'
import { tableJson } from './demand/read.ts'
import { roundsRoutes } from './demand/rounds-routes.ts'
import { demandRoutes } from './demand/routes.ts'
import { openRenderer } from './documents/renderer.ts'
import { answerBadAddress, answerErrors } from './errors.ts'
import type { Figures } from './exports/figures.ts'
import { exportRoutes } from './exports/routes.ts'
import { guardPages } from './headers.ts'
import { describeApi } from './openapi.ts'
import { servePages } from './pages.ts'
import { auditRoutes } from './people/audit-routes.ts'
import { knowCallers } from './people/caller.ts'
import { noticeRoutes } from './people/notice-routes.ts'
import { openPeople } from './people/open.ts'
import { personalDataRoutes } from './people/personal-data-routes.ts'
import { wholeDistrict } from './people/reach.ts'
import { ownRoutes } from './people/routes.ts'
import { staffRoutes } from './people/staff-routes.ts'
import { districtFinder } from './places/districts.ts'
import { readSheet } from './places/read-table.ts'
import { placeRoutes } from './places/routes.ts'
import { treeOf } from './places/tree.ts'
import { keepHeads } from './platform/audit-heads.ts'
import { openClock } from './platform/clock.ts'
import { openFiles } from './platform/files.ts'
import { openJobs } from './platform/jobs.ts'
import { openSecrets } from './platform/secrets.ts'
import { openSms } from './platform/sms.ts'
import { qualityRoutes } from './quality/routes.ts'
import { refuse } from './refusals.ts'
import type { Settings } from './settings.ts'
import { surveyRoutes } from './surveys/routes.ts'
import { themeRoutes } from './themes/routes.ts'
import { validatorCompiler } from './validation.ts'
import { watch } from './watch.ts'
import { wishRoutes } from './wishes/routes.ts'

interface Outside {
  databaseUrl: string
  /** The clock that deadlines go by; the machine's own where there is none. */
  now?: () => Date
}

/** The whole server on a migrated database, not yet listening. */
export async function buildApp(settings: Settings & Outside): Promise<FastifyInstance> {
  const app = fastify({
    logger: { level: settings.logLevel, base: null },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 256 * 1024,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    requestTimeout: 30_000,
    frameworkErrors: answerBadAddress,
    trustProxy: settings.trustProxy ?? false,
  })
  app.setValidatorCompiler(validatorCompiler)
  answerErrors(app)
  closeConnections(app)
  app.decorate('rules', { desk: settings.desk, staffKey: settings.staffKey })
  app.decorate('publicUrl', settings.publicUrl)
  // Fastify wants placeholders; mount() sets them before any handler runs.
  app.decorateRequest('district', null!)
  app.decorateRequest('db', null!)
  app.decorateRequest('reach', null!)
  guardPages(app)
  knowCallers(app)
  await compressReads(app)
  await app.register(fastifyRateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) => refuse.tooMany(Math.ceil(context.ttl / 1000)),
  })
  await app.register(fastifyMultipart, { limits: { files: 1, fields: 5, fileSize: 10 * 1024 * 1024 } })
  await openDatabase(app, settings.databaseUrl)
  openClock(app, settings.now)
  openJobs(app)
  openFiles(app, settings.dataDir)
  openRenderer(app)
  app.decorate('secrets', await openSecrets(app.db, settings))
  openSms(app, settings.smsUrl ? { url: settings.smsUrl, token: settings.smsToken } : undefined)
  await openPeople(app, readSheet)
  keepHeads(app, settings.dataDir)
  app.decorate('district', districtFinder(app.db))
  app.decorate('tree', treeOf(app.db))
  await describeApi(app)
  await watch(app)
  for (const routes of [
    ownRoutes,
    staffRoutes,
    auditRoutes,
    noticeRoutes,
    personalDataRoutes,
    placeRoutes,
    surveyRoutes,
    deliberationRoutes,
    wishRoutes,
    campaignRoutes,
    themeRoutes,
    qualityRoutes,
    demandRoutes,
    roundsRoutes,
    briefRoutes,
  ])
    await app.register(routes)
  await app.register(exportRoutes, { dataDir: settings.dataDir, figures: figuresOf(app.db) })
  await servePages(app)
  return app
}

/** Exports take figures from where the desk and the residents read them. */
function figuresOf(db: FastifyInstance['db']): Figures {
  return {
    staff: async (district, survey) => {
      const json = await tableJson(forDistrict(db, district.id), district, { survey }, wholeDistrict)
      return JSON.parse(json.toString())
    },
    open: (district, survey, community, at) =>
      openDemand(forDistrict(db, district.id), district, { survey, community }, at),
  }
}
