import type { Document } from '../../shared/document.ts'
import { answerOrders } from '../platform/orders.ts'
import { toDocx } from './docx.ts'
import { documentSheets } from './sheets.ts'
import { type Sheet, toXlsx } from './xlsx.ts'
import type { Properties } from './xlsx-parts.ts'

/** One order: a document and the formats wanted, or the sheets of a workbook. */
export type Order = { document: Document; formats: Format[] } | { sheets: Sheet[]; properties: Properties }

export type Format = 'docx' | 'pdf' | 'xlsx'
export type Rendered = Partial<Record<Format, Uint8Array>>

const writers: Record<Format, (document: Document) => Promise<Uint8Array>> = {
  docx: toDocx,
  // The library behind it crashes the process where a thread that has loaded it ends without having used it.
  pdf: async (document) => (await import('./pdf.ts')).toPdf(document),
  xlsx: (document) => toXlsx(documentSheets(document), document),
}

async function render(order: Order): Promise<Rendered> {
  if ('sheets' in order) return { xlsx: new Uint8Array(await toXlsx(order.sheets, order.properties)) }
  const files: Rendered = {}
  for (const format of order.formats) files[format] = new Uint8Array(await writers[format](order.document))
  return files
}

answerOrders(render, (files) => Object.values(files).map((file) => file.buffer as ArrayBuffer))
