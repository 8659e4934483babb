import type { Kysely } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { lockedDeliberation, mustBeOpen, presentAt, presentBy } from './found.ts'
import { inRoom } from './in-room.ts'
import { currentItem, type Of, type Participant, type StoredDeliberation } from './queries.ts'
import { roomSpeakers } from './room-queries.ts'
import { tell } from './tell.ts'

/** Somebody on the list of speakers. */
export interface Listed {
  id: string
  isNew: boolean
}

/** Only an open room is moved on. @throws {Refusal} unknownDeliberation, roomNotYetOpen, roomClosed */
export async function lockOpen(tx: Db, of: Of): Promise<StoredDeliberation> {
  const found = await lockedDeliberation(tx, of)
  mustBeOpen(found)
  return found
}

/** A phone asks to speak; whoever is on the list stays where they are. @throws {Refusal} notPresent, roomNotYetOpen, roomClosed */
export async function ask(db: Kysely<Tables>, of: Of, id: string, ticket: string, at: Date): Promise<Listed> {
  return await inRoom(db, of, async (tx) => {
    await lockOpen(tx, of)
    return await list(tx, of, id, await presentBy(tx, of, ticket), at)
  })
}

/** Staff put on the list who sits there. @throws {Refusal} seatNotPresent, roomNotYetOpen, roomClosed */
export async function askFor(
  db: Kysely<Tables>,
  of: Of,
  id: string,
  seat: number,
  look: Look,
  at: Date,
): Promise<Listed> {
  return await inRoom(db, of, async (tx) => {
    await lockOpen(tx, of)
    const listed = await list(tx, of, id, await presentAt(tx, of, seat), at)
    if (listed.isNew) await audit(tx, { ...look, after: { speaker: listed.id, seat } }, at)
    return listed
  })
}

async function list(tx: Db, of: Of, id: string, { id: participant, seat }: Participant, at: Date): Promise<Listed> {
  const { districtId } = of
  const rows = tx.selectFrom('speakers').select(['id', 'deliberation_id']).where('district_id', '=', districtId)
  const same = await rows.where('id', '=', id).executeTakeFirst()
  if (same?.deliberation_id === of.id) return { id: same.id, isNew: false }
  if (same) throw refuse.unknownSpeaker()
  const waits = await rows
    .where('deliberation_id', '=', of.id)
    .where('participant_id', '=', participant)
    .where('state', 'in', ['waiting', 'speaking'])
    .executeTakeFirst()
  if (waits) return { id: waits.id, isNew: false }
  const item = await currentItem(tx, of)
  const row = { district_id: districtId, deliberation_id: of.id, id, agenda_item_id: item, asked_at: at }
  const added = await tx
    .insertInto('speakers')
    .values({ ...row, participant_id: participant, seat, state: 'waiting', started_at: null, ended_at: null })
    .onConflict((taken) => taken.columns(['district_id', 'id']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows === 0n) throw refuse.unknownSpeaker()
  await tellSpeakers(tx, of, at)
  return { id: id.toLowerCase(), isNew: true }
}

const tellSpeakers = async (tx: Db, of: Of, at: Date): Promise<number> =>
  tell(tx, of, [{ kind: 'speakers', speakers: await roomSpeakers(tx, of) }], at)

/** Lets somebody speak, and the one before is done; or notes that they are done or do not want to. @throws {Refusal} unknownSpeaker, speakerDone, roomNotYetOpen, roomClosed */
export async function move(
  db: Kysely<Tables>,
  of: Of,
  id: string,
  state: 'speaking' | 'done' | 'withdrawn',
  look: Look,
  at: Date,
): Promise<number> {
  return await inRoom(db, of, async (tx) => {
    const { sequence } = await lockOpen(tx, of)
    const before = await stateOf(tx, of, id)
    if (before === undefined) throw refuse.unknownSpeaker()
    if (before === state) return sequence
    if (before === 'done' || before === 'withdrawn') throw refuse.speakerDone()
    if (state === 'speaking') await endSpeaking(tx, of, at)
    // Whoever is cut short has spoken all the same.
    await setState(tx, of, id, before === 'speaking' && state === 'withdrawn' ? 'done' : state, at)
    const seq = await tellSpeakers(tx, of, at)
    await audit(tx, { ...look, before: { state: before }, after: { speaker: id, state } }, at)
    return seq
  })
}

async function stateOf(db: Db, { districtId, id }: Of, speaker: string) {
  const row = await db
    .selectFrom('speakers')
    .select('state')
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '=', speaker)
    .executeTakeFirst()
  return row?.state
}

async function setState(tx: Db, { districtId }: Of, id: string, state: 'speaking' | 'done' | 'withdrawn', at: Date) {
  await tx
    .updateTable('speakers')
    .set(state === 'speaking' ? { state, started_at: at } : { state, ended_at: at })
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .execute()
}

async function endSpeaking(tx: Db, { districtId, id }: Of, at: Date): Promise<void> {
  await tx
    .updateTable('speakers')
    .set({ state: 'done', ended_at: at })
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('state', '=', 'speaking')
    .execute()
}

/** Somebody leaves: they wait for nothing any more, and have spoken where they were speaking. */
export async function withdrawAll(tx: Db, of: Of, participant: string, at: Date): Promise<void> {
  const changed = await tx
    .updateTable('speakers')
    .set((is) => ({
      state: is
        .case()
        .when('state', '=', 'speaking')
        .then('done' as const)
        .else('withdrawn' as const)
        .end(),
      ended_at: at,
    }))
    .where('district_id', '=', of.districtId)
    .where('deliberation_id', '=', of.id)
    .where('participant_id', '=', participant)
    .where('state', 'in', ['waiting', 'speaking'])
    .returning('id')
    .execute()
  if (changed.length > 0) await tellSpeakers(tx, of, at)
}
