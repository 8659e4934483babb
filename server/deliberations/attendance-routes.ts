import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/deliberations/attendance-api.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { comeIn } from './attendance.ts'
import { attendance, signIn } from './door.ts'
import { known, ofDeliberation, within } from './found.ts'
import { leave, signOut } from './leaving.ts'

export function attendanceRoutes(app: FastifyInstance): void {
  const { secrets } = app

  mount(app, api.comeIn, async (request, reply) => {
    const of = ofDeliberation(await known(request))
    const { present, isNew } = await comeIn(request.db, secrets, of, request.body, new Date())
    reply.code(isNew ? 201 : 200)
    return present
  })

  mount(app, api.leave, async (request) => {
    const of = ofDeliberation(await known(request))
    return { left: await leave(request.db, of, request.body.ticket, new Date()) }
  })

  mount(app, api.listAttendance, async (request) => {
    return await attendance(request.db, secrets, ofDeliberation(await within(request)))
  })

  mount(app, api.signIn, async (request, reply) => {
    const of = ofDeliberation(await within(request))
    const look = lookOf(request, `deliberation:${of.id}`)
    const { attendee, isNew } = await signIn(request.db, secrets, of, request.body, look, new Date())
    reply.code(isNew ? 201 : 200)
    return attendee
  })

  mount(app, api.signOut, async (request) => {
    const of = ofDeliberation(await within(request))
    const look = lookOf(request, `deliberation:${of.id}`)
    return { left: await signOut(request.db, of, request.params.participant, look, new Date()) }
  })
}
