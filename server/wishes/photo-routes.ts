import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as api from '../../shared/wishes/api.ts'
import { mount } from '../people/mount.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import { maySee } from './photo-access.ts'
import type { Photos } from './photos.ts'
import { wishById } from './queries.ts'
import { addPhoto, removePhoto } from './wish-photo.ts'

/** Photos of wishes, and everybody's look at those and at the evidence. */
export function photoRoutes(app: FastifyInstance, photos: Photos): void {
  mount(app, api.addWishPhoto, async (request, reply) => {
    const photo = await addPhoto(app, photos, request as never, request.params.wish)
    reply.code(201)
    return { photo }
  })
  mount(app, api.removeWishPhoto, async (request) => {
    const { params, body } = request
    await removePhoto(app, request as never, { ...params, ticket: body.ticket })
    return { removed: true }
  })
  mount(app, api.readPhoto, (request, reply) => send(app, request as never, reply, request.params, undefined))
  mount(app, api.readOwnPhoto, (request, reply) =>
    send(app, request as never, reply, request.params, request.body.ticket),
  )
}

/** @throws {Refusal} unknownPhoto, also where it is there but not for whoever asks */
async function send(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  { wish: id, photo }: { wish: string; photo: string },
  ticket: string | undefined,
): Promise<unknown> {
  const { db, district } = request
  const wish = await wishById(db, { districtId: district.id, id })
  if (!wish) throw refuse.unknownPhoto()
  const sent = app.files.send(reply, { districtId: district.id, id: photo }, async (file) => {
    if (!(await maySee(request, db, wish, file, ticket))) throw refuse.unknownPhoto()
  })
  return await sent.catch((error) => {
    throw error instanceof Refusal && error.code === 'unknown_file' ? refuse.unknownPhoto() : error
  })
}
