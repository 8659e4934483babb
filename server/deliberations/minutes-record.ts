import type { MinutesRecord, RecordedQuestion } from '../../shared/deliberations/minutes/record.ts'
import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { catalogue, community, compounds, sites } from '../places/queries.ts'
import { chinaDay, chinaTime } from '../platform/china-time.ts'
import type { Secrets } from '../platform/secrets.ts'
import { followUpsOf } from './follow-up-queries.ts'
import { attended, consenting, heldItems, heldQuestions, heldStatements } from './minutes-queries.ts'
import { eachInTurn, openName } from './names.ts'
import type { Of, StoredDeliberation } from './queries.ts'
import { roomProposals } from './room-queries.ts'

const clock = (at: Date | null): string | null => (at ? chinaTime(at) : null)

/** Everything that minutes are made from, as it stands. */
export async function recordOf(
  { db, secrets }: { db: Db; secrets: Secrets },
  district: District,
  found: StoredDeliberation,
  now: Date,
): Promise<MinutesRecord> {
  const of = { districtId: district.id, id: found.id }
  const items = await heldItems(db, of)
  return {
    ...{ id: found.id, sequence: found.sequence, demo: district.demo, kind: found.kind, title: found.title },
    ...{ place: found.place, host: found.host, date: chinaDay(now) },
    ...(await whereHeld(db, found)),
    ...{ startsAt: chinaTime(found.starts_at), endsAt: clock(found.ends_at) },
    ...{ openedAt: clock(found.opened_at), closedAt: clock(found.closed_at) },
    attendance: { ...(await attended(db, of)), named: await namesOf({ db, secrets }, of) },
    agenda: items.map(({ started_at, ended_at, ...item }) => {
      return { ...item, startedAt: clock(started_at), endedAt: clock(ended_at) }
    }),
    proposals: (await roomProposals(db, of)).map(({ id, title }) => ({ id, title })),
    statements: await heldStatements(db, of),
    services: (await servicesOf(db, of.districtId)).map(({ code, zh }) => ({ code, name: zh })),
    questions: await questionsOf(db, of),
    followUps: await followUpsOf(db, of),
  }
}

async function whereHeld(db: Db, { district_id, community_code, compounds: chosen }: StoredDeliberation) {
  const place = await community(db, district_id, community_code)
  const known = chosen.length > 0 ? await compounds(db, district_id, community_code) : []
  const nameOf = (code: string) => known.find((one) => one.code === code)?.name ?? code
  return { communityName: place?.name ?? community_code, compounds: chosen.map(nameOf) }
}

/** Names of those who let the minutes name them. */
async function namesOf({ db, secrets }: { db: Db; secrets: Secrets }, of: Of): Promise<string[]> {
  const rows = await consenting(db, of)
  return await eachInTurn(rows, (one) => openName(secrets, 'participants', of.districtId, one))
}

const servicesOf = async (db: Db, districtId: number) => (await catalogue(db, districtId)).catalogue.services

async function questionsOf(db: Db, of: Of): Promise<RecordedQuestion[]> {
  const rows = await heldQuestions(db, of)
  const isAsked = rows.some(({ requirement }) => requirement)
  const places = isAsked ? await sites(db, of.districtId) : []
  const functions = isAsked ? (await servicesOf(db, of.districtId)).flatMap((one) => one.functions) : []
  return rows.flatMap(({ requirement, state, ...row }) => {
    if (state === 'draft') return []
    const site = places.find(({ code }) => code === requirement?.site)?.name ?? requirement?.site
    const wanted = functions.find(({ code }) => code === requirement?.function)?.zh ?? requirement?.function
    return [{ ...row, state, requires: site && wanted ? { site, service: wanted } : null }]
  })
}
