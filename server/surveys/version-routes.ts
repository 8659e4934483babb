import type { FastifyInstance } from 'fastify'
import {
  beginRound as begin,
  compareDraft,
  compareTwoVersions,
  listVersions,
} from '../../shared/surveys/versions-api.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { refuse } from '../refusals.ts'
import { beginRound } from './begin-round.ts'
import { draftCompared, versionsCompared } from './compare-versions.ts'
import { naming } from './naming.ts'
import { publishedSurvey } from './published.ts'
import { latestSurvey } from './queries.ts'
import { roundsOf } from './round-queries.ts'
import { listedVersions } from './version-queries.ts'

export function versionRoutes(app: FastifyInstance): void {
  mount(app, listVersions, async ({ db, district, reach, params: { survey } }) => {
    if (!(await latestSurvey(db, district.id, survey))) throw refuse.unknownSurvey()
    const names = naming(app, district.id)
    const counting = new Map((await roundsOf(db, district.id, survey)).map((one) => [one.version, one.carried]))
    const listed = await listedVersions(db, district.id, survey, reach.whole ? undefined : [...reach.communities])
    return await Promise.all(
      listed.map(async ({ version, round, publishedAt, publishedBy, n }) => ({
        ...{ version, round, n, carried: counting.get(version) ?? [] },
        publishedAt: publishedAt.toISOString(),
        publishedBy: publishedBy && (await names(db, publishedBy)),
      })),
    )
  })
  mount(app, compareTwoVersions, async ({ db, district, params, query }) => {
    return await versionsCompared(db, district.id, params.survey, query)
  })
  mount(app, compareDraft, async ({ db, district, params }) => await draftCompared(db, district.id, params.survey))
  mount(app, begin, async (request, reply) => {
    const { db, district, params, body } = request
    const { survey } = params
    const look = lookOf(request, `survey:${survey}`)
    const version = await beginRound(db, district, survey, body.version, look, new Date())
    reply.code(201)
    return { survey, version, round: (await publishedSurvey(db, district.id, survey, version)).round }
  })
}
