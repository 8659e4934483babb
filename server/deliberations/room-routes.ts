import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/deliberations/attendance-api.ts'
import { sourceOf } from '../people/attempts.ts'
import { originOf } from '../people/caller.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { asJson } from '../platform/as-json.ts'
import { refuse } from '../refusals.ts'
import { goTo } from './agenda.ts'
import { deliberationByCode, eventsAfter, lastEvent } from './event-queries.ts'
import { FAR } from './feed.ts'
import { known, ofDeliberation, within } from './found.ts'
import { roomReads } from './room-reads.ts'
import { ask, askFor, move } from './speakers.ts'
import { streamRoutes } from './stream-routes.ts'
import { wrongCodes } from './wrong-codes.ts'

/** What everybody in a room sees. */
export function roomRoutes(app: FastifyInstance): void {
  streamRoutes(app)
  const codes = wrongCodes()
  const rooms = roomReads()

  mount(app, api.findRoom, async (request) => {
    const { db, district, params } = request
    const { address, device } = originOf(request)
    const from = { address: sourceOf(address), device }
    const found = await codes.guess(from, () => deliberationByCode(db, district.id, params.code))
    if (!found) throw refuse.unknownRoom()
    const base = app.publicUrl ?? `http://${request.host}`
    return { deliberation: found.id, title: found.title, address: `${base}/m/${district.code}/${params.code}` }
  })

  mount(app, api.readRoom, async ({ db, district, params }, reply) => {
    return asJson(reply, await rooms.read(db, { districtId: district.id, id: params.deliberation.toLowerCase() }))
  })

  mount(app, api.readEvents, async (request) => {
    const { db, query } = request
    const of = ofDeliberation(await known(request))
    const last = await lastEvent(db, of)
    // A database that was restored knows less than its screens.
    if (last === undefined || query.since > last || last - query.since > FAR) return { far: true, events: [] }
    const rows = await eventsAfter(db, of, query.since, FAR)
    const events = rows.filter(({ audience }) => audience === 'all')
    return { far: false, events: events.map(({ seq, body }) => ({ seq, change: body })) }
  })

  mount(app, api.goToItem, async (request) => {
    const of = ofDeliberation(await within(request))
    const look = lookOf(request, `deliberation:${of.id}`)
    return { seq: await goTo(request.db, of, request.body.item, look, new Date()) }
  })

  mount(app, api.askToSpeak, async (request, reply) => {
    const { id, ticket } = request.body
    const listed = await ask(request.db, ofDeliberation(await known(request)), id, ticket, new Date())
    reply.code(listed.isNew ? 201 : 200)
    return { id: listed.id }
  })

  mount(app, api.addSpeaker, async (request, reply) => {
    const of = ofDeliberation(await within(request))
    const look = lookOf(request, `deliberation:${of.id}`)
    const listed = await askFor(request.db, of, request.body.id, request.body.seat, look, new Date())
    reply.code(listed.isNew ? 201 : 200)
    return { id: listed.id }
  })

  mount(app, api.moveSpeaker, async (request) => {
    const { params, body } = request
    const of = ofDeliberation(await within(request))
    const look = lookOf(request, `deliberation:${of.id}`)
    return { seq: await move(request.db, of, params.speaker, body.state, look, new Date()) }
  })
}
