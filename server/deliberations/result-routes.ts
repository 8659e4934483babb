import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/deliberations/minutes-api.ts'
import type { Document } from '../../shared/document.ts'
import { mount } from '../people/mount.ts'
import { refuse } from '../refusals.ts'
import { known, ofDeliberation } from './found.ts'
import type { MinutesFiles } from './minutes-files.ts'
import { storedMinutes } from './minutes-queries.ts'
import { fileReply } from './minutes-reply.ts'
import { resultsOf } from './results.ts'

/** What residents may read of what came of it. */
export function resultRoutes(app: FastifyInstance, files: MinutesFiles): void {
  mount(app, api.readResults, async (request) => resultsOf(request.db, await known(request)))

  mount(app, api.readPublicMinutes, async (request, reply) => {
    const found = await known(request)
    const minutes = await storedMinutes(request.db, ofDeliberation(found))
    if (minutes?.status !== 'published' || !minutes.document || !minutes.sha256) throw refuse.noMinutes()
    const document = JSON.parse(minutes.document) as Document
    return await fileReply(reply, files, { document, sha256: minutes.sha256.toString('hex') }, 'pdf')
  })
}
