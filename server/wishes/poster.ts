import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { managing } from '../../shared/people/permissions.ts'
import type { postWish } from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import { actorOf } from '../people/look.ts'
import { mayIn } from '../people/permission.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { hashOfTicket } from './found.ts'
import type { StoredWish } from './queries.ts'
import { stationIn } from './station-code.ts'
import { activeStation } from './station-queries.ts'
import type { By } from './take-step.ts'

/** Who posts a wish, and by what they are known again. */
export interface Poster extends Pick<StoredWish, 'person_id' | 'ticket_hash' | 'station_id'> {
  by: By & { role: 'wisher' | 'staff' }
}

export type PostedWish = Static<typeof postWish.body>

/**
 * Staff of the community post for somebody; others for themselves, signed in or with a station's code.
 * @throws {Refusal} whoWishes, wrongStation
 */
export async function posterOf(request: FastifyRequest, secrets: Secrets): Promise<Poster> {
  const { caller, district, db } = request
  const body = request.body as PostedWish
  if (await mayIn(request, { may: managing, at: 'reach' }, body.community))
    return { by: { actor: actorOf(caller), role: 'staff' }, person_id: null, ticket_hash: null, station_id: null }
  const { person } = caller
  const person_id = person?.districtId === district.id && !person.must ? person.id : null
  const station_id = await stationOf(db, secrets, district.id, body.station)
  const ticket_hash = body.ticket === undefined ? null : hashOfTicket(body.ticket)
  if (person_id === null && (station_id === null || ticket_hash === null)) throw refuse.whoWishes()
  return { by: { actor: person_id ?? 'resident', role: 'wisher' }, person_id, ticket_hash, station_id }
}

/** @throws {Refusal} wrongStation */
async function stationOf(db: Db, secrets: Secrets, districtId: number, code: string | undefined) {
  if (code === undefined) return null
  const id = stationIn(secrets, districtId, code)
  if (id === undefined || !(await activeStation(db, { districtId, id }))) throw refuse.wrongStation()
  return id
}
