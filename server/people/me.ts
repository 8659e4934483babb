import type { Me, Person } from '../../shared/people/api.ts'
import type { Grant } from '../../shared/people/roles.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { People } from './open.ts'
import { accountById, grantsOfPerson, type StoredPerson } from './queries.ts'
import { mustOf } from './sessions.ts'
import { isSlip } from './slips.ts'
import { nameContext, phoneContext } from './store.ts'

/** What somebody is told about themselves. */
export async function meOf({ db, secrets }: People, one: StoredPerson, must?: Me['must']): Promise<Me> {
  const { district_id: districtId, id, username } = one
  const grants = await grantsOfPerson(db, districtId, id)
  const account = await accountById(db, id)
  const district = await db
    .selectFrom('districts')
    .select('code')
    .where('id', '=', districtId)
    .executeTakeFirstOrThrow()
  return {
    ...{ id, username, name: nameOf(secrets, one), district: district.code, grants },
    hasPassword: account?.password != null && !isSlip(account.password),
    secondFactor: account?.secondFactor ?? false,
    must: must === undefined && account ? mustOf(account, grants) : (must ?? null),
  }
}

/** A person as the desk lists them. */
export function listed(secrets: Secrets, one: StoredPerson, grants: Grant[], secondFactor: boolean): Person {
  const { id, username, status, last_seen_at, phone, district_id } = one
  const number = phone && secrets.open(phone, phoneContext(district_id, id))
  return {
    ...{ id, username, grants, status, secondFactor },
    name: nameOf(secrets, one),
    phoneEnd: number ? number.slice(-4) : null,
    lastSeenAt: last_seen_at?.toISOString() ?? null,
  }
}

export function nameOf(secrets: Secrets, { district_id, id, name }: StoredPerson): string {
  return secrets.open(name, nameContext(district_id, id))
}
