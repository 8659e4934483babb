import type { ImportKind } from '../../shared/places/api.ts'
import type { Known } from '../../shared/places/cells.ts'
import type { Imported } from '../../shared/places/import.ts'
import type { Table } from '../../shared/places/table.ts'
import { threadPool, WorkFailed } from '../platform/thread-pool.ts'
import { refuse } from '../refusals.ts'
import type { Answer, Order } from './read-table-worker.ts'
import { formatOf } from './upload-format.ts'
import { BadFile, limits } from './upload-limits.ts'

/**
 * Uploads are read one after the other, since each may take a good part of a small machine's memory. The thread is kept for
 * a while, as starting one takes longer than reading most files: for those who correct a file and send it again.
 */
const reader = threadPool<Order, Answer>({
  script: new URL('./read-table-thread.mjs', import.meta.url),
  threads: 1,
  mostWaiting: 3,
  limitMs: limits.readMs,
  idleMs: 30_000,
  maxOldGenerationSizeMb: 192,
  maxYoungGenerationSizeMb: 16,
})

/** Reads an upload of places. @throws {Refusal} badImportFile when the file cannot be read, busy when too many wait already */
export async function readUpload<K extends ImportKind>(kind: K, file: Buffer, known: Known): Promise<Imported<K>> {
  const answer = await read({ file, kind, known })
  return (answer as { imported: Imported<K> }).imported
}

/** Reads the sheet of this name, or the first one, as it stands. @throws {Refusal} as readUpload */
export async function readSheet(sheet: string, file: Buffer): Promise<Table> {
  return ((await read({ file, sheet })) as { table: Table }).table
}

/** In a thread of its own, which is killed when it takes too long or too much memory: people's requests go on meanwhile. */
async function read(order: Order & { file: Buffer }): Promise<Answer> {
  try {
    formatOf(order.file)
    const answer = await reader.ask(order)
    if ('refused' in answer) throw new BadFile(answer.refused)
    return answer
  } catch (error) {
    const words = faultOf(error)
    throw words ? refuse.badImportFile(words) : error
  }
}

/** What is wrong with the file; undefined where something else is. */
function faultOf(error: unknown): string | undefined {
  if (error instanceof WorkFailed) return tooMuch[error.why]
  return error instanceof BadFile ? error.message : undefined
}

const tooMuch = {
  late: '文件读取时间太长，请拆成几个文件再导入。',
  full: '文件内容太多，请拆成几个文件再导入。',
  fault: undefined,
}
