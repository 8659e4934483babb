import type { FastifyInstance } from 'fastify'
import { takingDown } from '../../shared/people/permissions.ts'
import {
  listLinks,
  listSurveys,
  openLink,
  publishSurvey,
  readSurvey,
  setSurveyStatus,
  submitResponse,
  withdrawResponse,
} from '../../shared/surveys/api.ts'
import { ownNotice } from '../../shared/surveys/notice.ts'
import { readLinkCode } from '../../shared/surveys/receipt.ts'
import { reviewResponses } from '../../shared/surveys/review-api.ts'
import { statusAt } from '../../shared/surveys/status.ts'
import { forDistrict, onPool, openPool } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { mayIn } from '../people/permission.ts'
import { holds } from '../people/reach.ts'
import { community, districts } from '../places/queries.ts'
import { refuse } from '../refusals.ts'
import { draftRoutes } from './draft-routes.ts'
import { type Folder, startFolder } from './fold.ts'
import { followed } from './followed.ts'
import { communityFinder } from './known-communities.ts'
import { posterRoutes } from './poster.ts'
import { completeLinks, publish } from './publish.ts'
import { publishedSurvey } from './published.ts'
import { latestSurvey, linkByCode, surveysOf } from './queries.ts'
import { eraseNightly } from './retention.ts'
import { retentionOf } from './retention-queries.ts'
import { review } from './review.ts'
import { closeOnDate, setStatus } from './set-status.ts'
import { type Intake, submit } from './submit.ts'
import { versionRoutes } from './version-routes.ts'
import { withdraw } from './withdraw.ts'
import { startWriter } from './writer.ts'

export async function surveyRoutes(app: FastifyInstance): Promise<void> {
  const { intake, folder } = openIntake(app)
  publishing(app, intake)
  draftRoutes(app)
  versionRoutes(app)
  reading(app)
  answering(app, intake, folder)
  posterRoutes(app)
  eraseNightly(app)
}

/** Connections for answers apart from the others: a busy desk never keeps a resident waiting. */
function openIntake(app: FastifyInstance): { intake: Intake; folder: Folder } {
  const options = { ...app.pg.pool.options, max: 4, query_timeout: 10_000 }
  const pool = openPool(options, (code) => app.log.warn({ code }, 'connection lost'))
  const answers = onPool(pool)
  const all = async () => (await districts(app.db)).map(({ id }) => id)
  const folder = startFolder(app.pg.pool.options.connectionString as string, all, app.log)
  const writer = startWriter({ pool, db: answers }, folder.wake)
  app.addHook('onClose', async () => {
    await writer.settled()
    await folder.stop()
    await pool.end()
  })
  return {
    intake: { db: app.db, pool, answers, writer, key: app.rules.staffKey, isCommunity: communityFinder(app.db) },
    folder,
  }
}

function publishing(app: FastifyInstance, { writer }: Intake): void {
  mount(
    app,
    publishSurvey,
    async (request, reply) => {
      const { db, district, params, body } = request
      const { survey } = params
      const version = await publish(db, district, survey, body, lookOf(request, `survey:${survey}`), new Date())
      reply.code(201)
      return { survey, version, ...(await followed(db, district.id, survey, version)) }
    },
    { bodyLimit: 1024 * 1024 },
  )
  mount(app, setSurveyStatus, async (request) => {
    const { db, district, params, body } = request
    await setStatus(db, district, params.survey, body, lookOf(request, `survey:${params.survey}`), writer.settled)
    return { status: body.status }
  })
  app.jobs.work('close-survey', async ({ districtId, survey }) => {
    await closeOnDate(forDistrict(app.db, districtId), districtId, String(survey), writer.settled)
  })
}

function reading(app: FastifyInstance): void {
  mount(app, listSurveys, async ({ db, district }) => {
    const surveys = await surveysOf(db, district.id)
    const now = new Date()
    return surveys.map(({ code, title, version, publishedAt, ...schedule }) => ({
      ...{ survey: code, title, version, status: statusAt(schedule, now), publishedAt: publishedAt.toISOString() },
      ...(schedule.opensAt && { opensAt: schedule.opensAt.toISOString() }),
      ...(schedule.closesAt && { closesAt: schedule.closesAt.toISOString() }),
    }))
  })
  mount(app, readSurvey, async ({ db, district, params, query }) => {
    const { survey } = params
    const published = await publishedSurvey(db, district.id, survey, query.version)
    const { code, title, status, version, definition } = published
    return { survey: code, title, status, version, definition }
  })
  mount(app, listLinks, async ({ db, district, params, reach }) => {
    if (!(await latestSurvey(db, district.id, params.survey))) throw refuse.unknownSurvey()
    return (await completeLinks(db, district, params.survey)).filter(({ community }) => holds(reach, community))
  })
  mount(app, openLink, async ({ params }) => {
    const typed = readLinkCode(params.code)
    if (!typed) throw refuse.unknownLink()
    const district = await app.district(typed.district)
    const db = forDistrict(app.db, district.id)
    const link = await linkByCode(db, district.id, typed.code)
    if (!link) throw refuse.unknownLink()
    const { status, opensAt, version, definition } = await publishedSurvey(db, district.id, link.survey)
    const notice = ownNotice(definition)
    const place = await community(db, district.id, link.community)
    const { days: retentionDays } = await retentionOf(db, district.id, link.survey, version)
    const names = { district: district.code, districtName: district.name, communityName: place?.name ?? '' }
    return {
      ...names,
      survey: link.survey,
      community: link.community,
      status,
      ...(status === 'scheduled' && opensAt && { opensAt: opensAt.toISOString() }),
      version,
      retentionDays,
      ...(notice && { notice }),
    }
  })
}

const MINUTE_MS = 60_000

function answering(app: FastifyInstance, intake: Intake, folder: Folder): void {
  mount(
    app,
    submitResponse,
    async (request, reply) => {
      const { district, params, body: submission } = request
      // An answer sent by a resident asks nobody's leave, and costs no look at who sends it.
      const isStaff =
        submission.channel !== 'online' && (await mayIn(request as never, takingDown, submission.community))
      const staff = isStaff ? lookOf(request, '') : undefined
      const { kind, receipt } = await submit(intake, {
        district,
        survey: params.survey,
        submission,
        staff,
        address: request.ip,
        at: new Date(),
      })
      reply.code(kind === 'accepted' ? 201 : 200)
      return { id: submission.id.toLowerCase(), receipt }
    },
    { bodyLimit: 256 * 1024 },
  )
  mount(app, reviewResponses, async (request) => {
    const { db, district, params, body, reach } = request
    if (!(await latestSurvey(db, district.id, params.survey))) throw refuse.unknownSurvey()
    const asked = { ...body, survey: params.survey, reach, look: lookOf(request, 'response'), at: new Date() }
    const result = await review({ db, answers: intake.answers }, district, asked)
    folder.wake(district.id)
    return result
  })
  mount(
    app,
    withdrawResponse,
    async (request) => {
      const { db, district, caller } = request
      const look = lookOf(request, 'response')
      // Who answers is asked for no address, and whoever takes it back is not either.
      const unnamed = caller.kind === 'nobody' ? { ...look, from: null } : look
      await withdraw({ db, answers: intake.answers }, district, request.body.receipt, unnamed, new Date())
      folder.wake(district.id)
      return { withdrawn: true }
    },
    { rateLimit: { max: 60, timeWindow: MINUTE_MS } },
  )
}
