import { type Grant, grantedAt, isAdministrator, mayGrant, type Node, type Role, roles } from './roles.ts'

/** The subdistrict that a community belongs to; undefined where there is no such community. */
export type SubdistrictOf = (community: string) => string | undefined

/** Whether a node is the other one or lies below it. */
export function within(inner: Node, outer: Node, subdistrictOf: SubdistrictOf): boolean {
  if (outer.level === 'district') return true
  if (inner.level === outer.level) return inner.code === outer.code
  return outer.level === 'subdistrict' && inner.level === 'community' && subdistrictOf(inner.code) === outer.code
}

/** Whether somebody with these grants may give, change and take away this one. */
export function mayGive(own: readonly Grant[], grant: Grant, subdistrictOf: SubdistrictOf): boolean {
  return own.some((held) => mayGrant[held.role]?.includes(grant.role) && within(grant, held, subdistrictOf))
}

/** Whether somebody with these grants looks after a person: all that the person may do must be theirs to give. */
export function mayManage(own: readonly Grant[], theirs: readonly Grant[], subdistrictOf: SubdistrictOf): boolean {
  if (theirs.length === 0) return isAdministrator(own)
  return theirs.every((grant) => mayGive(own, grant, subdistrictOf))
}

/** Whether somebody with these grants finds a person in their list. */
export function maySee(own: readonly Grant[], theirs: readonly Grant[], subdistrictOf: SubdistrictOf): boolean {
  if (own.some(({ role }) => role === 'auditor' || role === 'administrator')) return true
  return theirs.some((grant) => mayGive(own, grant, subdistrictOf))
}

/** Whether a role can be held at such a node at all. */
export function fits(role: Role, { level, code }: Node): boolean {
  return grantedAt[role].includes(level) && (level === 'district') === (code === '')
}

/** Roles that somebody with these grants may give somewhere, in the order of the list. */
export function rolesToGive(own: readonly Grant[]): Role[] {
  return roles.filter((role) => own.some((held) => mayGrant[held.role]?.includes(role)))
}

interface Places {
  subdistricts: readonly { code: string }[]
  communities: readonly { code: string; subdistrict: string }[]
}

/** Every node of a district, from the top, a subdistrict before its communities. */
export function nodesOf({ subdistricts, communities }: Places): Node[] {
  const below = subdistricts.flatMap(({ code: subdistrict }): Node[] => [
    { level: 'subdistrict', code: subdistrict },
    ...communities
      .filter((each) => each.subdistrict === subdistrict)
      .map(({ code }): Node => ({ level: 'community', code })),
  ])
  return [{ level: 'district', code: '' }, ...below]
}

/** Nodes among these at which somebody may give a role. */
export function nodesToGive(
  own: readonly Grant[],
  role: Role,
  nodes: readonly Node[],
  subdistrictOf: SubdistrictOf,
): Node[] {
  return nodes.filter((node) => fits(role, node) && mayGive(own, { role, ...node }, subdistrictOf))
}
