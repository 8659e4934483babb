import type { FastifyInstance } from 'fastify'
import { printSheet } from '../../shared/deliberations/api.ts'
import { createPress } from '../documents/press.ts'
import { mount } from '../people/mount.ts'
import { community } from '../places/queries.ts'
import { attachment } from '../platform/attachment.ts'
import { within } from './found.ts'
import { posterOf, seatsOf } from './prints.ts'

/** Poster, table cards and seat cards. */
export function printRoutes(app: FastifyInstance): void {
  const press = createPress()
  app.addHook('onClose', () => press.close())
  mount(app, printSheet, async (request, reply) => {
    const { db, district, params } = request
    const found = await within(request)
    const place = await community(db, district.id, found.community_code)
    const communityName = place?.name ?? found.community_code
    const base = app.publicUrl ?? `http://${request.host}`
    const toPrint = { found, district, communityName, base, at: new Date() }
    const sheet =
      params.sheet === 'seats'
        ? seatsOf(toPrint, app.secrets)
        : posterOf(toPrint, params.sheet === 'tables' ? 'cards' : 'poster')
    const file = await press.print(sheet)
    reply.type('application/pdf')
    reply.header('content-disposition', attachment(`${sheet.title}.pdf`, `${params.sheet}-${found.code}.pdf`))
    return Buffer.from(file)
  })
}
