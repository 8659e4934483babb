import type { Person } from '../../shared/people/api.ts'
import { nodesOf, type SubdistrictOf, within } from '../../shared/people/manage.ts'
import { type Grant, mayGrant, type Node } from '../../shared/people/roles.ts'
import type { Community, District, Subdistrict } from '../../shared/places/api.ts'

/** The district tree as far as somebody sees it. */
export interface Places {
  subdistricts: Subdistrict[]
  communities: Community[]
}

/** The part of a district in which somebody looks after people, with what it takes to judge it. */
export interface Ground {
  own: readonly Grant[]
  nodes: Node[]
  subdistrictOf: SubdistrictOf
  nameOf(node: Node): string
}

export const keyOf = ({ level, code }: Node): string => `${level}:${code}`

export function groundOf(own: readonly Grant[], district: District, { subdistricts, communities }: Places): Ground {
  const above = new Map(communities.map(({ code, subdistrict }) => [code, subdistrict]))
  const names = new Map<string, string>([
    ...subdistricts.map(({ code, name }) => [`subdistrict:${code}`, name] as const),
    ...communities.map(({ code, name }) => [`community:${code}`, name] as const),
  ])
  return {
    own,
    nodes: nodesOf({ subdistricts, communities }),
    subdistrictOf: (code) => above.get(code),
    nameOf: (node) => (node.level === 'district' ? district.name : (names.get(keyOf(node)) ?? node.code)),
  }
}

export interface Branch {
  key: string
  node: Node
  count: number
  children: Branch[]
}

/** The highest nodes at which somebody looks after people, or looks at them all, and what lies below. */
export function branchesOf({ own, nodes, subdistrictOf }: Ground, people: readonly Person[]): Branch[] {
  const held = own.filter(({ role }) => mayGrant[role] !== undefined || role === 'auditor')
  const seen = nodes.filter((node) => held.some((grant) => within(node, grant, subdistrictOf)))
  const count = (node: Node) => people.filter((one) => isAt(one, node, subdistrictOf)).length
  const branch = (node: Node): Branch => ({
    key: keyOf(node),
    node,
    count: count(node),
    children: seen.filter((each) => isParent(node, each, subdistrictOf)).map(branch),
  })
  return seen.filter((node) => !seen.some((each) => isParent(each, node, subdistrictOf))).map(branch)
}

function isParent(upper: Node, lower: Node, subdistrictOf: SubdistrictOf): boolean {
  if (upper.level === 'district') return lower.level === 'subdistrict'
  return upper.level === 'subdistrict' && lower.level === 'community' && subdistrictOf(lower.code) === upper.code
}

/** Whether a person holds anything at or below a node. Who holds nothing any more is still somebody of the district. */
export function isAt({ grants }: Person, node: Node, subdistrictOf: SubdistrictOf): boolean {
  if (grants.length === 0) return node.level === 'district'
  return grants.some((grant) => within(grant, node, subdistrictOf))
}
