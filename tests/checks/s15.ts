import { forDistrict, onPool } from '../../server/db/database.ts'
import { readHeads } from '../../server/platform/audit-heads.ts'
import { verifyChain } from '../../server/platform/audit-verify.ts'
import type { PersonalData } from '../../shared/people/personal-data-api.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import type { House } from './house.ts'
import { must } from './s1-world.ts'
import { needlesOf, type Seeded, seedPeople } from './s15-people.ts'
import { hitsOf } from './s15-scan.ts'
import { callFrom } from './staff.ts'

/** What is held about somebody is handed over whole, and once it is erased nothing of it is left anywhere, while the record still holds. */
export const s15: Check = async (house, size) => {
  const people = await seedPeople(house)
  const [bystander] = await seedPeople(house)
  const needles = (await Promise.all(people.map((one) => needlesOf(house, one)))).flat()
  const before = new Set((await hitsOf(house, needles)).map(({ word }) => word))
  const missing: string[] = []
  for (const one of people) missing.push(...missingIn(await exported(house, one), one))
  for (const one of people) await must(house, 'POST', '/api/districts/YX/personal-data/erasures', asked(one))
  const left = await hitsOf(house, needles)
  const alive = await stillIn(house, people)
  const lost = missingIn(await exported(house, bystander!), bystander!)
  const breaks = await house.inDatabase(async (pool) => {
    const { heads } = await readHeads(house.dataDir, 'YX')
    return (await verifyChain(forDistrict(onPool(pool), 1), 1, heads)).breaks
  })
  const figures = [
    atLeast('people', people.length, 3),
    atLeast('found_before', before.size, needles.length),
    none('missing_in_exports', missing.length),
    none('hits_after_deletion', left.length),
    none('sessions_alive', alive.length),
    none('lost_of_a_bystander', lost.length),
    none('audit_breaks', breaks.length),
  ]
  const unseen = needles.filter((word) => !before.has(word)).map((word) => `not found before: ${word}`)
  return judge('S15', size, figures, [
    ...unseen,
    ...missing,
    ...left.map(({ word, where }) => `${word} in ${where}`),
    ...alive,
    ...lost,
  ])
}

const asked = ({ phone }: Seeded) => ({ phone, purpose: '本人来函要求' })

async function exported(house: House, one: Seeded): Promise<PersonalData> {
  return (await must(house, 'POST', '/api/districts/YX/personal-data/exports', asked(one))) as PersonalData
}

/** What was put there and is not in the export. */
function missingIn(data: PersonalData, one: Seeded): string[] {
  const [account] = data.accounts
  const held: Record<string, unknown[]> = {
    accounts: [account?.id, account?.phone],
    names: [account?.username, account?.name],
    roles: account?.grants.map(({ role }) => role) ?? [],
    notices: account?.notices.map(({ text }) => text) ?? [],
    messages: data.messages.map(({ text }) => text),
    counts: [account?.sessions.length, data.signInCodes.length, data.counters.length],
    audit: account?.audit.map(({ action }) => action) ?? [],
    elsewhere: data.elsewhere.flatMap(({ details }) => Object.values(details)),
  }
  const truth: Record<string, unknown[]> = {
    accounts: [one.id, one.phone],
    names: [one.username, one.name ?? ''],
    roles: one.kind === 'resident' ? [] : [one.kind],
    notices: one.notices,
    messages: one.messages,
    // One session, one code that was not used, and counters of a minute, an hour and a day.
    counts: [1, 1, 3],
    elsewhere: one.wish === undefined ? [] : [one.wish, one.phone],
    audit: ['sign-in', ...(one.kind === 'resident' ? [] : ['POST /api/districts/:district/people'])],
  }
  return Object.entries(truth).flatMap(([part, words]) =>
    words.filter((word) => !held[part]?.includes(word)).map((word) => `${one.kind} ${part}: ${word}`),
  )
}

async function stillIn(house: House, people: Seeded[]): Promise<string[]> {
  const replies = await Promise.all(people.map(({ jar }) => callFrom(house, jar, 'GET', '/api/me')))
  return people.filter((_, at) => replies[at]?.status !== 401).map(({ kind }) => `${kind} is still signed in`)
}
