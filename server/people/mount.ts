import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Endpoint } from '../../shared/endpoint.ts'
import type { District } from '../../shared/places/api.ts'
import { Problem } from '../../shared/problem.ts'
import { permit, type Who } from './permission.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The district with this code. @throws {Refusal} unknownDistrict */
    district(code: string): Promise<District>
    rules: { desk: 'loopback' | 'key'; staffKey: string }
  }
  interface FastifyRequest {
    /** Set where the URL names a district. */
    district: District
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

/** Serves one described call: checks who asks, finds the district of the URL, validates, answers. */
export function mount<E extends Endpoint>(
  app: FastifyInstance,
  call: E,
  who: Who,
  handler: (request: Call<E>, reply: FastifyReply) => Promise<Answer<E>>,
  options: { bodyLimit?: number; rateLimit?: { max: number; timeWindow: number } } = {},
): void {
  app.route({
    method: call.method,
    url: call.url,
    bodyLimit: options.bodyLimit,
    config: options.rateLimit ? { rateLimit: options.rateLimit } : undefined,
    schema: {
      ...schemaOf(call, refusedBefore(call, who, options.rateLimit !== undefined)),
      security: who === 'anyone' ? [] : [{ staffKey: [] }],
    },
    onRequest: async (request) => permit(request, who, app.rules),
    preHandler: async (request) => {
      const { district } = (request.params ?? {}) as { district?: string }
      if (district) request.district = await app.district(district.toUpperCase())
    },
    handler: (request, reply) => handler(request as unknown as Call<E>, reply),
  })
}

/** Only what the call has: Fastify warns of keys that are there without a schema. */
function schemaOf({ summary, params, query, body, responses }: Endpoint, refused: number[]): Record<string, unknown> {
  const parts = { params, querystring: query, body }
  const given = Object.fromEntries(Object.entries(parts).filter(([, schema]) => schema))
  const refusals = Object.fromEntries(refused.map((status) => [status, Problem]))
  return { summary, ...given, response: { ...refusals, ...responses } }
}

/** What the call may be refused with before its handler has a say, and when the server itself is in trouble. */
function refusedBefore({ method, url, params, query, body }: Endpoint, who: Who, limited: boolean): number[] {
  const sends = method !== 'GET'
  return [
    ...(params || query || body ? [400] : []),
    ...(who === 'anyone' ? [] : [401]),
    ...(who === 'desk' ? [403] : []),
    ...(url.includes(':district') ? [404] : []),
    ...(sends ? [413, 415] : []),
    ...(limited ? [429] : []),
    ...[500, 503],
  ]
}
