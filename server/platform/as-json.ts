import type { FastifyReply } from 'fastify'

/** What is JSON already, as it was stored, goes out as it is: not parsed and written again. */
export function asJson(reply: FastifyReply, json: string | Buffer): never {
  reply.type('application/json; charset=utf-8')
  return json as never
}
