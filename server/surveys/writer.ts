import { setTimeout as sleep } from 'node:timers/promises'
import { isConnectionLost } from '../db/lost-connection.ts'
import { refuse } from '../refusals.ts'
import { type Content, sameContent } from './content.ts'
import { newReceipt } from './receipts.ts'
import { type Answers, findResponses, type Incoming, insertResponses, keepConflict, type Stored } from './store.ts'

/** What became of an answer. `accepted` and `repeated` are committed. */
export type Outcome = { kind: 'accepted' | 'repeated'; receipt: string } | { kind: 'withdrawn' | 'conflict' }

/** Collects answers that arrive together and commits them together. */
export interface Writer {
  /** Settles after the commit. @throws {Refusal} busy when too many wait or the commit takes too long, databaseAway when the database does not come back */
  add(row: Incoming): Promise<Outcome>
  /** When everything added so far is settled. */
  settled(): Promise<void>
}

interface Waiting {
  row: Incoming
  /** When whoever sent it has waited long enough. */
  until: number
  outcome: Promise<Outcome>
  resolve(outcome: Outcome): void
  reject(error: unknown): void
  /** Tells whoever sent it to send it again; the answer itself goes on its way. */
  tellLate(): void
}

const BATCH_ROWS = 50
/** So many set off at once where a connection is free: while the database writes them the next ones are read. */
const READY_ROWS = 32
const BATCH_WAIT_MS = 1
/** While a commit is on its way fewer wait a little longer: whatever comes meanwhile shares the next one. */
const BEHIND_WAIT_MS = 5
const LANES = 4
const QUEUE_ROWS = 2_000
/** How long an answer waits for a database that went away: longer than its restart, shorter than people's patience. */
const PATIENCE_MS = 2_500
/** Whoever has waited so long is told to send it again: by then it is stored mostly, and they get their receipt. */
const ANSWER_WITHIN_MS = 1_800
/** One timer for all: one for each answer costs more than to look through them now and then. */
const LOOK_FOR_LATE_MS = 100

/** A writer on a pool of its own; `committed` is told the district after every commit that added something. */
export function startWriter(answers: Answers, committed: (districtId: number) => void): Writer {
  const queues = new Map<number, Waiting[]>()
  /** The queues in which somebody waits, in turn. */
  const turns: Waiting[][] = []
  const pending = openPending()
  let queued = 0
  let lanes = 0
  let leftOver = false
  let timer: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined

  function add(row: Incoming): Promise<Outcome> {
    const before = pending.find(row)
    if (before) return behind(before, row)
    if (queued >= QUEUE_ROWS) return Promise.reject(refuse.busy())
    const waiting = waitingFor(row)
    pending.add(waiting)
    looking ??= setInterval(lookForLate, LOOK_FOR_LATE_MS)
    enqueue(waiting)
    return waiting.outcome
  }

  function waitingFor(row: Incoming): Waiting {
    const waiting = { row, until: performance.now() + ANSWER_WITHIN_MS } as Waiting
    waiting.outcome = new Promise((resolve, reject) => {
      waiting.resolve = (outcome) => {
        pending.remove(waiting)
        resolve(outcome)
      }
      waiting.reject = (error) => {
        pending.remove(waiting)
        reject(error)
      }
      waiting.tellLate = () => reject(refuse.busy())
    })
    return waiting
  }

  /** The same id is on its way already: it is settled once, and whoever sends it again hears the same. */
  async function behind(before: Waiting, row: Incoming): Promise<Outcome> {
    const outcome = await before.outcome
    if (!sameContent(before.row.content, row.content)) return add(row)
    return outcome.kind === 'accepted' ? { kind: 'repeated', receipt: outcome.receipt } : outcome
  }

  function lookForLate(): void {
    const now = performance.now()
    const left = pending.all()
    for (const waiting of left) if (waiting.until < now) waiting.tellLate()
    if (left.length > 0) return
    clearInterval(looking)
    looking = undefined
  }

  function enqueue(waiting: Waiting): void {
    const { districtId } = waiting.row
    const queue = queues.get(districtId) ?? []
    if (queue.length === 0) turns.push(queue)
    queues.set(districtId, queue)
    queue.push(waiting)
    queued += 1
    if (queue.length >= READY_ROWS) pump()
    else timer ??= setTimeout(pump, lanes === 0 ? BATCH_WAIT_MS : BEHIND_WAIT_MS)
  }

  function pump(): void {
    clearTimeout(timer)
    timer = undefined
    while (lanes < LANES && queued > 0) {
      lanes += 1
      settle(answers, nextBatch(), committed).then(() => {
        lanes -= 1
        if (leftOver || lanes === 0) pump()
      })
    }
    leftOver = queued > 0
  }

  /** Districts take turns, so that a busy one does not hold up the others. */
  function nextBatch(): Waiting[] {
    const queue = turns.shift() as Waiting[]
    const batch = queue.splice(0, BATCH_ROWS)
    if (queue.length > 0) turns.push(queue)
    queued -= batch.length
    return batch
  }

  async function settled(): Promise<void> {
    let left = pending.all()
    while (left.length > 0) {
      pump()
      await sleep(BATCH_WAIT_MS)
      left = left.filter(pending.has)
    }
  }

  return { add, settled }
}

interface Pending {
  find(row: Incoming): Waiting | undefined
  has(waiting: Waiting): boolean
  add(waiting: Waiting): void
  /** Nothing happens when it is gone already. */
  remove(waiting: Waiting): void
  all(): Waiting[]
}

/**
 * Answers on their way, by the first two digits of their ids. No Map, no object: the table behind one that changes all the
 * time is made anew every few dozen changes, and what stood in the old ones lives until the next full collection of memory.
 */
function openPending(): Pending {
  const shelves = Array.from({ length: 256 }, (): Waiting[] => [])
  const shelf = ({ id }: Incoming) => shelves[Number.parseInt(id.slice(0, 2), 16)] as Waiting[]
  return {
    find: (row) => shelf(row).find(({ row: { id, districtId } }) => id === row.id && districtId === row.districtId),
    has: (waiting) => shelf(waiting.row).includes(waiting),
    add: (waiting) => shelf(waiting.row).push(waiting),
    remove: (waiting) => {
      const beside = shelf(waiting.row)
      const at = beside.indexOf(waiting)
      if (at >= 0) beside.splice(at, 1)
    },
    all: () => shelves.flat(),
  }
}

/** Settles every answer of a batch, one way or another; never throws. */
async function settle(answers: Answers, batch: Waiting[], committed: (districtId: number) => void): Promise<void> {
  batch.sort((a, b) => (a.row.id < b.row.id ? -1 : 1))
  try {
    const inserted = await patiently(() => insertFresh(answers, batch))
    if (inserted.size > 0) committed((batch[0] as Waiting).row.districtId)
    for (const { row, resolve } of batch) if (inserted.has(row.id)) resolve({ kind: 'accepted', receipt: row.receipt })
    await settleKnown(
      answers,
      batch.filter(({ row }) => !inserted.has(row.id)),
    )
  } catch (error) {
    await afterFailure(answers, batch, error, committed)
  }
}

/** One answer that the database does not take must not cost its neighbours theirs: the batch is halved until it stands alone. */
async function afterFailure(
  answers: Answers,
  batch: Waiting[],
  error: unknown,
  committed: (districtId: number) => void,
): Promise<void> {
  const [first] = batch
  if (isConnectionLost(error)) for (const { reject } of batch) reject(refuse.databaseAway())
  else if (batch.length === 1) first?.reject(error)
  else {
    const half = batch.length >> 1
    await settle(answers, batch.slice(0, half), committed)
    await settle(answers, batch.slice(half), committed)
  }
}

async function insertFresh(answers: Answers, batch: Waiting[]): Promise<Set<string>> {
  const rows = batch.map(({ row }) => row)
  try {
    return await insertResponses(answers, rows)
  } catch (error) {
    if ((error as { code?: string }).code !== '23505') throw error
    // Only a receipt can be taken. Nothing was stored, so all of them may be drawn again.
    for (const row of rows) row.receipt = newReceipt(row.district)
    return await insertResponses(answers, rows)
  }
}

/** Answers whose id is stored already: by an earlier sending, or by a commit of ours whose confirmation was lost. */
async function settleKnown({ pool }: Answers, batch: Waiting[]): Promise<void> {
  const [first] = batch
  if (!first) return
  const ids = batch.map(({ row }) => row.id)
  const stored = await patiently(() => findResponses(pool, first.row.districtId, ids))
  const conflicts: Promise<void>[] = []
  for (const { row, resolve, reject } of batch) {
    const known = stored.get(row.id)
    const outcome = known && compare(row, known)
    if (!outcome) reject(refuse.busy())
    else if (outcome.kind === 'conflict') conflicts.push(keepConflict(pool, row).then(() => resolve(outcome), reject))
    else resolve(outcome)
  }
  await Promise.all(conflicts)
}

/** What to tell somebody who sends this while that is stored under its id. */
export function compare(sent: { content: Content; receipt: string }, { receipt, content }: Stored): Outcome {
  if (!content) return { kind: 'withdrawn' }
  if (!sameContent(sent.content, content)) return { kind: 'conflict' }
  return { kind: receipt === sent.receipt ? 'accepted' : 'repeated', receipt }
}

/** Does it again while the database is away. Safe, because an id is never inserted twice. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS
  for (let pause = 50; ; pause *= 2) {
    try {
      return await work()
    } catch (error) {
      if (!isConnectionLost(error) || performance.now() + pause > until) throw error
      await sleep(pause)
    }
  }
}
