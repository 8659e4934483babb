import type { RoomChange } from '../../shared/deliberations/room.ts'
import { isShown, type Standing } from '../../shared/deliberations/statement-rules.ts'
import type { Db } from '../db/database.ts'
import type { Of } from './queries.ts'
import { roomStatements } from './room-queries.ts'
import { tell } from './tell.ts'

/** Tells the room what has become of these statements, and the desk that its list has changed. `before` are those of them that were there. */
export async function tellStatements(
  db: Db,
  of: Of,
  ids: string[],
  before: readonly Standing[],
  at: Date,
): Promise<void> {
  const now = (await roomStatements(db, of, ids)).filter(({ id }) => ids.includes(id))
  const gone = before.filter((one) => isShown(one) && !now.some(({ id }) => id === one.id))
  const changes: RoomChange[] = [
    ...gone.map(({ id }): RoomChange => ({ kind: 'statement-gone', statement: id })),
    ...now.map((statement): RoomChange => ({ kind: 'statement', statement })),
    { kind: 'desk', about: 'statements' },
  ]
  await tell(db, of, changes, at)
}
