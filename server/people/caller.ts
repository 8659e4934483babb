import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Grant } from '../../shared/people/roles.ts'

/** Who stands behind a request. */
export interface Caller {
  /**
   * `person` signed in; `key` the staff key, which counts as an administrator of every district; `local` the server's
   * own machine while no administrator exists yet, which may read the desk and set up; `nobody`.
   */
  kind: 'person' | 'key' | 'local' | 'nobody'
  person?: SignedIn
  /** Address and device, for the audit. */
  from: string | null
}

export interface SignedIn {
  id: string
  districtId: number
  username: string
  sessionId: string
  grants: Grant[]
}

interface Rules {
  desk: 'loopback' | 'key'
  staffKey: string
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

/** Sets `request.caller` before any other check of a call. */
export function knowCallers(app: FastifyInstance): void {
  // Fastify wants a placeholder; the hook fills it in before anything can read it.
  app.decorateRequest('caller', null!)
  app.addHook('onRequest', async (request) => {
    request.caller = { kind: kindOf(request, app.rules), from: cameFrom(request) }
  })
}

function kindOf(request: FastifyRequest, rules: Rules): Caller['kind'] {
  if (request.headers.authorization !== undefined) return isStaff(request, rules) ? 'key' : 'nobody'
  return rules.desk === 'loopback' && fromThisMachine(request) ? 'local' : 'nobody'
}

/** Never what a header says about the address: anybody can write one. */
function cameFrom(request: FastifyRequest): string {
  return `${request.ip} ${(request.headers['user-agent'] ?? '').slice(0, 200)}`.trim()
}

/** True when the request carries the staff key. */
export function isStaff(request: FastifyRequest, rules: Rules): boolean {
  const { authorization } = request.headers
  if (authorization === undefined) return false
  const given = Buffer.from(authorization.replace(/^Bearer /i, ''))
  const wanted = Buffer.from(rules.staffKey)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** A proxy in front makes every visitor look local, and a page elsewhere can point its own name at 127.0.0.1: neither counts. */
export function fromThisMachine(request: FastifyRequest): boolean {
  const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded ?? request.headers['x-real-ip']
  return local && !forwarded && ['127.0.0.1', 'localhost', '[::1]'].includes(request.hostname)
}
