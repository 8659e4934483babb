import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import type { Static, TSchema } from 'typebox'
import type { Endpoint } from '../../shared/endpoint.ts'
import type { Permission } from '../../shared/people/permissions.ts'
import type { District } from '../../shared/places/api.ts'
import { Problem } from '../../shared/problem.ts'
import { forDistrict } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { closedBody } from './closed-body.ts'
import { admit, locate, permissionOf } from './permission.ts'
import type { Reach } from './reach.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The district with this code. @throws {Refusal} unknownDistrict */
    district(code: string): Promise<District>
    rules: { desk: 'loopback' | 'key'; staffKey: string }
  }
  interface FastifyRequest {
    /** Set where the URL names a district. */
    district: District
    /** The database as that district has it; other districts' rows are not in it. */
    db: Kysely<Tables>
    /** Which part of the district this call may show; set where the call is for some roles and about a district. */
    reach: Reach
  }
}

type Of<S> = S extends TSchema ? Static<S> : undefined

export type Call<E extends Endpoint> = Omit<FastifyRequest, 'params' | 'query' | 'body'> & {
  params: Of<E['params']>
  query: Of<E['query']>
  body: Of<E['body']>
}

/** What the call answers with when all is well; refusals are thrown. */
type Answer<E extends Endpoint> = E['responses'] extends infer R
  ? R extends { 201: infer S extends TSchema; 200: infer Q extends TSchema }
    ? Static<S> | Static<Q>
    : R extends { 201: infer S extends TSchema }
      ? Static<S>
      : R extends { 200: infer S extends TSchema }
        ? Static<S>
        : never
  : never

/**
 * Serves one described call: checks who asks, validates, finds the district and the place, answers.
 * @throws {Error} when the table of permissions says nothing about the call: then the server does not start
 */
export function mount<E extends Endpoint>(
  app: FastifyInstance,
  call: E,
  handler: (request: Call<E>, reply: FastifyReply) => Promise<Answer<E>>,
  options: { bodyLimit?: number; rateLimit?: { max: number; timeWindow: number } } = {},
): void {
  const permission = permissionOf(call.method, call.url, call.body)
  app.route({
    method: call.method,
    url: call.url,
    bodyLimit: options.bodyLimit,
    config: options.rateLimit ? { rateLimit: options.rateLimit } : undefined,
    schema: {
      ...schemaOf(call, refusedBefore(call, permission, options.rateLimit !== undefined)),
      security: securityOf(permission),
    },
    onRequest: async (request) => admit(request, permission),
    preHandler: async (request) => {
      const { district } = (request.params ?? {}) as { district?: string }
      if (!district) return
      request.district = await app.district(district.toUpperCase())
      request.db = forDistrict(app.db, request.district.id)
      request.reach = await locate(request, permission)
    },
    handler: (request, reply) => handler(request as unknown as Call<E>, reply),
  })
}

function securityOf({ may }: Permission): Record<string, string[]>[] {
  if (may === 'anyone') return []
  const session = { session: [] }
  const key = { staffKey: [] }
  if (may === 'key') return [key]
  return may === 'signed-in' ? [session] : [session, key]
}

/** Only what the call has: Fastify warns of keys that are there without a schema. */
function schemaOf({ summary, params, query, body, responses }: Endpoint, refused: number[]): Record<string, unknown> {
  const parts = { params, querystring: query, body: body && closedBody(body) }
  const given = Object.fromEntries(Object.entries(parts).filter(([, schema]) => schema))
  const refusals = Object.fromEntries(refused.map((status) => [status, Problem]))
  return { summary, ...given, response: { ...refusals, ...responses } }
}

/** What the call may be refused with before its handler has a say, and when the server itself is in trouble. */
function refusedBefore(call: Endpoint, { may }: Permission, limited: boolean): number[] {
  const { method, url, params, query, body } = call
  const sends = method !== 'GET'
  return [
    ...(params || query || body ? [400] : []),
    ...(may === 'anyone' ? [] : [401]),
    // What changes anything may also be asked for by another site.
    ...(sends || (may !== 'anyone' && may !== 'signed-in') ? [403] : []),
    ...(url.includes(':district') ? [404] : []),
    ...(sends ? [413, 415] : []),
    ...(limited ? [429] : []),
    ...[500, 503],
  ]
}
