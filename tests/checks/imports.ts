import type { ImportKind } from '../../shared/places/api.ts'
import { type Columns, importColumns } from '../../shared/places/columns.ts'
import type { House } from './house.ts'

/** The rows of a table to import, headings first: the example of each column where a row says nothing else. */
export function tableOf(kind: ImportKind, rows: Record<string, string>[]): string[][] {
  const columns = Object.entries(importColumns[kind] as Columns)
  const cells = rows.map((row) => columns.map(([name, { example }]) => row[name] ?? example))
  return [columns.map(([, { title }]) => title), ...cells]
}

/** Quoted as a spreadsheet program saves it, without judging the cells. */
export function csvText(table: string[][]): string {
  return table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')
}

export interface Uploaded {
  status: number
  body: string
  ms: number
}

/** Uploads a file as a member of staff. A server that does not read to the end may cut the connection: status 0. */
export async function upload(
  house: House,
  kind: ImportKind,
  file: Buffer | string,
  { name = '表.csv', district = 'YX' } = {},
): Promise<Uploaded> {
  const form = new FormData()
  form.set('file', new Blob([file as BlobPart]), name)
  const headers = { authorization: `Bearer ${house.key}` }
  const begun = performance.now()
  try {
    const url = new URL(`/api/districts/${district}/imports/${kind}`, house.url)
    const reply = await fetch(url, { method: 'POST', headers, body: form })
    return { status: reply.status, body: await reply.text(), ms: performance.now() - begun }
  } catch (error) {
    return { status: 0, body: String((error as Error).cause ?? error), ms: performance.now() - begun }
  }
}

/** Imports rows that are known to be good. @throws {Error} when they are not */
export async function importRows(
  house: House,
  kind: ImportKind,
  rows: Record<string, string>[],
  district = 'YX',
): Promise<void> {
  const { status, body } = await upload(house, kind, csvText(tableOf(kind, rows)), { district })
  if (status !== 200) throw new Error(`${kind}: ${status} ${body}`)
}
