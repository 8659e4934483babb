import type { FastifyInstance } from 'fastify'
import {
  distributeQuotas,
  listContacts,
  listSlips,
  orderSlips,
  printSlips,
  readCoverage,
  readCoverageState,
  readQuotas,
  recordContact,
  setQuotas,
  undoContact,
} from '../../shared/campaigns/api.ts'
import { managing } from '../../shared/people/permissions.ts'
import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { createPress } from '../documents/press.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { mayIn } from '../people/permission.ts'
import { holds } from '../people/reach.ts'
import { compounds } from '../places/queries.ts'
import { asJson } from '../platform/as-json.ts'
import { attachment } from '../platform/attachment.ts'
import { publishedSurvey } from '../surveys/published.ts'
import { listed, record, undo } from './contacts.ts'
import { coverageJson, coverageState } from './coverage.ts'
import { batchesOf, type Of, quotasOf } from './queries.ts'
import { distributeTotal, setTargets } from './quotas.ts'
import { order, slipsToPrint } from './slips.ts'

export async function campaignRoutes(app: FastifyInstance): Promise<void> {
  watching(app)
  targets(app)
  contacts(app)
  slips(app)
}

/** @throws {Refusal} unknownSurvey */
async function found(db: Db, { id }: District, survey: string): Promise<Of> {
  await publishedSurvey(db, id, survey)
  return { districtId: id, survey }
}

function watching(app: FastifyInstance): void {
  mount(app, readCoverage, async ({ db, district, params, query, reach }, reply) => {
    const of = await found(db, district, params.survey)
    return asJson(reply, await coverageJson(db, { ...of, ...query }, reach))
  })
  mount(app, readCoverageState, async ({ db, district, params, query, reach }) => {
    const of = await found(db, district, params.survey)
    return { state: await coverageState(db, { ...of, ...query }, reach) }
  })
}

function targets(app: FastifyInstance): void {
  mount(app, readQuotas, async ({ db, district, params, reach }) => {
    const all = await quotasOf(db, await found(db, district, params.survey))
    return all.filter(({ community }) => holds(reach, community))
  })
  mount(app, setQuotas, async (request) => {
    const { db, district, params, body } = request
    const of = await found(db, district, params.survey)
    return await setTargets(db, of, params.community, body.targets, lookOf(request, `quotas:${params.survey}`))
  })
  mount(app, distributeQuotas, async (request) => {
    const { db, district, params, body } = request
    const of = await found(db, district, params.survey)
    return await distributeTotal(db, of, body, lookOf(request, `quotas:${params.survey}`))
  })
}

/** Whoever has people of their own there may put right what those have recorded. */
const mayCorrect = { may: managing, at: 'place' } as const

function contacts(app: FastifyInstance): void {
  mount(app, listContacts, async (request) => {
    const { db, district, params } = request
    const of = await found(db, district, params.survey)
    const isManager = await mayIn(request as never, mayCorrect, params.community)
    return await listed(db, of, params.community, lookOf(request, '').actor, isManager)
  })
  mount(app, recordContact, async (request, reply) => {
    const { db, district, params, body } = request
    const of = await found(db, district, params.survey)
    const look = lookOf(request, `contact:${body.id.toLowerCase()}`)
    const isNew = await record(db, of, params.community, body, look, new Date())
    reply.code(isNew ? 201 : 200)
    return { id: body.id.toLowerCase() }
  })
  mount(app, undoContact, async (request) => {
    const { db, district, params } = request
    const of = await found(db, district, params.survey)
    const look = lookOf(request, `contact:${params.contact.toLowerCase()}`)
    const isManager = await mayIn(request as never, mayCorrect, params.community)
    await undo(db, of, params.community, params.contact, look, isManager, new Date())
    return { undone: true }
  })
}

const MOST_BATCHES = 200

function slips(app: FastifyInstance): void {
  const press = createPress()
  app.addHook('onClose', () => press.close())
  mount(app, listSlips, async ({ db, district, params }) => {
    const { community } = params
    const batches = await batchesOf(db, await found(db, district, params.survey), community, MOST_BATCHES)
    return {
      batches: batches.map((batch) => ({ ...batch, issuedAt: batch.issuedAt.toISOString() })),
      compounds: (await compounds(db, district.id, community)).map(({ code, name, households }) => {
        return { code, name, households }
      }),
    }
  })
  mount(app, orderSlips, async (request, reply) => {
    const { db, district, params, body } = request
    const of = await found(db, district, params.survey)
    const place = { district, community: params.community }
    const look = lookOf(request, `slips:${body.batch.toLowerCase()}`)
    const { codes, isNew } = await order(db, of, place, body, look, new Date())
    reply.code(isNew ? 201 : 200)
    return { batch: body.batch.toLowerCase(), codes }
  })
  mount(app, printSlips, async (request, reply) => {
    const { db, district, params } = request
    const of = await found(db, district, params.survey)
    const base = app.publicUrl ?? `http://${request.host}`
    const sheets = await slipsToPrint(db, of, { district, community: params.community }, params.batch, base)
    const file = await press.print(sheets)
    reply.type('application/pdf')
    reply.header('content-disposition', attachment(`${sheets.title}.pdf`, `slips-${params.batch.slice(0, 8)}.pdf`))
    return Buffer.from(file)
  })
}
