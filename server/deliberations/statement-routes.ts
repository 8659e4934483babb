import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/deliberations/statements-api.ts'
import { forDistrict } from '../db/database.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { openLanes } from '../platform/lanes.ts'
import { known, ofDeliberation, within } from './found.ts'
import { changeKeywords, keywordsOf } from './keywords.ts'
import { makeStatements, tidied, type Written } from './made-statements.ts'
import { answer, type Change, code, merge, moderate, split } from './moderation.ts'
import { ownOf } from './own.ts'
import type { Of } from './queries.ts'
import { statementsOf } from './statement-queries.ts'
import { takeDown } from './statements.ts'
import { suggestServices } from './suggestions.ts'

/** What is said in a room: by residents on their phones, and taken down by the secretary. */
export function statementRoutes(app: FastifyInstance): void {
  suggestServices(app)
  const lanes = openLanes((of: Of, written: Written[]) =>
    forDistrict(app.db, of.districtId)
      .transaction()
      .execute((tx) => makeStatements(tx, of, written, new Date())),
  )
  app.addHook('onClose', () => lanes.settled())

  mount(app, api.makeStatement, async (request, reply) => {
    const of = ofDeliberation(await known(request))
    const { isNew, ...receipt } = await lanes.add(`${of.districtId}/${of.id}`, of, tidied(request.body))
    if (isNew) reply.code(201)
    return receipt
  })

  mount(app, api.readOwn, async (request) => {
    const of = ofDeliberation(await known(request))
    return await ownOf(request.db, of, request.body.ticket)
  })

  mount(app, api.listStatements, async (request) => statementsOf(request.db, ofDeliberation(await within(request))))

  mount(app, api.takeDown, async (request, reply) => {
    const of = ofDeliberation(await within(request))
    const look = lookOf(request, `statement:${request.body.id.toLowerCase()}`)
    const { isNew, statement } = await takeDown(request.db, of, request.body, look, new Date())
    if (isNew) reply.code(201)
    return statement
  })

  mount(app, api.moderate, async (request) => {
    const { state, reason } = request.body
    return await moderate(request.db, await changeOf(request), state, reason)
  })

  mount(app, api.mergeStatements, async (request) => {
    const { into } = request.body
    const change = await changeOf(request)
    return into === null ? await split(request.db, change) : await merge(request.db, change, into)
  })

  mount(app, api.codeStatement, async (request) => code(request.db, await changeOf(request), request.body.service))

  mount(app, api.answerStatement, async (request) => {
    const { answer: kind, result } = request.body
    return await answer(request.db, await changeOf(request), kind, result)
  })

  mount(app, api.readKeywords, ({ db, district }) => keywordsOf(db, district.id))

  mount(app, api.setKeywords, async (request) =>
    changeKeywords(request.db, request.district.id, request.body, lookOf(request, 'statement-keywords'), new Date()),
  )
}

type Asking = FastifyRequest & { params: { deliberation: string; statement: string } }

/** @throws {Refusal} unknownDeliberation */
async function changeOf(request: Omit<Asking, 'body' | 'query'>): Promise<Change> {
  const { statement } = request.params
  const of = ofDeliberation(await within(request))
  const look = lookOf(request, `statement:${statement.toLowerCase()}`)
  return { of, statement, look, at: new Date() }
}
