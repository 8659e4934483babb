import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/wishes/claims-api.ts'
import { actorOf, lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { refuse } from '../refusals.ts'
import { CLAIMS_AT_ONCE, claim, type Ground } from './claims.ts'
import { keepDeadlines } from './deadlines.ts'
import { within } from './found.ts'
import { assign } from './handover.ts'
import { extend, release } from './holding-steps.ts'
import { holding } from './holdings.ts'
import { contactFor } from './reading-contact.ts'
import { reasonIn } from './sentence.ts'
import { turnsOf } from './turns.ts'

/** Who holds a wish: claiming it, handing it over, lengthening, giving back, and reaching the wisher meanwhile. */
export function claimRoutes(app: FastifyInstance): void {
  keepDeadlines(app)
  const turns = turnsOf(CLAIMS_AT_ONCE)
  const groundOf = ({ db, district }: Pick<FastifyRequest, 'db' | 'district'>): Ground => ({ house: app, db, district })
  mount(app, api.claimWish, async (request, reply) => {
    const { caller, params, body } = request
    if (!caller.person) throw refuse.noSponsor()
    const wanted = { wish: params.wish.toLowerCase(), id: body.id.toLowerCase(), person: caller.person.id }
    const { made, holding } = await claim(
      { ...groundOf(request), turns, pool: app.pg.pool },
      wanted,
      lookOf(request, `wish:${wanted.wish}`),
      app.now(),
    )
    reply.code(made ? 201 : 200)
    return holding
  })
  mount(app, api.assignWish, async (request, reply) => {
    const { id: wish } = await within(request)
    const { id, sponsor } = request.body
    const reason = reasonIn(request.body.reason)
    const given = { wish, id: id.toLowerCase(), sponsor, reason, by: actorOf(request.caller) }
    const { made, holding } = await assign(groundOf(request), given, lookOf(request, `wish:${wish}`), app.now())
    reply.code(made ? 201 : 200)
    return holding
  })
  mount(app, api.readContact, async (request) => {
    const { caller, db, district, params } = request
    const of = { districtId: district.id, id: params.wish.toLowerCase() }
    return await contactFor(db, app.secrets, of, caller.person?.id, lookOf(request, `wish:${of.id}`), app.now())
  })
  mount(app, api.extendClaim, async (request) => {
    const told = { wish: request.params.wish, reason: request.body.reason }
    const id = await extend(groundOf(request), request as unknown as FastifyRequest, told, app.now())
    return await holding(request.db, { districtId: request.district.id, id })
  })
  mount(app, api.releaseClaim, async (request) => {
    const told = { wish: request.params.wish, reason: request.body.reason }
    await release(groundOf(request), request as unknown as FastifyRequest, told, app.now())
    return { released: true }
  })
}
