import { parentPort } from 'node:worker_threads'
import type { ImportKind } from '../../shared/places/api.ts'
import type { Known } from '../../shared/places/cells.ts'
import { importZh } from '../../shared/places/columns.ts'
import { type Imported, readPlaces } from '../../shared/places/import.ts'
import { csvTable } from './csv-table.ts'
import { formatOf } from './upload-format.ts'
import { BadFile } from './upload-limits.ts'
import { xlsxTable } from './xlsx-table.ts'

export interface Order {
  kind: ImportKind
  file: Uint8Array
  known: Known
}

export type Answer = { imported: Imported<ImportKind> } | { refused: string }

async function fulfil({ kind, file, known }: Order): Promise<Answer> {
  try {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
    const upload = formatOf(bytes)
    const table = upload.format === 'csv' ? csvTable(bytes) : await xlsxTable(bytes, upload.entries, importZh[kind])
    return { imported: readPlaces(kind, table, known) }
  } catch (error) {
    if (error instanceof BadFile) return { refused: error.message }
    throw error
  }
}

parentPort?.on('message', async (order: Order) => parentPort!.postMessage(await fulfil(order)))
