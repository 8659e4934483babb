import type { FastifyRequest } from 'fastify'
import type { Grant } from '../../shared/people/roles.ts'
import { forDistrict } from '../db/database.ts'
import { audit } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { namedConflict } from './accounts.ts'
import { fromThisMachine } from './caller.ts'
import { type Asked as AskedFor, lookOf } from './look.ts'
import type { People } from './open.ts'
import { passwordFault } from './passwords.ts'
import { administratorExists } from './queries.ts'
import { addPeople, administratorsInTurn, type Entry } from './store.ts'

type Asked = AskedFor & Pick<FastifyRequest, 'headers' | 'socket' | 'hostname'>

/**
 * Makes the first administrator.
 * @throws {Refusal} setUpHere, administratorExists, weakPassword, usernameTaken
 */
export async function setUpFirst(
  people: People,
  request: Asked,
  given: { username: string; name: string; password: string },
): Promise<void> {
  if (request.caller.kind !== 'key' && !fromThisMachine(request)) throw refuse.setUpHere()
  const { db, secrets, passwords } = people
  if (await administratorExists(db)) throw refuse.administratorExists()
  const fault = passwordFault(given.password, given.username)
  if (fault) throw refuse.weakPassword(fault)
  const { password, ...who } = given
  const grants: Grant[] = [{ role: 'administrator', level: 'district', code: '' }]
  const entry: Entry = { ...who, grants, kind: 'staff', status: 'active', password: await passwords.hash(password) }
  const at = new Date()
  await forDistrict(db, request.district.id)
    .transaction()
    .execute(async (one) => {
      await administratorsInTurn(one)
      if (await administratorExists(one)) throw refuse.administratorExists()
      const [id] = await addPeople(one, secrets, request.district.id, [entry], at).catch(namedConflict)
      await audit(one, lookOf(request, `person:${id}`, { after: { username: who.username, grants } }), at)
    })
  await people.administrator.look()
}
