import type { FastifyRequest } from 'fastify'
import type { Look } from '../platform/audit.ts'
import type { Caller } from './caller.ts'

export type Asked = Pick<FastifyRequest, 'caller' | 'district' | 'method' | 'routeOptions'>
type More = Pick<Look, 'before' | 'after' | 'purpose'>

/** What the audit says of a request: who asked for which call about `subject`, e.g. `person:<id>`. */
export function lookOf(request: Asked, subject: string, more: More = {}): Look {
  const { caller, district, method, routeOptions } = request
  return {
    district,
    actor: actorOf(caller),
    action: `${method} ${routeOptions.url}`,
    subject,
    from: caller.from,
    ...more,
  }
}

/** What the audit says of somebody and their own account, where it is more than the call that tells. */
export function ownLook(
  { caller }: Pick<FastifyRequest, 'caller'>,
  { id, districtId }: { id: string; districtId: number },
  action: string,
  actor = id,
): Look {
  return { district: { id: districtId }, actor, action, subject: `person:${id}`, from: caller.from }
}

/** Who the audit says it was. Whoever makes a call without an account is a resident to it. */
export function actorOf({ kind, person }: Caller): string {
  if (kind === 'person' && person) return person.id
  return kind === 'nobody' ? 'resident' : kind
}
