import type { FastifyInstance } from 'fastify'
import { confirmWish } from '../../shared/wishes/api.ts'
import { deliverWish } from '../../shared/wishes/claims-api.ts'
import { mount } from '../people/mount.ts'
import { judge } from './confirm.ts'
import { deliver } from './deliver.ts'
import type { Photos } from './photos.ts'

/** From the evidence to the wisher's word on it. */
export function deliveryRoutes(app: FastifyInstance, photos: Photos): void {
  mount(app, deliverWish, async (request, reply) => {
    const delivered = await deliver(app, photos, request as never, request.params.wish)
    reply.code(201)
    return delivered
  })
  mount(app, confirmWish, async (request) => ({
    state: await judge(app, request as never, request.params.wish, request.body),
  }))
}
