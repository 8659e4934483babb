import type { FastifyRequest } from 'fastify'
import type { Permission } from '../../shared/people/permissions.ts'
import type { SignedIn } from './caller.ts'
import { accountById, grantsOfPerson, person } from './queries.ts'
import { holds, reachOf } from './reach.ts'
import { isSessionOpen, mustOf } from './sessions.ts'

/**
 * Whether whoever made a call might still make it about a community: signed out, disabled or without the role they may
 * not. Asking keeps nobody signed in, so that a stream does not either.
 */
export async function stillMay(
  { caller, district, server }: Pick<FastifyRequest, 'caller' | 'district' | 'server'>,
  { may }: Permission,
  community: string,
): Promise<boolean> {
  if (typeof may === 'string' || caller.kind === 'key') return true
  if (caller.kind === 'local') return !server.people.administrator.exists()
  if (!caller.person) return false
  const now = await asTheyAre(server.people.db, caller.person)
  if (!now) return false
  return holds(await reachOf({ ...caller, person: now }, district.id, may, server.tree), community)
}

async function asTheyAre(db: FastifyRequest['db'], known: SignedIn): Promise<SignedIn | undefined> {
  const { id, districtId, sessionId } = known
  if (!(await isSessionOpen(db, id, sessionId))) return undefined
  const [account, found] = [await accountById(db, id), await person(db, districtId, id)]
  if (!account || !found || found.status === 'disabled') return undefined
  const grants = await grantsOfPerson(db, districtId, id)
  return mustOf(account, grants) ? undefined : { ...known, grants }
}
