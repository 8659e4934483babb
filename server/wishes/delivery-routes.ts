import type { FastifyInstance } from 'fastify'
import { confirmWish } from '../../shared/wishes/api.ts'
import { deliverWish } from '../../shared/wishes/claims-api.ts'
import { reopenWish } from '../../shared/wishes/desk-api.ts'
import { mount } from '../people/mount.ts'
import { judge } from './confirm.ts'
import { deliver } from './deliver.ts'
import { deskWishes } from './desk-wishes.ts'
import { within } from './found.ts'
import type { Photos } from './photos.ts'
import { wishById } from './queries.ts'
import { reopen } from './reopen.ts'

/** From the evidence to the wisher's word on it. */
export function deliveryRoutes(app: FastifyInstance, photos: Photos): void {
  mount(app, deliverWish, async (request, reply) => {
    const delivered = await deliver(app, photos, request as never, request.params.wish)
    reply.code(201)
    return delivered
  })
  mount(app, reopenWish, async (request) => {
    const { db, district } = request
    const { id } = await within(request)
    await reopen(app, request as never, id, request.body.reason)
    const reopened = await wishById(db, { districtId: district.id, id })
    return (await deskWishes(app.files, db, district.id, [reopened!]))[0]!
  })
  mount(app, confirmWish, async (request) => ({
    state: await judge(app, request as never, request.params.wish, request.body),
  }))
}
