import type { FastifyRequest } from 'fastify'
import { refuse } from '../refusals.ts'
import type { Settings } from '../settings.ts'
import { fromThisMachine, isStaff } from './caller.ts'

/** Who may make a call until accounts exist: anybody; whoever sits at the server or holds the key; only the key. */
export type Who = 'anyone' | 'desk' | 'staff'

type Rules = Pick<Settings, 'desk' | 'staffKey'>

/** @throws {Refusal} when the request may not make this call. */
export function permit(request: FastifyRequest, who: Who, rules: Rules): void {
  if (who === 'anyone' || isStaff(request, rules)) return
  if (who === 'staff' || request.headers.authorization) throw refuse.keyNeeded()
  if (rules.desk === 'key') throw refuse.keyNeeded()
  if (!fromThisMachine(request)) throw refuse.loopbackOnly()
}
