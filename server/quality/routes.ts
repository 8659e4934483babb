import type { FastifyInstance } from 'fastify'
import { type FlaggedAnswer, PAGE, readQueue } from '../../shared/quality/api.ts'
import { readable } from '../../shared/quality/readable.ts'
import type { Db } from '../db/database.ts'
import { mount } from '../people/mount.ts'
import { holds } from '../people/reach.ts'
import { refuse } from '../refusals.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { latestSurvey } from '../surveys/queries.ts'
import { answeredRounds, versionsWanted } from '../surveys/round-queries.ts'
import { countMatching, type Flagged, flaggedAnswers, queueCounts } from './queries.ts'
import { startScorer } from './scorer.ts'
import { forgetWorker } from './store.ts'

export async function qualityRoutes(app: FastifyInstance): Promise<void> {
  const scorer = startScorer(app)
  app.addHook('preClose', () => scorer.stop())
  app.people.erasing.push(forgetWorker)

  mount(app, readQueue, async ({ db, district, params, query, reach }) => {
    const { survey } = params
    if (!(await latestSurvey(db, district.id, survey))) throw refuse.unknownSurvey()
    if (query.community !== undefined && !holds(reach, query.community)) throw refuse.unknownCommunity()
    const of = { districtId: district.id, survey, versions: await versionsWanted(db, district.id, survey, query.round) }
    const within = { ...of, ...(!reach.whole && { communities: [...reach.communities] }) }
    const chosen = query.community === undefined ? within : { ...within, communities: [query.community] }
    const found = await flaggedAnswers(db, chosen, query, PAGE)
    const answers: FlaggedAnswer[] = []
    for (const one of found) answers.push(await shown(db, district.id, survey, one))
    const rounds = (await answeredRounds(db, district.id, survey)).map(({ round }) => round)
    return {
      rounds,
      counts: await queueCounts(db, within),
      matching: await countMatching(db, chosen, query),
      answers,
    }
  })
}

async function shown(db: Db, districtId: number, code: string, flagged: Flagged): Promise<FlaggedAnswer> {
  const { answers, startedAt, submittedAt, decidedAt, ...rest } = flagged
  const { survey } = await publishedSurvey(db, districtId, code, flagged.version)
  return {
    ...rest,
    startedAt: startedAt.toISOString(),
    seconds: (submittedAt.getTime() - startedAt.getTime()) / 1_000,
    decidedAt: decidedAt?.toISOString() ?? null,
    said: readable(survey.questions, answers),
  }
}
