import { fits, mayGive } from '../../shared/people/manage.ts'
import { type Grant, grantedAt, type Level, roleNames } from '../../shared/people/roles.ts'
import type { Detail } from '../../shared/problem.ts'
import { refuse } from '../refusals.ts'
import type { Manager } from './manager.ts'

export const levelNames: Record<Level, string> = { district: '全区', subdistrict: '街道', community: '社区' }

/** What is wrong with giving this role there, in words; undefined when the manager may. */
export function grantFault(manager: Manager, grant: Grant): string | undefined {
  const name = roleNames[grant.role]
  if (!fits(grant.role, grant)) {
    const levels = grantedAt[grant.role].map((level) => levelNames[level]).join('或')
    return `“${name}”只能在${levels}一级授予。`
  }
  // Whether there is such a place elsewhere is nothing to the manager.
  if (!exists(manager, grant) || !mayGive(manager.grants, grant, manager.subdistrictOf))
    return `您不能在这个范围授予“${name}”：没有这个范围、不归您管，或这个角色要由上级授予。`
  return undefined
}

function exists({ tree }: Manager, { level, code }: Grant): boolean {
  if (level === 'district') return true
  const places = level === 'subdistrict' ? tree.subdistricts : tree.communities
  return places.some((place) => place.code === code)
}

/** @throws {Refusal} badGrants */
export function checkGrants(manager: Manager, grants: Grant[]): void {
  const details = grants.flatMap((grant, index): Detail[] => {
    const fault = grantFault(manager, grant)
    return fault ? [{ at: `grants/${index}`, rule: 'not-yours-to-give', message: fault }] : []
  })
  if (details.length > 0) throw refuse.badGrants(details)
}
