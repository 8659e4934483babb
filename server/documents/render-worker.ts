import type { Document } from '../../shared/document.ts'
import { answerOrders } from '../platform/orders.ts'
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
export type Rendered = Partial<Record<Format, Uint8Array>>

const writers: Record<Format, (document: Document) => Promise<Uint8Array>> = {
  docx: toDocx,
  pdf: toPdf,
  xlsx: (document) => toXlsx(documentSheets(document), document),
}

async function render({ document, formats }: Order): Promise<Rendered> {
  const files: Rendered = {}
  for (const format of formats) files[format] = new Uint8Array(await writers[format](document))
  return files
}

answerOrders(render, (files) => Object.values(files).map((file) => file.buffer as ArrayBuffer))
