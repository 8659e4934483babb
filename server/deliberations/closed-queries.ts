import { sql } from 'kysely'
import type { Held, HeldMotion } from '../../shared/deliberations/held.ts'
import type { Requirement } from '../../shared/deliberations/questions-api.ts'
import type { Counts, MotionOutcome } from '../../shared/deliberations/room.ts'
import { signals, type Voiced, type Weighed } from '../../shared/deliberations/signals.ts'
import type { Signal } from '../../shared/signal.ts'
import type { Db } from '../db/database.ts'
import { catalogue } from '../places/queries.ts'
import { chinaDay, chinaTime } from '../platform/china-time.ts'
import { isSomebody } from './attendance-queries.ts'

/*
 * What closed deliberations came to, for demand and briefs. Whatever is still open says nothing yet.
 */

const closedOf = (db: Db, districtId: number, community?: string) =>
  db
    .selectFrom('deliberations')
    .where('district_id', '=', districtId)
    .where('status', '=', 'closed')
    .$if(community !== undefined, (query) => query.where('community_code', '=', community!))

/** A text that stays the same as long as nothing in a closed deliberation of the district changes: every change of a room is numbered. */
export async function closedState(db: Db, districtId: number): Promise<string> {
  const row = await closedOf(db, districtId)
    .select(sql<string | null>`md5(string_agg(id || '@' || sequence, ',' order by id))`.as('state'))
    .executeTakeFirst()
  return row?.state ?? ''
}

/** The closed deliberations of each community, as records that figures rest on. */
export async function closedRecords(db: Db, districtId: number): Promise<Map<string, string[]>> {
  const rows = await closedOf(db, districtId)
    .select(['community_code', 'code', 'closed_at'])
    .orderBy('closed_at')
    .orderBy('id')
    .execute()
  const records = new Map<string, string[]>()
  for (const { community_code: community, code, closed_at: at } of rows)
    records.set(community, [...(records.get(community) ?? []), `deliberations:${code}@${at ? chinaTime(at) : ''}`])
  return records
}

/** What closed deliberations say of services, of one community or of all. */
export async function signalsOf(db: Db, districtId: number, community?: string): Promise<Signal[]> {
  const voiced = await voicedIn(db, districtId, community)
  return voiced.size === 0 ? [] : signals([...voiced.values()], await serviceFinder(db, districtId))
}

async function serviceFinder(db: Db, districtId: number): Promise<(code: string) => string | undefined> {
  const { services } = (await catalogue(db, districtId)).catalogue
  const known = services.flatMap(({ code, functions }) => functions.map((one) => [one.code, code] as const))
  const serviceOf = new Map(known)
  return (code) => serviceOf.get(code)
}

/** By deliberation. */
async function voicedIn(db: Db, districtId: number, community?: string): Promise<Map<string, Voiced>> {
  const found = await closedOf(db, districtId, community).select(['id', 'community_code']).orderBy('id').execute()
  const voiced = new Map<string, Voiced>(
    found.map(({ id, community_code }) => [
      id,
      { community: community_code, statements: [], weighed: [], resolved: [] },
    ]),
  )
  if (found.length === 0) return voiced
  const ids = [...voiced.keys()]
  for (const { of, ...one } of await codedStatements(db, districtId, ids)) voiced.get(of)!.statements.push(one)
  for (const { of, ...one } of await weighedStatements(db, districtId, ids)) voiced.get(of)!.weighed.push(one)
  for (const { of, requirement } of await required(db, districtId, ids))
    voiced.get(of)!.resolved.push(requirement.function)
  return voiced
}

async function codedStatements(db: Db, districtId: number, of: string[]) {
  return await db
    .selectFrom('statements')
    .select(['deliberation_id as of', 'id', 'service'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', sql<string>`any(${of}::uuid[])`)
    .where('state', 'in', ['shown', 'discussed'])
    .where('service', 'is not', null)
    .$narrowType<{ service: string }>()
    .orderBy('deliberation_id')
    .orderBy('number')
    .execute()
}

async function weighedStatements(db: Db, districtId: number, of: string[]): Promise<(Weighed & { of: string })[]> {
  const { rows } = await sql<Weighed & { of: string }>`
    select question.deliberation_id as of, stands.id as statement, stands.id = voted.id as own,
      question.closed_at::text as "closedAt",
      (listed.one -> 'all' ->> 'agree')::integer as agree, (listed.one -> 'all' ->> 'disagree')::integer as disagree
    from questions question
      cross join lateral jsonb_array_elements(question.outcome -> 'results') as listed (one)
      join statements voted on voted.district_id = question.district_id and voted.id = (listed.one ->> 'option')::uuid
      join statements stands on stands.district_id = voted.district_id and stands.id = coalesce(voted.merged_into, voted.id)
    where question.district_id = ${districtId} and question.deliberation_id = any(${of}::uuid[])
      and question.kind = 'opinion' and question.state = 'closed'
      and stands.state in ('shown', 'discussed') and stands.service is not null
    order by question.closed_at, question.id`.execute(db)
  return rows
}

async function required(db: Db, districtId: number, of: string[]) {
  return await db
    .selectFrom('questions')
    .select(['deliberation_id as of', 'requirement'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', sql<string>`any(${of}::uuid[])`)
    .where('kind', '=', 'motion')
    .where('state', '=', 'closed')
    .where('requirement', 'is not', null)
    .where(sql`outcome ->> 'verdict'`, '=', 'passed')
    .$narrowType<{ requirement: Requirement }>()
    .orderBy('closed_at')
    .orderBy('id')
    .execute()
}

const MOST_AGREED = 3

/** The closed deliberations of a community with what came of them, the earliest first. */
export async function heldIn(db: Db, districtId: number, community: string): Promise<Held[]> {
  const found = await closedOf(db, districtId, community)
    .select(['id', 'code', 'kind', 'title', 'starts_at', 'ends_at', 'opened_at', 'closed_at'])
    .orderBy((is) => is.fn.coalesce('opened_at', 'starts_at'))
    .orderBy('id')
    .execute()
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  const voiced = await voicedIn(db, districtId, community)
  const came = await counts(db, districtId, ids)
  const motions = await motionsOf(db, districtId, ids)
  const agreed = await agreedIn(db, districtId, ids)
  return found.map((one) => {
    const isOnline = one.kind === 'consultation'
    const begins = isOnline ? one.starts_at : (one.opened_at ?? one.starts_at)
    return {
      ...{ code: one.code, kind: one.kind, title: one.title, startsOn: chinaDay(begins) },
      ...{ endsOn: isOnline && one.ends_at ? chinaDay(one.ends_at) : null },
      ...{ closedAt: chinaTime(one.closed_at ?? begins), ...came.get(one.id)! },
      services: servicesIn(voiced.get(one.id)!),
      agreed: agreed
        .filter(({ of }) => of === one.id)
        .slice(0, MOST_AGREED)
        .map(({ of: _, ...each }) => each),
      motions: motions.filter(({ of }) => of === one.id).map(({ of: _, ...each }) => each),
    }
  })
}

function servicesIn(voiced: Voiced): Held['services'] {
  const all = signals([voiced], () => undefined)
  const codes = [...new Set(all.map(({ service }) => service))].sort()
  return codes.map((service) => {
    const n = (kind: Signal['kind']) => all.find((each) => each.service === service && each.kind === kind)?.n ?? 0
    return { service, statements: n('need'), agree: n('agree'), disagree: n('disagree') }
  })
}

async function counts(db: Db, districtId: number, ids: string[]) {
  const { rows } = await sql<{ id: string; present: number; statements: number }>`
    select held.id,
      (select count(*) from participants p where p.district_id = ${districtId} and p.deliberation_id = held.id
        and ${isSomebody})::integer as present,
      (select count(*) from statements s where s.district_id = ${districtId} and s.deliberation_id = held.id
        and s.state in ('shown', 'discussed', 'merged'))::integer as statements
    from unnest(${ids}::uuid[]) as held (id)`.execute(db)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

async function motionsOf(db: Db, districtId: number, ids: string[]): Promise<(HeldMotion & { of: string })[]> {
  const rows = await db
    .selectFrom('questions')
    .select(['deliberation_id as of', 'title', 'requirement', 'outcome'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('kind', '=', 'motion')
    .where('state', '=', 'closed')
    .orderBy('opened_at')
    .orderBy('id')
    .execute()
  return rows.map(({ outcome, ...row }) => {
    const { verdict, all } = outcome as MotionOutcome
    return { ...row, verdict, counts: all }
  })
}

/** What more agreed than disagreed with, in the order of consensus: statements, or items of a draft, as they were put to the vote. */
async function agreedIn(db: Db, districtId: number, ids: string[]) {
  const { rows } = await sql<{ of: string; text: string; counts: Counts }>`
    select latest.of, latest.text, latest.counts
    from (
      select distinct on (question.deliberation_id, listed.one ->> 'option') question.deliberation_id as of,
        coalesce(statement.text, option.one ->> 'text') as text, listed.one -> 'all' as counts, (listed.one ->> 'consensus')::float8 as consensus
      from questions question
        cross join lateral jsonb_array_elements(question.outcome -> 'results') as listed (one)
        join lateral jsonb_array_elements(question.options) as option (one) on option.one ->> 'id' = listed.one ->> 'option'
        left join statements statement
          on statement.district_id = question.district_id and statement.id = (listed.one ->> 'option')::uuid
      where question.district_id = ${districtId} and question.deliberation_id = any(${ids}::uuid[])
        and question.kind = 'opinion' and question.state = 'closed'
        and (statement.id is null or statement.state in ('shown', 'discussed'))
      order by question.deliberation_id, listed.one ->> 'option', question.closed_at desc
    ) as latest
    where (latest.counts ->> 'agree')::integer > (latest.counts ->> 'disagree')::integer
    order by latest.of, latest.consensus desc, latest.text`.execute(db)
  return rows
}
