import type { Kysely } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { inRoom } from './in-room.ts'
import { currentItem, type Of } from './queries.ts'
import { roomItems } from './room-queries.ts'
import { lockOpen } from './speakers.ts'
import { tell } from './tell.ts'

/** Moves the room to an item, whose time begins now, or to the end of the agenda. @throws {Refusal} unknownItem, roomNotYetOpen, roomClosed */
export async function goTo(db: Kysely<Tables>, of: Of, given: string | null, look: Look, at: Date): Promise<number> {
  const item = given?.toLowerCase() ?? null
  return await inRoom(db, of, async (tx) => {
    const { sequence } = await lockOpen(tx, of)
    const before = await currentItem(tx, of)
    if (before === item) return sequence
    await setItem(tx, of, { state: 'done', ended_at: at }, before)
    const begun = await setItem(tx, of, { state: 'current', started_at: at, ended_at: null }, item)
    if (item !== null && begun === 0) throw refuse.unknownItem()
    const seq = await tell(tx, of, [{ kind: 'items', items: await roomItems(tx, of) }], at)
    await audit(tx, { ...look, before: { item: before }, after: { item } }, at)
    return seq
  })
}

type Change = { state: 'done'; ended_at: Date } | { state: 'current'; started_at: Date; ended_at: null }

async function setItem(tx: Db, { districtId, id }: Of, change: Change, item: string | null): Promise<number> {
  if (item === null) return 0
  const { numUpdatedRows } = await tx
    .updateTable('agenda_items')
    .set(change)
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .where('id', '=', item)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}
