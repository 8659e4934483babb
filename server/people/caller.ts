import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Me } from '../../shared/people/api.ts'
import type { Grant } from '../../shared/people/roles.ts'
import { cookieOf } from './cookies.ts'
import type { Origin } from './door.ts'
import { keepOutOtherSites } from './other-sites.ts'
import { isSame } from './same.ts'

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
  /** Empty while something must be done first. */
  grants: Grant[]
  must: Me['must']
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

/** Sets `request.caller` before any other check of a call, and turns away what other sites make a browser send. */
export function knowCallers(app: FastifyInstance): void {
  // Fastify wants a placeholder; the hook fills it in before anything can read it.
  app.decorateRequest('caller', null!)
  app.addHook('onRequest', async (request, reply) => {
    const cookie = sessionCookie(request)
    keepOutOtherSites(request, cookie !== undefined, app.publicUrl)
    const person = cookie === undefined ? undefined : await signedIn(app, cookie, request, reply)
    request.caller = { kind: person ? 'person' : kindOf(request, app), person, from: cameFrom(request) }
  })
}

/** The session cookie, where it matters: pages and their parts are everybody's, and programs with a key have no session. */
export function sessionCookie(request: Pick<FastifyRequest, 'headers' | 'url' | 'server'>): string | undefined {
  const { cookie, authorization } = request.headers
  if (cookie === undefined || authorization !== undefined || !request.url.startsWith('/api/')) return undefined
  return cookieOf(cookie, request.server.people.cookies.session)
}

async function signedIn(app: FastifyInstance, cookie: string, request: FastifyRequest, reply: FastifyReply) {
  const found = await app.people.sessions.whose(cookie, originOf(request))
  if (found?.cookies.length) reply.header('set-cookie', found.cookies)
  return found?.person
}

function kindOf(request: FastifyRequest, { rules, people }: FastifyInstance): Caller['kind'] {
  const { authorization } = request.headers
  if (authorization !== undefined) return isStaffKey(authorization, rules.staffKey) ? 'key' : 'nobody'
  return rules.desk === 'loopback' && !people.administrator.exists() && fromThisMachine(request) ? 'local' : 'nobody'
}

/** Address and device of a request. What a header says about the address counts where a proxy of TRUST_PROXY wrote it; anybody else can write one. */
export function originOf(request: Pick<FastifyRequest, 'ip' | 'headers'>): Origin {
  return { address: request.ip, device: (request.headers['user-agent'] ?? '').slice(0, 200) }
}

function cameFrom(request: FastifyRequest): string {
  const { address, device } = originOf(request)
  return `${address} ${device}`.trim()
}

/** A key that is missing is nobody's: an empty header does not match it. */
function isStaffKey(authorization: string, key: string): boolean {
  return key !== '' && isSame(Buffer.from(authorization.replace(/^Bearer /i, '')), Buffer.from(key))
}

const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'via']

/** A proxy in front makes every visitor look local, and a page elsewhere can point its own name at 127.0.0.1: neither counts. */
export function fromThisMachine(request: Pick<FastifyRequest, 'headers' | 'socket' | 'hostname'>): boolean {
  const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')
  const isForwarded = forwarding.some((name) => request.headers[name] !== undefined)
  return local && !isForwarded && ['127.0.0.1', 'localhost', '[::1]'].includes(request.hostname)
}
