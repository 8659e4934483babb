import { CONFIRM_DAYS } from '../../shared/wishes/kinds.ts'
import type { State } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'

const held = (db: Db, districtId: number, state: State) =>
  db
    .selectFrom('claims as c')
    .innerJoin('wishes as w', (join) =>
      join.onRef('w.district_id', '=', 'c.district_id').onRef('w.id', '=', 'c.wish_id'),
    )
    .select('w.id')
    .where('c.district_id', '=', districtId)
    .where('c.ended_at', 'is', null)
    .where('w.state', '=', state)
    .orderBy('w.id')

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** Wishes whose holders have let their day pass. */
export async function overdue(db: Db, districtId: number, today: string): Promise<string[]> {
  return ids(await held(db, districtId, 'claimed').where('c.due_on', '<', today).execute())
}

/** Wishes that nobody has taken by the day they were needed. */
export async function late(db: Db, districtId: number, today: string): Promise<string[]> {
  const rows = await db
    .selectFrom('wishes')
    .select('id')
    .where('district_id', '=', districtId)
    .where('needed_by', '<', today)
    .where('state', 'in', ['submitted', 'returned', 'open'])
    .orderBy('id')
    .execute()
  return ids(rows)
}

/** Wishes whose holders may be due to hear of their deadline; `remindersDue` says which. */
export async function unreminded(db: Db, districtId: number): Promise<string[]> {
  return ids(await held(db, districtId, 'claimed').where('c.reminded', '<', 2).execute())
}

/** Wishes that were delivered so long ago without a word from the wisher that staff may confirm, and have not heard of it. */
export async function unconfirmed(db: Db, districtId: number, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - CONFIRM_DAYS * 86_400_000)
  return ids(
    await held(db, districtId, 'delivered').where('c.reminded', '<', 3).where('c.delivered_at', '<=', before).execute(),
  )
}
