import { strToU8, type Zippable, zipSync } from 'fflate'
import { printable, widthEm } from './layout.ts'
import { cellText } from './neutral.ts'
import { contentTypes, core, escaped, main, type Properties, relations, workbook } from './xlsx-parts.ts'
import { newStyles, numberStyle, type Styles, style, stylesheet } from './xlsx-styles.ts'

export type Format = 'share' | 'count' | 'decimal' | 'text' | 'date'

/** A number that is shown in its own way, whatever its column says. Shares are 0..1. */
export interface NumberCell {
  value: number
  format: Format
  decimals?: number
  standing?: 'grey' | 'flagged'
}

export type SheetCell = string | number | null | NumberCell

export interface Sheet {
  name: string
  title?: string
  /** `width` in characters of half width. */
  columns: { title: string; width?: number; format?: Format }[]
  rows: SheetCell[][]
  note?: string
}

/**
 * A workbook. Every text is written as a plain string and never as a formula: no cell can run, whatever it begins with, and it keeps the
 * words that were sent. The cell style's quotePrefix makes spreadsheet programs keep it a text even after somebody edits the cell, as if an apostrophe
 * had been typed before it, without the apostrophe being part of the words. Numbers stay numbers.
 */
export async function toXlsx(sheets: Sheet[], properties: Properties = {}): Promise<Buffer> {
  const styles = newStyles()
  const names = sheetNames(sheets)
  const parts = frame(names, sheets.map(titleRow), properties)
  for (const [i, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${i + 1}.xml`] = worksheet(sheet, styles)
  parts['xl/styles.xml'] = stylesheet(styles)
  const files: Zippable = {}
  for (const [name, text] of Object.entries(parts))
    files[name] = [strToU8(head + text), { mtime: new Date(1980, 0, 1) }]
  return Buffer.from(zipSync(files, { level: 4 }))
}

/** What a workbook holds around its sheets, but for the styles. */
export function frame(names: string[], titleRows: number[], properties: Properties): Record<string, string> {
  return {
    '[Content_Types].xml': contentTypes(names.length),
    '_rels/.rels': relations([
      ['officeDocument', 'xl/workbook.xml'],
      ['metadata/core-properties', 'docProps/core.xml'],
    ]),
    'docProps/core.xml': core(properties),
    'xl/workbook.xml': workbook(names, titleRows),
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, i): [string, string] => ['worksheet', `worksheets/sheet${i + 1}.xml`]),
      ['styles', 'styles.xml'],
    ]),
  }
}

export const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** The row in which the column titles stand. */
export function titleRow(sheet: Sheet): number {
  return sheet.title ? 2 : 1
}

export function worksheet(sheet: Sheet, styles: Styles): string {
  const first = titleRow(sheet)
  const rows = [
    ...(sheet.title ? [row(1, [text(sheet.title, 1, 0, style.title)])] : []),
    row(
      first,
      sheet.columns.map((column, i) => text(column.title, first, i, style.header)),
    ),
    ...sheet.rows.map((cells, r) =>
      row(
        first + r + 1,
        cells.map((value, i) => cell(value, sheet.columns[i]?.format, first + r + 1, i, styles)),
      ),
    ),
  ]
  const end = first + sheet.rows.length + 2
  if (sheet.note) rows.push(row(end, [text(sheet.note, end, 0, style.note)]))
  const cols = sheet.columns.map(
    (_, i) => `<col min="${i + 1}" max="${i + 1}" width="${columnWidth(sheet, i)}" customWidth="1"/>`,
  )
  const last = `${letters(Math.max(0, sheet.columns.length - 1))}${first + sheet.rows.length}`
  return [
    `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${first}" topLeftCell="A${first + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    cols.length > 0 ? `<cols>${cols.join('')}</cols>` : '',
    `<sheetData>${rows.join('')}</sheetData>`,
    sheet.rows.length > 0 ? `<autoFilter ref="A${first}:${last}"/>` : '',
    '<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" orientation="${sheet.columns.length > 7 ? 'landscape' : 'portrait'}" fitToHeight="0"/></worksheet>`,
  ].join('')
}

function row(r: number, cells: string[]): string {
  return `<row r="${r}">${cells.join('')}</row>`
}

function cell(value: SheetCell, format: Format | undefined, r: number, c: number, styles: Styles): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'number') return numberCell({ value, format: format ?? guessed(value) }, r, c, styles)
  if (typeof value === 'object' && 'format' in value) return numberCell(value, r, c, styles)
  const serial = format === 'date' && typeof value === 'string' ? dateSerial(value) : undefined
  if (serial !== undefined) return numberCell({ value: serial, format: 'date' }, r, c, styles)
  return text(cellText(value), r, c, style.text)
}

function numberCell(given: NumberCell, r: number, c: number, styles: Styles): string {
  if (!Number.isFinite(given.value)) return ''
  if (given.format === 'text') return text(String(given.value), r, c, style.text)
  return `<c r="${letters(c)}${r}" s="${numberStyle(given, styles)}"><v>${given.value}</v></c>`
}

function text(words: string, r: number, c: number, s: number): string {
  return `<c r="${letters(c)}${r}" s="${s}" t="inlineStr"><is><t xml:space="preserve">${escaped(words)}</t></is></c>`
}

function guessed(value: number): Format {
  return Number.isInteger(value) ? 'count' : 'decimal'
}

/** ISO date → days since 1899-12-30, how spreadsheets count. */
function dateSerial(iso: string): number | undefined {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(iso) : Number.NaN
  return Number.isNaN(day) ? undefined : (day - Date.UTC(1899, 11, 30)) / 86_400_000
}

function columnWidth(sheet: Sheet, i: number): number {
  const column = sheet.columns[i]!
  if (column.width) return column.width
  const cells = sheet.rows.slice(0, 200).map((cells) => {
    const value = cells[i]
    return typeof value === 'string' ? widthEm(value) * 2 : 9
  })
  return Math.round(Math.min(60, Math.max(8, widthEm(column.title) * 2 + 3, ...cells.map((width) => width + 2))))
}

export function letters(index: number): string {
  return (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
}

/** Names as spreadsheets allow them: at most 31 characters, without []:*?/\, none twice. */
function sheetNames(sheets: Sheet[]): string[] {
  const taken = new Set<string>()
  return sheets.map((sheet) => {
    const plain =
      printable(sheet.name)
        .replace(/[[\]:*?/\\]/g, ' ')
        .replace(/^'+|'+$/g, '')
        .trim() || '表'
    let name = plain.slice(0, 31)
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${plain.slice(0, 27)}(${n})`
    taken.add(name.toLowerCase())
    return name
  })
}
