import type { FastifyInstance } from 'fastify'
import { compareTwoVersions, listVersions } from '../../shared/surveys/versions-api.ts'
import { mount } from '../people/mount.ts'
import { refuse } from '../refusals.ts'
import { versionsCompared } from './compare-versions.ts'
import { naming } from './naming.ts'
import { latestSurvey, roundsOf } from './queries.ts'
import { listedVersions } from './version-queries.ts'

export function versionRoutes(app: FastifyInstance): void {
  mount(app, listVersions, async ({ db, district, params: { survey } }) => {
    if (!(await latestSurvey(db, district.id, survey))) throw refuse.unknownSurvey()
    const names = naming(app, district.id)
    const counting = new Map((await roundsOf(db, district.id, survey)).map((one) => [one.version, one.carried]))
    const listed = await listedVersions(db, district.id, survey)
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
}
