import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { ImportKind } from '../../shared/places/api.ts'
import type { Known } from '../../shared/places/cells.ts'
import type { Imported } from '../../shared/places/import.ts'
import type { Table } from '../../shared/places/table.ts'
import { refuse } from '../refusals.ts'
import type { Answer, Order } from './read-table-worker.ts'
import { formatOf } from './upload-format.ts'
import { BadFile, limits } from './upload-limits.ts'

/** Uploads are read one after the other, since each may take a good part of a small machine's memory; more than this may not wait. */
const MOST_WAITING = 4
/** Starting a thread takes longer than reading most files, so it is kept for those who correct a file and send it again. */
const IDLE_MS = 30_000

type OrderWithoutFile = Order extends infer O ? (O extends Order ? Omit<O, 'file'> : never) : never

let waiting = 0
let turn: Promise<unknown> = Promise.resolve()
let kept: { worker: Worker; end: NodeJS.Timeout } | undefined

/** Reads an upload of places. @throws {Refusal} badImportFile when the file cannot be read, busy when too many wait already */
export async function readUpload<K extends ImportKind>(kind: K, file: Buffer, known: Known): Promise<Imported<K>> {
  const answer = await read(file, { kind, known })
  return (answer as { imported: Imported<K> }).imported
}

/** Reads the sheet of this name, or the first one, as it stands. @throws {Refusal} as readUpload */
export async function readSheet(sheet: string, file: Buffer): Promise<Table> {
  return ((await read(file, { sheet })) as { table: Table }).table
}

/** In a thread of its own, which is killed when it takes too long or too much memory: people's requests go on meanwhile. */
async function read(file: Buffer, order: OrderWithoutFile): Promise<Answer> {
  if (waiting >= MOST_WAITING) throw refuse.busy(5)
  waiting += 1
  try {
    formatOf(file)
    const mine = turn.then(() => inThread({ ...order, file: new Uint8Array(file) }))
    turn = mine.catch(() => undefined)
    const answer = await mine
    if ('refused' in answer) throw new BadFile(answer.refused)
    return answer
  } catch (error) {
    throw error instanceof BadFile ? refuse.badImportFile(error.message) : error
  } finally {
    waiting -= 1
  }
}

async function inThread(order: Order): Promise<Answer> {
  const worker = takeThread()
  try {
    const answer = await answerOf(worker, order)
    keep(worker)
    return answer
  } catch (error) {
    await worker.terminate()
    const full = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
    throw full ? new BadFile('文件内容太多，请拆成几个文件再导入。') : error
  }
}

function answerOf(worker: Worker, order: Order): Promise<Answer> {
  const stop = new AbortController()
  const heard = (event: string) => once(worker, event, { signal: stop.signal })
  const answers = [
    heard('message').then(([answer]) => answer as Answer),
    heard('exit').then(([code]) => {
      throw new Error(`the reading thread ended with code ${code}`)
    }),
    delay(limits.readMs, undefined, { signal: stop.signal }).then(() => {
      throw new BadFile('文件读取时间太长，请拆成几个文件再导入。')
    }),
  ]
  worker.postMessage(order, [order.file.buffer as ArrayBuffer])
  return Promise.race(answers).finally(() => stop.abort())
}

function takeThread(): Worker {
  if (kept) {
    const { worker, end } = kept
    kept = undefined
    clearTimeout(end)
    worker.ref()
    return worker
  }
  const worker = new Worker(new URL('./read-table-thread.mjs', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 },
  })
  worker.once('exit', () => {
    if (kept?.worker === worker) kept = undefined
  })
  return worker
}

/** An idle thread does not keep the server from stopping. */
function keep(worker: Worker): void {
  const end = setTimeout(() => {
    kept = undefined
    void worker.terminate()
  }, IDLE_MS)
  end.unref()
  worker.unref()
  kept = { worker, end }
}
