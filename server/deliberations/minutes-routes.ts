import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/deliberations/minutes-api.ts'
import type { Document } from '../../shared/document.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { remindDaily } from './follow-up-reminders.ts'
import { followUpRoutes } from './follow-up-routes.ts'
import { ofDeliberation, within } from './found.ts'
import { type Desk, editMinutes, minutesOf, setMinutesStatus } from './minutes.ts'
import { minutesFiles } from './minutes-files.ts'
import { fileReply } from './minutes-reply.ts'
import { eraseNamesNightly } from './names-retention.ts'
import { resultRoutes } from './result-routes.ts'

export function minutesRoutes(app: FastifyInstance): void {
  const files = minutesFiles(app.renderer)
  const desk = ({ db, district }: Pick<FastifyRequest, 'db' | 'district'>): Desk => {
    return { db, district, secrets: app.secrets }
  }
  remindDaily(app)
  eraseNamesNightly(app)
  followUpRoutes(app)
  resultRoutes(app, files)

  mount(app, api.readMinutes, async (request) => {
    const found = await within(request)
    return await minutesOf(desk(request), found.id, new Date())
  })
  mount(app, api.editMinutes, async (request) => {
    const found = await within(request)
    const look = lookOf(request, `deliberation:${found.id}`)
    await editMinutes(desk(request), ofDeliberation(found), { ...request.body, look }, new Date())
    return await minutesOf(desk(request), found.id, new Date())
  })
  mount(app, api.setMinutesStatus, async (request) => {
    const found = await within(request)
    const look = lookOf(request, `deliberation:${found.id}`)
    await setMinutesStatus(desk(request), ofDeliberation(found), { ...request.body, look }, new Date())
    return await minutesOf(desk(request), found.id, new Date())
  })
  mount(app, api.downloadMinutes, async (request, reply) => {
    const found = await within(request)
    const { document, sha256 } = await minutesOf(desk(request), found.id, new Date())
    const minutes = { document: document as Document, sha256 }
    return await fileReply(reply, files, minutes, request.params.format)
  })
}
