import { parentPort } from 'node:worker_threads'
import type { Document } from '../../shared/document.ts'
import { toDocx } from './docx.ts'
import { toPdf } from './pdf.ts'
import { documentSheets } from './sheets.ts'
import { toXlsx } from './xlsx.ts'

/** One order: a document and the formats wanted. */
export interface Order {
  document: Document
  formats: Format[]
}

export type Format = 'docx' | 'pdf' | 'xlsx'

export type Answer = { files: Partial<Record<Format, Uint8Array>> } | { error: string }

const writers: Record<Format, (document: Document) => Promise<Uint8Array>> = {
  docx: toDocx,
  pdf: toPdf,
  xlsx: (document) => toXlsx(documentSheets(document), document),
}

async function fulfil(order: Order): Promise<Answer> {
  const files: Partial<Record<Format, Uint8Array>> = {}
  try {
    for (const format of order.formats) files[format] = new Uint8Array(await writers[format](order.document))
    return { files }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', async (order: Order) => {
  const answer = await fulfil(order)
  const owned = 'files' in answer ? Object.values(answer.files).map((file) => file.buffer as ArrayBuffer) : []
  parentPort!.postMessage(answer, owned)
})
