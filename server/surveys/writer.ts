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
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

const BATCH_ROWS = 50
/** So many set off at once where a connection is free: while the database writes them the next ones are read. */
const READY_ROWS = 32
const BATCH_WAIT_MS = 1
const LANES = 4
const QUEUE_ROWS = 2_000
/** How long an answer waits for a database that went away: longer than its restart, shorter than people's patience. */
const PATIENCE_MS = 2_500
/** Whoever has waited so long is told to send it again: by then it is stored mostly, and they get their receipt. */
const ANSWER_WITHIN_MS = 1_800

/** A writer on a pool of its own; `committed` is told the district after every commit that added something. */
export function startWriter(answers: Answers, committed: (districtId: number) => void): Writer {
  const queues = new Map<number, Waiting[]>()
  // By district and id. No Map: one that changes all the time keeps alive what was deleted from it, which made a scavenge of
  // the memory take twice as long.
  const pending: Record<string, { row: Incoming; outcome: Promise<Outcome> }> = Object.create(null)
  let queued = 0
  let lanes = 0
  let timer: NodeJS.Timeout | undefined

  function add(row: Incoming): Promise<Outcome> {
    const key = `${row.districtId}/${row.id}`
    const before = pending[key]
    if (before) return inTime(behind(before, row))
    if (queued >= QUEUE_ROWS) return Promise.reject(refuse.busy())
    const outcome = new Promise<Outcome>((resolve, reject) => enqueue({ row, resolve, reject }))
    pending[key] = { row, outcome }
    const forget = () => delete pending[key]
    outcome.then(forget, forget)
    return inTime(outcome)
  }

  /** The same id is on its way already: it is settled once, and whoever sends it again hears the same. */
  async function behind(before: { row: Incoming; outcome: Promise<Outcome> }, row: Incoming): Promise<Outcome> {
    const outcome = await before.outcome
    if (!sameContent(before.row, row)) return add(row)
    return outcome.kind === 'accepted' ? { kind: 'repeated', receipt: outcome.receipt } : outcome
  }

  function enqueue(waiting: Waiting): void {
    const { districtId } = waiting.row
    const queue = queues.get(districtId) ?? []
    queues.set(districtId, queue)
    queue.push(waiting)
    queued += 1
    if (queue.length >= READY_ROWS) pump()
    else timer ??= setTimeout(pump, BATCH_WAIT_MS)
  }

  function pump(): void {
    clearTimeout(timer)
    timer = undefined
    while (lanes < LANES && queued > 0) {
      lanes += 1
      settle(answers, nextBatch(), committed).finally(() => {
        lanes -= 1
        pump()
      })
    }
  }

  /** Districts take turns, so that a busy one does not hold up the others. */
  function nextBatch(): Waiting[] {
    const [districtId, queue] = queues.entries().next().value as [number, Waiting[]]
    const batch = queue.splice(0, BATCH_ROWS)
    queues.delete(districtId)
    if (queue.length > 0) queues.set(districtId, queue)
    queued -= batch.length
    return batch
  }

  async function settled(): Promise<void> {
    pump()
    for (let left = Object.values(pending); left.length > 0; left = Object.values(pending))
      await Promise.allSettled(left.map(({ outcome }) => outcome))
  }

  return { add, settled }
}

/** The outcome, unless it is long in coming: the answer itself goes on its way. */
function inTime(outcome: Promise<Outcome>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(refuse.busy()), ANSWER_WITHIN_MS)
    outcome.then(resolve, reject).finally(() => clearTimeout(timer))
  })
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
  for (const { row, resolve, reject } of batch) {
    const known = stored.get(row.id)
    const outcome = known && compare(row, known)
    if (!outcome) reject(refuse.busy())
    else if (outcome.kind === 'conflict') keepConflict(pool, row).then(() => resolve(outcome), reject)
    else resolve(outcome)
  }
}

/** What to tell somebody who sends this while that is stored under its id. */
export function compare(sent: Content & { receipt: string }, { receipt, content }: Stored): Outcome {
  if (!content) return { kind: 'withdrawn' }
  if (!sameContent(sent, content)) return { kind: 'conflict' }
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
