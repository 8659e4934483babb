import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { refuse } from '../refusals.ts'
import type { Settings } from '../settings.ts'

/** Who may make a call until accounts exist: anybody; whoever sits at the server or holds the key; only the key. */
export type Who = 'anyone' | 'desk' | 'staff'

type Rules = Pick<Settings, 'desk' | 'staffKey'>

/** True when the request carries the staff key. */
export function isStaff(request: FastifyRequest, rules: Rules): boolean {
  const { authorization } = request.headers
  if (authorization === undefined) return false
  const given = Buffer.from(authorization.replace(/^Bearer /i, ''))
  const wanted = Buffer.from(rules.staffKey)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** @throws {Refusal} when the request may not make this call. */
export function permit(request: FastifyRequest, who: Who, rules: Rules): void {
  if (who === 'anyone' || isStaff(request, rules)) return
  if (who === 'staff' || request.headers.authorization) throw refuse.keyNeeded()
  if (rules.desk === 'key') throw refuse.keyNeeded()
  if (!fromThisMachine(request)) throw refuse.loopbackOnly()
}

/** A proxy in front makes every visitor look local, and a page elsewhere can point its own name at 127.0.0.1: neither counts. */
function fromThisMachine(request: FastifyRequest): boolean {
  const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '')
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded ?? request.headers['x-real-ip']
  return local && !forwarded && ['127.0.0.1', 'localhost', '[::1]'].includes(request.hostname)
}
