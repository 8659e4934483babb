import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as api from '../../shared/wishes/api.ts'
import { mount } from '../people/mount.ts'
import { hashOfTicket } from './found.ts'
import { ownWishes } from './own.ts'
import { tellOfWishers } from './personal-data.ts'
import { wishesOf } from './post-queries.ts'
import { post } from './posting.ts'
import { revise } from './revising.ts'
import { withdraw } from './withdrawing.ts'

/** All couriers of a city may come from a few addresses of a mobile network. */
const FROM_ONE_ADDRESS = { max: 600, timeWindow: 60_000 }
const MOST_LISTED = 200

/** What wishers do with wishes of their own, and staff for them. */
export function postRoutes(app: FastifyInstance): void {
  tellOfWishers(app)
  const ownOf = (request: Pick<FastifyRequest, 'db' | 'district'>, wishes: Parameters<typeof ownWishes>[3]) =>
    ownWishes(app.files, request.db, request.district.id, wishes)

  mount(
    app,
    api.postWish,
    async (request, reply) => {
      const { receipt, isNew } = await post(app, request as unknown as FastifyRequest)
      reply.code(isNew ? 201 : 200)
      return receipt
    },
    { rateLimit: FROM_ONE_ADDRESS },
  )
  mount(app, api.readOwnWishes, async (request) => {
    const { db, district, caller, body } = request
    const person_id = caller.person?.districtId === district.id ? caller.person.id : null
    const ticket_hash = body.ticket === undefined ? null : hashOfTicket(body.ticket)
    return await ownOf(request, await wishesOf(db, district.id, { person_id, ticket_hash }, MOST_LISTED))
  })
  mount(app, api.reviseWish, async (request) => {
    const { params, body } = request
    const revised = await revise(app, request as unknown as FastifyRequest, params.wish, body)
    return (await ownOf(request, [revised]))[0]!
  })
  mount(app, api.withdrawWish, async (request) => {
    const { params, body } = request
    const asked = { wish: params.wish, ticket: body.ticket, reason: body.reason }
    await withdraw(app, request as unknown as FastifyRequest, asked)
    return { withdrawn: true }
  })
}
