import { Worker } from 'node:worker_threads'
import type { ImportKind } from '../../shared/places/api.ts'
import type { Known } from '../../shared/places/cells.ts'
import type { Imported } from '../../shared/places/import.ts'
import { refuse } from '../refusals.ts'
import type { Answer, Order } from './read-table-worker.ts'
import { formatOf } from './upload-format.ts'
import { BadFile, limits } from './upload-limits.ts'

/** Each reading may take a good part of a small machine's memory. */
const AT_ONCE = 2
let reading = 0

/**
 * Reads an upload in a thread of its own, which is killed when it takes too long or too much memory: people's requests go on meanwhile.
 * @throws {Refusal} badImportFile when the file cannot be read, busy when several are being read already
 */
export async function readUpload<K extends ImportKind>(kind: K, file: Buffer, known: Known): Promise<Imported<K>> {
  if (reading >= AT_ONCE) throw refuse.busy(5)
  reading += 1
  try {
    formatOf(file)
    const answer = await inThread({ kind, file: new Uint8Array(file), known })
    if ('refused' in answer) throw refuse.badImportFile(answer.refused)
    return answer.imported as Imported<K>
  } catch (error) {
    throw error instanceof BadFile ? refuse.badImportFile(error.message) : error
  } finally {
    reading -= 1
  }
}

function inThread(order: Order): Promise<Answer> {
  const worker = new Worker(new URL('./read-table-thread.mjs', import.meta.url), {
    execArgv: [],
    workerData: order,
    transferList: [order.file.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 },
  })
  return new Promise<Answer>((resolve, reject) => {
    const late = setTimeout(
      () => reject(refuse.badImportFile('文件读取时间太长，请拆成几个文件再导入。')),
      limits.readMs,
    )
    worker.once('message', resolve)
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(full ? refuse.badImportFile('文件内容太多，请拆成几个文件再导入。') : error)
    })
    worker.once('exit', (code) => reject(new Error(`the reading thread ended with code ${code}`)))
    worker.once('exit', () => clearTimeout(late))
  }).finally(() => worker.terminate())
}
