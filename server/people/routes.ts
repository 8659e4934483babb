import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as api from '../../shared/people/api.ts'
import { done } from '../../shared/people/shapes.ts'
import { forDistrict } from '../db/database.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { sessionCookie } from './caller.ts'
import { type Came, enter, enterSecond } from './entering.ts'
import { ownLook } from './look.ts'
import { meOf } from './me.ts'
import { mount } from './mount.ts'
import { choosePassword, confirmSecondFactor, type Self, startSecondFactor } from './own-account.ts'
import { enterByPhone, sendCode } from './phone-code.ts'
import { person } from './queries.ts'
import { endSession, liveSessions } from './sessions.ts'
import { setUpFirst } from './set-up.ts'

/** Calls with which people set up, sign in and look after their own account. */
export async function ownRoutes(app: FastifyInstance): Promise<void> {
  const { people, sms } = app

  mount(app, api.readSetup, async () => {
    await people.administrator.look()
    return { administrator: people.administrator.exists() }
  })

  mount(app, api.setUp, async (request, reply) => {
    const { district: code, ...given } = request.body
    request.district = await app.district(code.toUpperCase())
    await setUpFirst(people, request, given)
    reply.code(201)
    return welcome(reply, await enter(people, request, given))
  })

  mount(app, api.signIn, async (request, reply) => welcome(reply, await enter(people, request, request.body)))

  mount(app, api.signInSecond, async (request, reply) =>
    welcome(reply, await enterSecond(people, request, request.body.code)),
  )

  mount(app, api.sendPhoneCode, async (request) => {
    const { district, phone } = request.body
    await sendCode(people, sms, request, await app.district(district.toUpperCase()), phone)
    return done
  })

  mount(app, api.signInByPhone, async (request, reply) => {
    const { district, phone, code } = request.body
    const { id } = await app.district(district.toUpperCase())
    return welcome(reply, await enterByPhone(people, request, id, phone, code))
  })

  mount(app, api.signOut, async (request, reply) => {
    const { person } = request.caller
    if (person) {
      await ended(app, person.sessionId, ownLook(request, person, 'sign-out'), person.id)
    }
    reply.header('set-cookie', people.leave())
    return done
  })

  mount(app, api.readMe, async (request) => {
    const { person: who } = selfOf(request)
    const found = await person(app.db, who.districtId, who.id)
    if (!found) throw refuse.signInNeeded()
    return await meOf(people, found)
  })

  mount(app, api.setPassword, async (request, reply) => {
    reply.header('set-cookie', await choosePassword(people, request, selfOf(request), request.body))
    return done
  })

  mount(app, api.startSecondFactor, (request) => startSecondFactor(people, selfOf(request), request.body.password))

  mount(app, api.confirmSecondFactor, async (request, reply) => {
    reply.header('set-cookie', await confirmSecondFactor(people, request, selfOf(request), request.body.code))
    return done
  })

  mount(app, api.listSessions, async (request) => {
    const { person } = selfOf(request)
    return await liveSessions(app.db, person.id, person.sessionId)
  })

  mount(app, api.endSession, async (request) => {
    const { person } = selfOf(request)
    const look = ownLook(request, person, 'session:end')
    if (!(await ended(app, request.params.session, look, person.id))) throw refuse.unknownSession()
    return done
  })
}

/** Ends one of somebody's sessions; false where they have no such session. */
async function ended({ db, people }: FastifyInstance, session: string, look: Look, person: string): Promise<boolean> {
  const isEnded = await forDistrict(db, look.district.id)
    .transaction()
    .execute(async (one) => {
      const isThere = await endSession(one, person, session)
      if (isThere) await audit(one, look, new Date())
      return isThere
    })
  people.sessions.forget(person)
  return isEnded
}

function welcome(reply: FastifyReply, { me, cookies }: Came): Came['me'] {
  reply.header('set-cookie', cookies)
  return me
}

/** Whoever is signed in. @throws {Refusal} signInNeeded */
function selfOf(request: Pick<FastifyRequest, 'caller' | 'headers' | 'url' | 'server'>): Self {
  const { person } = request.caller
  const cookie = sessionCookie(request)
  if (!person || cookie === undefined) throw refuse.signInNeeded()
  return { person, cookie }
}
