import type { Person } from '../../shared/people/api.ts'
import type { SubdistrictOf } from '../../shared/people/manage.ts'
import { type Node, type Role, roleNames } from '../../shared/people/roles.ts'
import { isAt } from './people-tree-nodes.ts'

export interface Narrowing {
  /** Part of a name, a username or the name of a role. */
  words: string
  role: Role | ''
  status: Person['status'] | ''
}

export const everybody: Narrowing = { words: '', role: '', status: '' }

/** People at and below a node who match. */
export function narrowed(
  people: readonly Person[],
  node: Node,
  { words, role, status }: Narrowing,
  subdistrictOf: SubdistrictOf,
): Person[] {
  const sought = words.trim().toLowerCase()
  const says = ({ name, username, grants }: Person) =>
    [name, username, ...grants.map((grant) => roleNames[grant.role])].some((text) =>
      text.toLowerCase().includes(sought),
    )
  return people.filter(
    (one) =>
      isAt(one, node, subdistrictOf) &&
      says(one) &&
      (role === '' || one.grants.some((grant) => grant.role === role)) &&
      (status === '' || one.status === status),
  )
}
