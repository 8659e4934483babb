import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/deliberations/api.ts'
import { type Numbered, numbered } from '../../shared/deliberations/roster.ts'
import { type Asked, lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { received } from '../people/upload.ts'
import { attachment } from '../platform/attachment.ts'
import { ofDeliberation, within } from './found.ts'
import type { Shown } from './planned.ts'
import type { StoredDeliberation } from './queries.ts'
import { linesIn, saveRoster } from './roster.ts'
import { rosterTemplate } from './roster-template.ts'

/** The largest list that is allowed, with room for one that is too long to be told so. */
const BODY = 1024 * 1024

export function rosterRoutes(app: FastifyInstance, shown: Shown): void {
  const save = async (request: Asked & Parameters<Shown>[0], found: StoredDeliberation, lines: Numbered[]) => {
    const look = lookOf(request, `deliberation:${found.id}`)
    await saveRoster({ db: request.db, secrets: app.secrets }, ofDeliberation(found), lines, look, new Date())
    return await shown(request, found.id)
  }
  mount(app, api.setRoster, async (request) => save(request, await within(request), numbered(request.body.people)), {
    bodyLimit: BODY,
  })
  mount(app, api.importRoster, async (request) => {
    const found = await within(request)
    return await save(request, found, linesIn(await app.people.readSheet('名单', await received(request))))
  })
  mount(app, api.rosterTemplate, async (request, reply) => {
    await within(request)
    reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    reply.header('content-disposition', attachment('议事会名单模板.xlsx', 'roster.xlsx'))
    return await rosterTemplate()
  })
}
