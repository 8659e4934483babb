import type { ImportKind } from '../../shared/places/api.ts'
import type { Known } from '../../shared/places/cells.ts'
import { importZh } from '../../shared/places/columns.ts'
import { type Imported, readPlaces } from '../../shared/places/import.ts'
import type { Table } from '../../shared/places/table.ts'
import { answerOrders } from '../platform/orders.ts'
import { csvTable } from './csv-table.ts'
import { formatOf } from './upload-format.ts'
import { BadFile } from './upload-limits.ts'
import { xlsxTable } from './xlsx-table.ts'

/** A table of places, to be judged as well, or a sheet as it stands for whoever knows what it is. */
export type Order = { file: Uint8Array } & ({ kind: ImportKind; known: Known } | { sheet: string })

export type Answer = { imported: Imported<ImportKind> } | { table: Table } | { refused: string }

async function fulfil(order: Order): Promise<Answer> {
  try {
    if ('sheet' in order) return { table: await tableIn(order.file, order.sheet) }
    const { kind, known, file } = order
    return { imported: readPlaces(kind, await tableIn(file, importZh[kind]), known) }
  } catch (error) {
    if (error instanceof BadFile) return { refused: error.message }
    throw error
  }
}

async function tableIn(file: Uint8Array, sheet: string): Promise<Table> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const upload = formatOf(bytes)
  return upload.format === 'csv' ? csvTable(bytes) : await xlsxTable(bytes, upload.entries, sheet)
}

answerOrders(fulfil)
