import type { Kysely } from 'kysely'
import type { Detail } from '../../shared/problem.ts'
import type { Sponsor, SponsorListed } from '../../shared/wishes/claims-api.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { nameOf } from '../people/me.ts'
import type { Reach } from '../people/reach.ts'
import { audit, type Look } from '../platform/audit.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { lockSponsor } from './claim-queries.ts'
import { membersOf, type Of, type StoredSponsor } from './queries.ts'
import * as stored from './sponsor-queries.ts'

/** An organisation as it is set down. */
export const sponsorOf = ({ id, name, fallback_for, claim_limit, active }: StoredSponsor): Sponsor => ({
  ...{ id, name, fallbackFor: fallback_for, limit: claim_limit, active },
})

/** All organisations of a district, or one. */
export async function listed(db: Db, secrets: Secrets, districtId: number, id?: string): Promise<SponsorListed[]> {
  const people = await stored.memberPeople(db, districtId, id)
  return (await stored.sponsors(db, districtId, id)).map(({ open, fulfilled, ...one }) => ({
    ...{ ...sponsorOf(one), open, fulfilled },
    members: people
      .filter(({ sponsor }) => sponsor === one.id)
      .map((person) => ({ person: person.id, name: nameOf(secrets, person) })),
  }))
}

/**
 * Sets an organisation up, or changes one, which is for those alone who see the whole district.
 * @throws {Refusal} notPermitted, sameSponsor
 */
export async function save(
  db: Kysely<Tables>,
  districtId: number,
  sponsor: Sponsor,
  { mayChange, look, at }: { mayChange: boolean; look: Look; at: Date },
): Promise<boolean> {
  const saving = db.transaction().execute(async (tx) => {
    if (await stored.insertSponsor(tx, districtId, sponsor, at)) {
      await audit(tx, { ...look, after: sponsor }, at)
      return true
    }
    const before = sponsorOf((await lockSponsor(tx, { districtId, id: sponsor.id }))!)
    if (JSON.stringify(before) === JSON.stringify(sponsor)) return false
    if (!mayChange) throw refuse.notPermitted()
    await stored.updateSponsor(tx, districtId, sponsor)
    await audit(tx, { ...look, before, after: sponsor }, at)
    return false
  })
  return await saving.catch((error: { constraint?: string }) => {
    throw error.constraint === 'sponsors_name_key' ? refuse.sameSponsor() : error
  })
}

/**
 * Says who belongs to an organisation, all of them or nobody.
 * @throws {Refusal} unknownSponsor, badMembers, notPermitted
 */
export async function setMembers(
  db: Kysely<Tables>,
  of: Of,
  people: string[],
  { reach, look, at }: { reach: Reach; look: Look; at: Date },
): Promise<void> {
  const setting = db.transaction().execute(async (tx) => {
    if (!(await lockSponsor(tx, of))) throw refuse.unknownSponsor()
    const before = await membersOf(tx, of.districtId, of.id)
    const known = await stored.candidates(tx, of.districtId, [...before, ...people])
    const faults = faultsIn(people, known, of.id)
    if (faults.length > 0) throw refuse.badMembers(faults)
    if (!mayChange({ before, people }, known, reach)) throw refuse.notPermitted()
    await stored.replaceMembers(tx, of, people)
    await audit(tx, { ...look, before: { members: before }, after: { members: [...people].sort() } }, at)
  })
  await setting.catch((error: { constraint?: string }) => {
    if (error.constraint !== 'sponsor_members_pkey') throw error
    throw refuse.badMembers([{ at: 'people', rule: 'joined', message: '有人刚刚加入了别的共建单位，请刷新后再选。' }])
  })
}

/** Whoever joins reads the contacts of what the organisation holds: all of it must be within reach then, else those who leave. */
function mayChange(
  { before, people }: { before: string[]; people: string[] },
  known: stored.Candidate[],
  reach: Reach,
): boolean {
  const elsewhere = new Set(known.filter((one) => !isWithin(one, reach)).map(({ id }) => id))
  const isJoined = people.some((id) => !before.includes(id))
  const left = before.filter((id) => !people.includes(id))
  return (isJoined ? [...before, ...people] : left).every((id) => !elsewhere.has(id))
}

const isWithin = ({ nodes }: stored.Candidate, { whole, subdistricts, communities }: Reach): boolean =>
  whole ||
  nodes.length === 0 ||
  nodes.some(({ level, code }) => {
    if (level === 'district') return false
    return level === 'subdistrict' ? subdistricts.has(code) : communities.has(code)
  })

function faultsIn(people: string[], known: stored.Candidate[], sponsor: string): Detail[] {
  const byId = new Map(known.map((one) => [one.id, one]))
  return people.flatMap((id, at) => {
    const fault = faultOf(byId.get(id), sponsor, people.indexOf(id) !== at)
    return fault === undefined ? [] : [{ at: `people/${at}`, ...fault }]
  })
}

function faultOf(one: stored.Candidate | undefined, sponsor: string, isTwice: boolean): Omit<Detail, 'at'> | undefined {
  if (isTwice) return { rule: 'twice', message: '这个人写了两遍，请去掉一遍。' }
  if (!one) return { rule: 'unknown', message: '没有这个人，请先在人员里登记。' }
  if (one.nodes.length === 0) return { rule: 'role', message: '这个人没有“共建单位成员”的角色，请先在人员里加上。' }
  if (one.sponsor !== null && one.sponsor !== sponsor)
    return { rule: 'joined', message: '这个人已经是另一家共建单位的成员，请先从那里去掉。' }
  return undefined
}
