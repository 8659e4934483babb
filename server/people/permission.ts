import type { FastifyRequest } from 'fastify'
import type { TObject, TSchema } from 'typebox'
import { type Permission, permissions } from '../../shared/people/permissions.ts'
import type { Role } from '../../shared/people/roles.ts'
import { refuse } from '../refusals.ts'
import type { Caller } from './caller.ts'
import { holds, nothing, type Reach, reachOf } from './reach.ts'

/** The places that a call may name. */
interface Named {
  community?: string
  site?: string
  subdistrict?: string
}

/** What the table says about a call. @throws {Error} when it says nothing, or names a place that the call does not: then the server does not start */
export function permissionOf(method: string, url: string, body?: TSchema): Permission {
  const permission = permissions[`${method} ${url}`]
  if (!permission) throw new Error(`nobody is permitted to ${method} ${url}: it needs an entry in the permissions`)
  const { at } = permission
  if (at !== 'none' && !url.includes('/:district')) throw new Error(`${method} ${url} names no district`)
  const names = /\/:(community|site|subdistrict)/.test(url) || 'community' in ((body as TObject)?.properties ?? {})
  if (at === 'place' && !names) throw new Error(`${method} ${url} names no place`)
  return permission
}

const reading = ['GET', 'HEAD']

/**
 * Turns away whoever may not make this call anywhere: before a body is read, and without asking the database.
 * @throws {Refusal} signInNeeded, keyNeeded, firstFinish, notPermitted
 */
export function admit(
  { caller, method, headers }: Pick<FastifyRequest, 'caller' | 'method' | 'headers'>,
  permission: Permission,
): void {
  const { may } = permission
  if (may === 'anyone') return
  if (may !== 'signed-in' && caller.kind === 'key') return
  if (isRoles(may) && caller.kind === 'local' && reading.includes(method)) return
  if (!caller.person) throw isWrongKey(caller, headers) ? refuse.keyNeeded() : refuse.signInNeeded()
  if (may === 'signed-in') return
  if (caller.person.must) throw refuse.firstFinish(caller.person.must)
  if (!isRoles(may) || !caller.person.grants.some(({ role }) => may.includes(role))) throw refuse.notPermitted()
}

function isWrongKey({ kind }: Caller, { authorization }: FastifyRequest['headers']): boolean {
  return authorization !== undefined && kind !== 'key'
}

function isRoles(may: Permission['may']): may is readonly Role[] {
  return typeof may !== 'string'
}

/**
 * Turns away whoever may make this call, but not there, and says how far they may look. A place out of reach is answered
 * as one that does not exist.
 * @throws {Refusal} unknownDistrict, notPermitted, unknownCommunity, unknownSite, notFound
 */
export async function locate(request: FastifyRequest, { may, at }: Permission): Promise<Reach> {
  if (!isRoles(may)) return nothing
  const reach = await reachIn(request, may)
  if (reach.whole) return reach
  if (at === 'district') throw refuse.notPermitted()
  if (at === 'place') await find(request, reach)
  return reach
}

/** How far the caller's roles carry in the district of the call. @throws {Refusal} unknownDistrict when it is not theirs */
async function reachIn({ caller, district, server }: FastifyRequest, may: readonly Role[]): Promise<Reach> {
  if (caller.person && caller.person.districtId !== district.id) throw refuse.unknownDistrict()
  return await reachOf(caller, district.id, may, server.tree)
}

async function find({ params, body, district, server }: FastifyRequest, reach: Reach): Promise<void> {
  const { community, site, subdistrict } = params as Named
  if (subdistrict !== undefined && !reach.subdistricts.has(subdistrict)) throw refuse.notFound()
  const communities = [community, communityIn(body)].filter((code) => code !== undefined)
  if (communities.some((code) => !holds(reach, code))) throw refuse.unknownCommunity()
  if (site === undefined) return
  const stands = await server.tree.communityOfSite(district.id, site)
  if (stands === undefined || !holds(reach, stands)) throw refuse.unknownSite()
}

function communityIn(body: unknown): string | undefined {
  const { community } = (body ?? {}) as { community?: unknown }
  return typeof community === 'string' ? community : undefined
}

/** Whether the caller may do this in a community, for what a handler must tell apart by itself. */
export async function mayIn(request: FastifyRequest, { may }: Permission, community: string): Promise<boolean> {
  const { caller, district } = request
  if (caller.kind === 'key') return true
  if (!isRoles(may) || caller.person?.districtId !== district.id) return false
  return holds(await reachIn(request, may), community)
}
