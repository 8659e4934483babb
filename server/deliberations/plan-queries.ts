import { sql } from 'kysely'
import type { AgendaItem, Listed, Plan, Proposal } from '../../shared/deliberations/api.ts'
import type { Db } from '../db/database.ts'
import type { Reach } from '../people/reach.ts'
import type { Of, StoredDeliberation } from './queries.ts'
import { roomProposals } from './room-queries.ts'

/** Nobody scrolls further, and a page of more would hold up everybody's. */
const MOST_LISTED = 1_000

/** What was planned, as it stands. */
export async function planOf(db: Db, found: StoredDeliberation): Promise<Plan> {
  const of = { districtId: found.district_id, id: found.id }
  return {
    ...{ kind: found.kind, title: found.title, community: found.community_code, compounds: found.compounds },
    ...{ place: found.place, startsAt: found.starts_at.toISOString(), endsAt: found.ends_at?.toISOString() ?? null },
    ...{ host: found.host, moderated: found.moderated, speakerSeconds: found.speaker_seconds, seats: found.seats },
    agenda: await agendaOf(db, of),
    proposals: await roomProposals(db, of),
  }
}

async function agendaOf(db: Db, { districtId, id }: Of): Promise<AgendaItem[]> {
  return await db
    .selectFrom('agenda_items')
    .select(['id', 'title', 'kind', 'minutes'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('position')
    .execute()
}

const columnsOf = (plan: Plan) => ({
  ...{ kind: plan.kind, title: plan.title, community_code: plan.community },
  ...{ compounds: JSON.stringify(plan.compounds), place: plan.place, host: plan.host },
  ...{ starts_at: new Date(plan.startsAt), ends_at: plan.endsAt === null ? null : new Date(plan.endsAt) },
  ...{ moderated: plan.moderated, speaker_seconds: plan.speakerSeconds, seats: plan.seats },
})

/** Returns false, and adds nothing, where the id or the code is taken. */
export async function addDeliberation(
  db: Db,
  { districtId, id }: Of,
  { code, plan, by, at }: { code: string; plan: Plan; by: string; at: Date },
): Promise<boolean> {
  const fresh = { status: 'planned' as const, revision: 1, sequence: 0, participants: 0, statements: 0 }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('deliberations')
    .values({ district_id: districtId, id, code, ...columnsOf(plan), ...fresh, created_by: by, created_at: at })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function savePlan(db: Db, { districtId, id }: Of, plan: Plan): Promise<void> {
  await db
    .updateTable('deliberations')
    .set((is) => ({ ...columnsOf(plan), revision: is('revision', '+', 1) }))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
}

/** Puts an agenda in the place of the one before; items keep how far they are. Returns how many are this deliberation's own. */
export async function saveAgenda(db: Db, { districtId, id }: Of, agenda: readonly AgendaItem[]): Promise<number> {
  await db
    .deleteFrom('agenda_items')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '<>', sql<string>`all(${agenda.map((one) => one.id)}::uuid[])`)
    .execute()
  if (agenda.length === 0) return 0
  const rows = agenda.map((one, position) => ({
    ...{ district_id: districtId, deliberation_id: id, ...one, position, state: 'waiting' as const },
  }))
  const saved = await db
    .insertInto('agenda_items')
    .values(rows)
    .onConflict((known) =>
      known
        .columns(['district_id', 'id'])
        .doUpdateSet(({ ref }) => ({
          title: ref('excluded.title'),
          kind: ref('excluded.kind'),
          minutes: ref('excluded.minutes'),
          position: ref('excluded.position'),
        }))
        .where('agenda_items.deliberation_id', '=', id),
    )
    .returning('id')
    .execute()
  return saved.length
}

/** The same for the items of a draft plan. */
export async function saveProposals(db: Db, { districtId, id }: Of, proposals: readonly Proposal[]): Promise<number> {
  await db
    .deleteFrom('proposals')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '<>', sql<string>`all(${proposals.map((one) => one.id)}::uuid[])`)
    .execute()
  if (proposals.length === 0) return 0
  const rows = proposals.map((one, position) => ({ district_id: districtId, deliberation_id: id, ...one, position }))
  const saved = await db
    .insertInto('proposals')
    .values(rows)
    .onConflict((known) =>
      known
        .columns(['district_id', 'id'])
        .doUpdateSet(({ ref }) => ({
          title: ref('excluded.title'),
          text: ref('excluded.text'),
          position: ref('excluded.position'),
        }))
        .where('proposals.deliberation_id', '=', id),
    )
    .returning('id')
    .execute()
  return saved.length
}

/** Items of the agenda that were begun, or that something said or asked belongs to. */
export async function itemsInUse(db: Db, { districtId, id }: Of): Promise<Set<string>> {
  const begun = await db
    .selectFrom('agenda_items')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', '<>', 'waiting')
    .execute()
  const spoken = await usedBy(db, { districtId, id }, 'statements')
  const asked = await usedBy(db, { districtId, id }, 'questions')
  return new Set([...begun.map((row) => row.id), ...spoken, ...asked])
}

async function usedBy(db: Db, { districtId, id }: Of, table: 'statements' | 'questions'): Promise<string[]> {
  const rows = await db
    .selectFrom(table)
    .select('agenda_item_id as item')
    .distinct()
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('agenda_item_id', 'is not', null)
    .execute()
  return rows.map(({ item }) => item!)
}

export async function saveStatus(
  db: Db,
  { districtId, id }: Of,
  set: { status: 'open' | 'closed'; opened_at?: Date; closed_at: Date | null },
): Promise<void> {
  await db.updateTable('deliberations').set(set).where('district_id', '=', districtId).where('id', '=', id).execute()
}

/** What goes on in a room ends with it: the item under discussion is done, and nobody waits to speak any more. */
export async function endWhatGoesOn(db: Db, { districtId, id }: Of, at: Date): Promise<void> {
  await db
    .updateTable('agenda_items')
    .set({ state: 'done', ended_at: at })
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', '=', 'current')
    .execute()
  for (const [from, to] of [
    ['speaking', 'done'],
    ['waiting', 'withdrawn'],
  ] as const)
    await db
      .updateTable('speakers')
      .set({ state: to, ended_at: at })
      .where('district_id', '=', districtId)
      .where('deliberation_id', '=', id)
      .where('state', '=', from)
      .execute()
}

export async function hasOpenQuestion(db: Db, { districtId, id }: Of): Promise<boolean> {
  const found = await db
    .selectFrom('questions')
    .select('id')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function minutesStatus(db: Db, { districtId, id }: Of): Promise<Listed['minutes']> {
  const found = await db
    .selectFrom('minutes')
    .select('status')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .executeTakeFirst()
  return found?.status ?? null
}

/** Those within reach, the latest first. @param today YYYY-MM-DD, for what is past its day */
export async function listed(db: Db, districtId: number, reach: Reach, today: string): Promise<Listed[]> {
  const rows = await db
    .selectFrom('deliberations as d')
    .innerJoin('communities as c', (join) =>
      join.onRef('c.district_id', '=', 'd.district_id').onRef('c.code', '=', 'd.community_code'),
    )
    .leftJoin('minutes as m', (join) =>
      join.onRef('m.district_id', '=', 'd.district_id').onRef('m.deliberation_id', '=', 'd.id'),
    )
    .select(['d.id', 'd.code', 'd.kind', 'd.title', 'd.community_code as community', 'c.name as communityName'])
    .select(['d.starts_at', 'd.status', 'd.participants as present', 'd.statements', 'm.status as minutes'])
    .where('d.district_id', '=', districtId)
    .$if(!reach.whole, (query) => query.where('d.community_code', '=', sql<string>`any(${[...reach.communities]})`))
    .orderBy('d.starts_at', 'desc')
    .orderBy('d.id')
    .limit(MOST_LISTED)
    .execute()
  const waiting = await unsettledOf(db, districtId, today)
  return rows.map(({ starts_at, ...row }) => {
    const { unsettled = 0, overdue = 0 } = waiting.get(row.id) ?? {}
    return { ...row, startsAt: starts_at.toISOString(), unsettled, overdue }
  })
}

async function unsettledOf(db: Db, districtId: number, today: string) {
  const rows = await db
    .selectFrom('follow_ups')
    .select((is) => [
      'deliberation_id as id',
      is.fn.countAll<number>().as('unsettled'),
      is.fn.countAll<number>().filterWhere('due_on', '<', today).as('overdue'),
    ])
    .where('district_id', '=', districtId)
    .where('state', 'in', ['open', 'in-progress'])
    .groupBy('deliberation_id')
    .execute()
  return new Map(
    rows.map(({ id, unsettled, overdue }) => [id, { unsettled: Number(unsettled), overdue: Number(overdue) }]),
  )
}
