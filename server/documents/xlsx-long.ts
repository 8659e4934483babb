import type { FileHandle } from 'node:fs/promises'
import type { LongCell, LongColumn } from './long-table.ts'
import { frame, head, letters, type Sheet, titleRow, worksheet } from './xlsx.ts'
import { escaped, main, type Properties } from './xlsx-parts.ts'
import { newStyles, style, stylesheet } from './xlsx-styles.ts'
import { zipFile } from './zip-file.ts'

/** Rows of a sheet, headings included: spreadsheet programs open no more. */
export const MOST_ROWS = 1_048_576

/** A workbook whose first sheet is too long for memory. Like all of ours it holds no formula. */
export interface LongWorkbook {
  rows(rows: LongCell[][]): Promise<void>
  /** The short sheets behind the long one; after them the file is whole. */
  end(sheets: Sheet[]): Promise<void>
}

export async function longWorkbook(
  file: FileHandle,
  name: string,
  columns: LongColumn[],
  properties: Properties = {},
): Promise<LongWorkbook> {
  const archive = zipFile(file)
  const sheet = await archive.begin('xl/worksheets/sheet1.xml')
  const places = columns.map((_, at) => `<c r="${letters(at)}`)
  const labels = columns.map((column) => column.labels?.map((label) => words(label, style.text)))
  const titles = columns[0]?.headings.length ?? 0
  let row = titles

  function line(cells: LongCell[]): string {
    row += 1
    let xml = `<row r="${row}">`
    for (let at = 0; at < places.length; at += 1) {
      const cell = cells[at]!
      if (cell === null) continue
      const known = labels[at]
      xml += `${places[at]}${row}"`
      if (known) xml += known[cell as number]
      else xml += typeof cell === 'number' ? `><v>${cell}</v></c>` : words(cell, style.text)
    }
    return `${xml}</row>`
  }

  await sheet.write(Buffer.from(head + opening(columns, titles, places)))
  return {
    async rows(rows) {
      let xml = ''
      for (const cells of rows) xml += line(cells)
      await sheet.write(Buffer.from(xml))
    },
    async end(sheets) {
      await sheet.write(
        Buffer.from(`</sheetData><autoFilter ref="A${titles}:${letters(columns.length - 1)}${row}"/></worksheet>`),
      )
      await sheet.end()
      const styles = newStyles()
      const names = [name, ...sheets.map((one) => one.name)]
      const parts = frame(names, [titles, ...sheets.map(titleRow)], properties)
      for (const [at, one] of sheets.entries()) parts[`xl/worksheets/sheet${at + 2}.xml`] = worksheet(one, styles)
      parts['xl/styles.xml'] = stylesheet(styles)
      for (const [part, text] of Object.entries(parts)) await archive.add(part, Buffer.from(head + text))
      await archive.end()
    },
  }
}

function words(text: string, s: number): string {
  return ` s="${s}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

function opening(columns: LongColumn[], titles: number, places: string[]): string {
  const headings = Array.from({ length: titles }, (_, at) => {
    const cells = columns.map(
      ({ headings: own }, index) => `${places[index]}${at + 1}"${words(own[at]!, style.header)}`,
    )
    return `<row r="${at + 1}">${cells.join('')}</row>`
  })
  return [
    `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">`,
    `<pane ySplit="${titles}" topLeftCell="A${titles + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<cols><col min="1" max="${columns.length}" width="16" customWidth="1"/></cols><sheetData>${headings.join('')}`,
  ].join('')
}
