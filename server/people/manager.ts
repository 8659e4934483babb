import type { FastifyRequest } from 'fastify'
import { mayManage, maySee, type SubdistrictOf } from '../../shared/people/manage.ts'
import type { Grant } from '../../shared/people/roles.ts'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import type { Caller } from './caller.ts'
import { type DistrictTree, districtTree, grantsOf, grantsOfPerson, person, type StoredPerson } from './queries.ts'

/** Somebody who looks after people, in one district. */
export interface Manager {
  /** Undefined for whoever holds the key. */
  id?: string
  grants: readonly Grant[]
  districtId: number
  tree: DistrictTree
  subdistrictOf: SubdistrictOf
}

const everything: Grant[] = [{ role: 'administrator', level: 'district', code: '' }]

/** Who asks, as somebody who looks after people. */
export async function managerOf({
  caller,
  district,
  db,
}: Pick<FastifyRequest, 'caller' | 'district' | 'db'>): Promise<Manager> {
  const tree = await districtTree(db, district.id)
  const subdistricts = new Map(tree.communities.map(({ code, subdistrict }) => [code, subdistrict]))
  const grants = grantsIn(caller, district.id)
  return {
    id: caller.person?.id,
    grants,
    districtId: district.id,
    tree,
    subdistrictOf: (code) => subdistricts.get(code),
  }
}

function grantsIn({ kind, person }: Caller, districtId: number): readonly Grant[] {
  if (kind === 'key' || kind === 'local') return everything
  return person?.districtId === districtId ? person.grants : []
}

/** A person and what they may do. */
export interface Managed {
  one: StoredPerson
  grants: Grant[]
}

/** A person whom the manager finds in their list. @throws {Refusal} unknownPerson, also where there is one out of sight */
export async function seenBy(db: Db, manager: Manager, id: string): Promise<Managed> {
  const one = await person(db, manager.districtId, id)
  const grants = await grantsOfPerson(db, manager.districtId, id)
  if (one?.kind !== 'staff' || !maySee(manager.grants, grants, manager.subdistrictOf)) throw refuse.unknownPerson()
  return { one, grants }
}

/**
 * A person whom the manager may change.
 * @throws {Refusal} unknownPerson; notYourPerson where they have other duties as well; notOneself
 */
export async function managedBy(db: Db, manager: Manager, id: string): Promise<Managed> {
  const found = await seenBy(db, manager, id)
  if (id === manager.id) throw refuse.notOneself()
  if (!mayManage(manager.grants, found.grants, manager.subdistrictOf)) throw refuse.notYourPerson()
  return found
}

/** Everybody whom the manager finds in their list, by username. */
export async function sightOf(db: Db, manager: Manager, staff: StoredPerson[]): Promise<Managed[]> {
  const grants = await grantsOf(db, manager.districtId)
  return staff
    .map((one) => ({ one, grants: grants.get(one.id) ?? [] }))
    .filter((each) => maySee(manager.grants, each.grants, manager.subdistrictOf))
}
