import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Json } from '../../shared/surveys/definition.ts'
import * as api from '../../shared/themes/api.ts'
import { type OpenQuestion, openQuestions } from '../../shared/themes/questions.ts'
import type { Db } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { refuse } from '../refusals.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { definitionOf } from '../surveys/queries.ts'
import { answeredRounds, roundsOf, versionsWanted } from '../surveys/round-queries.ts'
import { isBehind } from './behind.ts'
import { decide, undo } from './decide.ts'
import { changeDictionary } from './dictionary.ts'
import { dictionaryOf, quotationsOf } from './queries.ts'
import { choose, drop } from './quotations.ts'
import { communitiesIn, countsOf, pageOf, statesOf, type Wanted, wordsOf } from './read.ts'
import { renewLater, renewOpenAnswers } from './renewal.ts'

/** Calls about what residents wrote in their own words. */
export async function themeRoutes(app: FastifyInstance): Promise<void> {
  renewOpenAnswers(app)

  mount(app, api.readDictionary, ({ db, district }) => dictionaryOf(db, district.id))

  mount(app, api.writeDictionary, async (request) => {
    const { db, district, body } = request
    const revision = await changeDictionary(db, district.id, body, lookOf(request, 'code-dictionary'), new Date())
    return { revision }
  })

  mount(app, api.listOpenAnswers, async (request) => {
    const { round, state, community, code, question, ...page } = request.query
    const of = await wantedOf(request, { round, state, community, code, question })
    return await pageOf(request.db, of, page)
  })

  mount(app, api.readThemes, async (request) => {
    const { db, reach } = request
    const of = await wantedOf(request, request.query)
    const { districtId, survey, versions } = of
    const reading = await isBehind(db, of)
    if (reading) await renewLater(db, { districtId, survey })
    return {
      dictionary: await dictionaryOf(db, districtId),
      rounds: (await answeredRounds(db, districtId, survey)).map(({ round }) => round),
      questions: await questionsOf(db, of),
      reading,
      states: await statesOf(db, of),
      counts: await countsOf(db, of),
      quotations: await quotationsOf(db, districtId, survey, communitiesIn(reach), versions),
      words: reach.whole ? await wordsOf(db, districtId, survey) : [],
    }
  })

  mount(app, api.decideOpenAnswers, async (request) => {
    const { all, answers, codes, ...rest } = request.body
    if ((all === undefined) === (answers === undefined)) throw refuse.whichAnswers()
    const of = await wantedOf(request, all)
    const known = new Set((await dictionaryOf(request.db, of.districtId)).codes.map(({ code }) => code))
    if (codes?.some((code) => !known.has(code))) throw refuse.unknownCode()
    return await decide(
      request.db,
      of,
      { ...rest, codes, answers },
      lookOf(request, `open-answers:${of.survey}`),
      new Date(),
    )
  })

  mount(app, api.undoDecision, async (request) => {
    const of = await wantedOf(request)
    return await undo(request.db, of, request.params.decision, lookOf(request, `open-answers:${of.survey}`), new Date())
  })

  mount(app, api.chooseQuotation, async (request, reply) => {
    const of = await wantedOf(request)
    const id = await choose(request.db, of, request.body, lookOf(request, 'quotation:'), new Date())
    reply.code(201)
    return { id }
  })

  mount(app, api.dropQuotation, async (request) => {
    const of = await wantedOf(request)
    const { quotation } = request.params
    await drop(request.db, of, quotation, lookOf(request, `quotation:${quotation}`), new Date())
    return { done: true }
  })
}

type Asking = Pick<FastifyRequest, 'db' | 'district' | 'reach'> & { params: { survey: string } }

/**
 * Of all rounds where answers are named one by one.
 * @throws {Refusal} unknownSurvey
 */
async function wantedOf({ db, district, reach, params }: Asking, wished?: api.Narrowing): Promise<Wanted> {
  const { code: survey } = await publishedSurvey(db, district.id, params.survey)
  const { round, ...narrowing } = wished ?? { round: 'all' }
  const versions = await versionsWanted(db, district.id, survey, round)
  return { districtId: district.id, survey, reach, versions, narrowing }
}

/** Open questions of all versions, as the newest version that has them puts them. */
async function questionsOf(db: Db, { districtId, survey }: Wanted): Promise<OpenQuestion[]> {
  const known = new Map<string, OpenQuestion>()
  for (const { version } of await roundsOf(db, districtId, survey)) {
    const definition = await definitionOf(db, districtId, survey, version)
    for (const question of openQuestions(definition as Json)) known.set(question.name, question)
  }
  return [...known.values()]
}
