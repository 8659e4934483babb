import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { refuse } from '../refusals.ts'
import type { Of } from './queries.ts'

const MOST_WAITING = 1_000

interface Queue {
  waiting: number
  last: Promise<unknown>
}

const queues = new Map<string, Queue>()

/**
 * A transaction that holds a room's row. Those of one room wait for each other here and not in the database, where everybody
 * who scans the code at the same time would hold a connection while they wait, until there is none left. @throws {Refusal} busy
 */
export async function inRoom<T>(
  db: Kysely<Tables>,
  { districtId, id }: Of,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  const key = `${districtId}:${id}`
  const queue = queues.get(key) ?? { waiting: 0, last: Promise.resolve() }
  if (queue.waiting >= MOST_WAITING) throw refuse.busy()
  queues.set(key, queue)
  queue.waiting += 1
  const turn = queue.last.then(() => db.transaction().execute(work))
  queue.last = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    queue.waiting -= 1
    if (queue.waiting === 0) queues.delete(key)
  }
}
