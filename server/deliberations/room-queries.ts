import type {
  RoomHead,
  RoomItem,
  RoomProposal,
  RoomQuestion,
  RoomSpeaker,
  RoomStatement,
} from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import { community } from '../places/queries.ts'
import type { Of, StoredDeliberation } from './queries.ts'

/*
 * What everybody in a room may see, as it stands in the database: for whoever opens the room, and for the events that
 * tell those who follow it.
 */

const said = (at: Date | null): string | null => at?.toISOString() ?? null

/** How many are in the room, by what they take part with. */
export async function presence(db: Db, { districtId, id }: Of): Promise<{ phone: number; seat: number }> {
  const rows = await db
    .selectFrom('participants')
    .select((is) => ['channel', is.fn.countAll<number>().as('n')])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('left_at', 'is', null)
    .groupBy('channel')
    .execute()
  const of = (wanted: string) => Number(rows.find(({ channel }) => channel === wanted)?.n ?? 0)
  return { phone: of('phone'), seat: of('seat') }
}

export async function roomHead(db: Db, found: StoredDeliberation): Promise<RoomHead> {
  const of = { districtId: found.district_id, id: found.id }
  const { phone, seat } = await presence(db, of)
  const place = await community(db, of.districtId, found.community_code)
  return {
    ...{ deliberation: found.id, code: found.code, kind: found.kind, title: found.title },
    ...{ communityName: place?.name ?? found.community_code, place: found.place, host: found.host },
    ...{ startsAt: found.starts_at.toISOString(), endsAt: said(found.ends_at), status: found.status },
    ...{ moderated: found.moderated, speakerSeconds: found.speaker_seconds },
    ...{ present: phone + seat, byPhone: phone, bySeat: seat },
  }
}

export async function roomItems(db: Db, { districtId, id }: Of): Promise<RoomItem[]> {
  const rows = await db
    .selectFrom('agenda_items')
    .select(['id', 'title', 'kind', 'minutes', 'state', 'started_at'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('position')
    .execute()
  return rows.map(({ started_at, ...row }) => ({ ...row, startedAt: said(started_at) }))
}

/** Those who wait and who speaks, in the order of asking. */
export async function roomSpeakers(db: Db, { districtId, id }: Of): Promise<RoomSpeaker[]> {
  const rows = await db
    .selectFrom('speakers')
    .leftJoin('participants', (join) =>
      join
        .onRef('participants.district_id', '=', 'speakers.district_id')
        .onRef('participants.id', '=', 'speakers.participant_id'),
    )
    .select(['speakers.id', 'speakers.state', 'speakers.started_at', 'speakers.participant_id', 'speakers.seat'])
    .select(['participants.seat as own', 'participants.number'])
    .where('speakers.district_id', '=', districtId)
    .where('speakers.deliberation_id', '=', id)
    .orderBy('speakers.asked_at')
    .orderBy('speakers.id')
    .execute()
  const key = (row: (typeof rows)[number]) => row.participant_id ?? `seat ${row.seat}`
  const spoke = new Set(rows.filter(({ state }) => state === 'done').map(key))
  return rows.flatMap((row) => {
    const { state } = row
    if (state !== 'waiting' && state !== 'speaking') return []
    const seat = row.own ?? row.seat
    const label = seat ? `${seat}号座` : `第${row.number}位签到`
    return [{ id: row.id, label, state, first: !spoke.has(key(row)), startedAt: said(row.started_at) }]
  })
}

/** Statements that everybody may read, all or those with these ids, with what was merged into them. */
export async function roomStatements(db: Db, { districtId, id }: Of, ids?: string[]): Promise<RoomStatement[]> {
  const rows = await db
    .selectFrom('statements')
    .select(['id', 'number', 'text', 'agenda_item_id as item', 'proposal_id as proposal', 'service', 'state'])
    .select(['result', 'answer', 'merged_into as into'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', 'in', ['shown', 'discussed', 'merged'])
    .$if(ids !== undefined, (query) =>
      query.where((is) => is.or([is('id', 'in', [...ids!, NOBODY]), is('merged_into', 'in', [...ids!, NOBODY])])),
    )
    .orderBy('number')
    .execute()
  return rows.flatMap(({ into: _, state, ...row }) => {
    if (state !== 'shown' && state !== 'discussed') return []
    const merged = rows.filter(({ into }) => into === row.id).map(({ number, text }) => ({ number, text }))
    return [{ ...row, state, merged }]
  })
}

/** An `in` with nothing in it is no SQL. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

export async function roomProposals(db: Db, { districtId, id }: Of): Promise<RoomProposal[]> {
  return await db
    .selectFrom('proposals')
    .select(['id', 'title', 'text'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('position')
    .execute()
}

/** Questions that were opened, all or those with these ids. Nothing of an open one is told but how many have voted. */
export async function roomQuestions(db: Db, of: Of, ids?: string[]): Promise<RoomQuestion[]> {
  const rows = await db
    .selectFrom('questions')
    .select(['id', 'agenda_item_id as item', 'kind', 'title', 'options', 'picks', 'secret', 'rule', 'quorum', 'state'])
    .select(['reason', 'rerun_of as rerunOf', 'opened_at', 'outcome'])
    .where('district_id', '=', of.districtId)
    .where('deliberation_id', '=', of.id)
    .where('opened_at', 'is not', null)
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...ids!, NOBODY]))
    .orderBy('opened_at')
    .execute()
  const { phone, seat } = await presence(db, of)
  const voters = await votersOf(db, of.districtId, rows)
  return rows.flatMap(({ opened_at, state, outcome: locked, ...row }) => {
    if (state === 'draft') return []
    const { voted = 0, gone = 0 } = voters.get(row.id) ?? {}
    const outcome = state === 'open' ? null : locked
    const present = outcome?.present ?? phone + seat + gone
    return [{ ...row, state, openedAt: opened_at!.toISOString(), voted, present, outcome }]
  })
}

export interface Voters {
  voted: number
  /** Of them, those who have left since: they were there for this vote. */
  gone: number
}

/** How many people have voted on each question. */
export async function votersOf(
  db: Db,
  districtId: number,
  questions: readonly { id: string; secret: boolean }[],
): Promise<Map<string, Voters>> {
  const all = await Promise.all(
    ([false, true] as const).map((secret) => {
      const ids = [...questions.filter((one) => one.secret === secret).map(({ id }) => id), NOBODY]
      return votersIn(db, districtId, secret ? 'ballot_roll' : 'votes', ids)
    }),
  )
  return new Map(all.flat().map(({ question_id, voted, gone }) => [question_id, { voted, gone }]))
}

async function votersIn(db: Db, districtId: number, table: 'votes' | 'ballot_roll', ids: string[]) {
  return await db
    .with('voters', (are) =>
      are
        .selectFrom(table)
        .select(['question_id', 'participant_id'])
        .distinct()
        .where('district_id', '=', districtId)
        .where('question_id', 'in', ids),
    )
    .selectFrom('voters')
    .leftJoin('participants', (join) =>
      join
        .onRef('participants.id', '=', 'voters.participant_id')
        .on('participants.district_id', '=', districtId)
        .on('participants.left_at', 'is not', null),
    )
    .select((is) => ['question_id', is.fn.countAll<number>().as('voted')])
    .select((is) => is.fn.count<number>('participants.id').as('gone'))
    .groupBy('question_id')
    .execute()
}
