import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/deliberations/api.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { receivedFile } from '../people/upload.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { known, ofDeliberation, within } from './found.ts'
import { attachedTo, type Shown, subjectOf } from './planned.ts'
import { lockDeliberation } from './queries.ts'
import { tell } from './tell.ts'

const MOST_DOCUMENTS = 20

/** What is handed out in the room, also to residents. */
export function documentRoutes(app: FastifyInstance, shown: Shown): void {
  mount(app, api.attachDocument, async (request, reply) => {
    const { db } = request
    const found = await within(request)
    const of = ofDeliberation(found)
    const { name, content } = await receivedFile(request)
    const at = new Date()
    await db.transaction().execute(async (one) => {
      await lockDeliberation(one, of)
      const subject = subjectOf(found.id)
      if ((await app.files.list(one, of.districtId, subject)).length >= MOST_DOCUMENTS) throw refuse.badPlan(full)
      const file = { districtId: of.districtId, subject, name, content, kinds: ['application/pdf'] as const }
      const kept = await app.files.keep(one, file, at)
      await tell(one, of, [{ kind: 'desk', about: 'plan' }], at)
      await audit(one, { ...lookOf(request, `deliberation:${found.id}`), after: { document: kept.id } }, at)
    })
    reply.code(201)
    return await shown(request, found.id)
  })
  mount(app, api.removeDocument, async (request) => {
    const { db, params } = request
    const found = await within(request)
    const of = ofDeliberation(found)
    const at = new Date()
    await db.transaction().execute(async (one) => {
      await lockDeliberation(one, of)
      const document = params.document.toLowerCase()
      const file = { districtId: of.districtId, subject: subjectOf(found.id), id: document }
      if (!(await app.files.remove(one, file))) throw refuse.unknownFile()
      await tell(one, of, [{ kind: 'desk', about: 'plan' }], at)
      await audit(one, { ...lookOf(request, `deliberation:${found.id}`), before: { document } }, at)
    })
    return await shown(request, found.id)
  })
  mount(app, api.listDocuments, async (request) => {
    const found = await known(request)
    return await attachedTo(app.files, request.db, ofDeliberation(found))
  })
  mount(app, api.readDocument, async (request, reply) => {
    const found = await known(request)
    return await app.files.send(reply, { districtId: found.district_id, id: request.params.document }, async (file) => {
      if (file.subject !== subjectOf(found.id)) throw refuse.unknownFile()
    })
  })
}

const full = [{ at: 'documents', rule: 'many', message: `材料最多 ${MOST_DOCUMENTS} 份，请先撤下不用的。` }]
