import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/surveys/drafts-api.ts'
import type { Db } from '../db/database.ts'
import { type Asked, lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { refuse } from '../refusals.ts'
import { type DraftHead, draftOf, draftsOf, removeDraft } from './draft-queries.ts'
import { beginDraft, discardDraft, heldAt, judgeBase, type NameOf, problemsOf, saveDraft } from './drafts.ts'
import { naming } from './naming.ts'
import { publish } from './publish.ts'
import { latestSurvey } from './queries.ts'

/** Surveys that are being written. */
export function draftRoutes(app: FastifyInstance): void {
  const bodyLimit = 1024 * 1024
  const making = (request: Asked & Pick<FastifyRequest, 'db'>, subject: string) => {
    const { db, district } = request
    const look = lookOf(request, subject)
    return { db, districtId: district.id, look, nameOf: naming(app, district.id), at: new Date() }
  }
  const read = async (db: FastifyRequest['db'], districtId: number, survey: string) => {
    const draft = await draftOf(db, districtId, survey)
    if (!draft) throw refuse.unknownDraft()
    const { definition, retentionDays } = draft
    const head = await listed(db, draft, naming(app, districtId))
    const current = (await latestSurvey(db, districtId, survey))?.version
    return { ...head, ...(current && { current }), definition, retentionDays, problems: problemsOf(definition) }
  }

  mount(app, api.listDrafts, async ({ db, district }) => {
    const names = naming(app, district.id)
    return await Promise.all((await draftsOf(db, district.id)).map((draft) => listed(db, draft, names)))
  })

  mount(
    app,
    api.makeDraft,
    async (request, reply) => {
      const survey = await beginDraft(making(request, 'survey'), request.body)
      reply.code(201)
      return await read(request.db, request.district.id, survey)
    },
    { bodyLimit },
  )

  mount(app, api.readDraft, ({ db, district, params }) => read(db, district.id, params.survey))

  mount(
    app,
    api.saveDraft,
    async (request) => {
      const { survey } = request.params
      await saveDraft(making(request, `survey:${survey}`), survey, request.body)
      return await read(request.db, request.district.id, survey)
    },
    { bodyLimit },
  )

  mount(app, api.discardDraft, async (request) => {
    const { survey } = request.params
    await discardDraft(making(request, `survey:${survey}`), survey, request.query.revision)
    return { discarded: true }
  })

  mount(app, api.publishDraft, async (request, reply) => {
    const { db, district, params, body } = request
    const { survey } = params
    const { revision, over, ...more } = body
    const { look, nameOf: names, at } = making(request, `survey:${survey}`)
    const draft = await draftOf(db, district.id, survey)
    if (!draft) throw refuse.unknownDraft()
    const { title, definition, retentionDays } = draft
    const version = await publish(
      db,
      district,
      survey,
      { ...more, title, definition, retentionDays },
      look,
      at,
      async (tx, before) => {
        const held = await heldAt(tx, district.id, survey, revision, names)
        await judgeBase(tx, district.id, held, { before, over }, names)
        await removeDraft(tx, district.id, survey)
      },
    )
    reply.code(201)
    return { survey, version }
  })
}

async function listed(db: Db, { updatedAt, updatedBy, base, survey, title, revision }: DraftHead, names: NameOf) {
  return {
    ...{ survey, title, revision, updatedAt: updatedAt.toISOString(), updatedBy: await names(db, updatedBy) },
    ...(base !== null && { base }),
  }
}
