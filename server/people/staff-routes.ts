import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/people/api.ts'
import { done } from '../../shared/people/shapes.ts'
import { attachment } from '../platform/attachment.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { addPerson, changeGrants, changeStatus, renewSlip } from './accounts.ts'
import { importStaff } from './import-people.ts'
import { lookOf } from './look.ts'
import { type Managed, managedBy, managerOf, seenBy, sightOf } from './manager.ts'
import { listed } from './me.ts'
import { mount } from './mount.ts'
import { accountById, staffOf, withSecondFactor } from './queries.ts'
import { endSession, liveSessions } from './sessions.ts'
import { staffTemplate } from './staff-template.ts'
import { received } from './upload.ts'

/** Calls with which people look after the people below them. */
export async function staffRoutes(app: FastifyInstance): Promise<void> {
  const { people, secrets } = app
  const shown = async ({ one, grants }: Managed) =>
    listed(secrets, one, grants, (await accountById(app.db, one.id))?.secondFactor ?? false)

  mount(app, api.listPeople, async (request) => {
    const { db, district } = request
    const seen = await sightOf(db, await managerOf(request), await staffOf(db, district.id))
    const second = await withSecondFactor(db, district.id)
    await audit(db, lookOf(request, 'people'), new Date())
    return seen.map(({ one, grants }) => listed(secrets, one, grants, second.has(one.id)))
  })

  mount(app, api.addPerson, async (request, reply) => {
    const slip = await addPerson(people, request, await managerOf(request), request.body)
    reply.code(201)
    return slip
  })

  mount(app, api.changeGrants, async (request) => {
    const { params, body } = request
    return shown(await changeGrants(people, request, await managerOf(request), params.person, body.grants))
  })

  mount(app, api.setPersonStatus, async (request) => {
    const { params, body } = request
    return shown(await changeStatus(people, request, await managerOf(request), params.person, body.status))
  })

  mount(app, api.newSlip, async (request, reply) => {
    const slip = await renewSlip(people, request, await managerOf(request), request.params.person)
    reply.code(201)
    return slip
  })

  mount(app, api.importPeople, async (request) =>
    importStaff(people, request, await managerOf(request), await received(request)),
  )

  mount(app, api.staffTemplate, async (request, reply) => {
    reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    reply.header('content-disposition', attachment('人员导入模板.xlsx', 'people.xlsx'))
    return await staffTemplate(await managerOf(request))
  })

  mount(app, api.listPersonSessions, async (request) => {
    const { one } = await seenBy(request.db, await managerOf(request), request.params.person)
    await audit(request.db, lookOf(request, `person:${one.id}`), new Date())
    return await liveSessions(request.db, one.id, request.caller.person?.sessionId)
  })

  mount(app, api.endPersonSession, async (request) => {
    const { person, session } = request.params
    const { one } = await ownOrManaged(request, person)
    if (!(await endSession(request.db, one.id, session))) throw refuse.unknownSession()
    people.sessions.forget(one.id)
    await audit(request.db, lookOf(request, `person:${one.id}`), new Date())
    return done
  })
}

/** One's own sessions may be ended here as well. */
async function ownOrManaged(request: Pick<FastifyRequest, 'caller' | 'district' | 'db'>, id: string): Promise<Managed> {
  const manager = await managerOf(request)
  return id === manager.id ? await seenBy(request.db, manager, id) : await managedBy(request.db, manager, id)
}
