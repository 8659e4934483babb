import { StringDecoder } from 'node:string_decoder'
import type { Table } from '../../shared/places/table.ts'
import { type Entry, unzipped } from './unzip.ts'
import { BadFile, limits, tableWithin } from './upload-limits.ts'
import { attribute, type Listener, xmlReader } from './xml.ts'

/** Reads one sheet of a workbook: the one called `preferred`, else the first that is not hidden. @throws {BadFile} */
export async function xlsxTable(file: Buffer, entries: Map<string, Entry>, preferred: string): Promise<Table> {
  const listen = (name: string, listener: Partial<Listener>) => read(file, entries.get(name), listener)
  const workbook = await readWorkbook(listen)
  const chosen = workbook.sheets.find((sheet) => sheet.name === preferred) ?? workbook.sheets[0]
  const path = chosen && workbook.paths.get(chosen.id)
  if (!path || !entries.has(path)) throw new BadFile('文件里没有可读的工作表，请用 Excel 或 WPS 重新保存后再导入。')
  const strings = await sharedStrings(listen)
  const isDate = await dateStyles(listen)
  return readSheet(path, listen, { strings, isDate, from1904: workbook.from1904 })
}

type Listen = (name: string, listener: Partial<Listener>) => Promise<void>

async function read(file: Buffer, entry: Entry | undefined, listener: Partial<Listener>): Promise<void> {
  if (!entry) return
  const hear = xmlReader({ open() {}, text() {}, close() {}, ...listener })
  const decoder = new StringDecoder('utf8')
  for await (const piece of unzipped(file, entry)) hear(decoder.write(piece))
}

async function readWorkbook(listen: Listen) {
  const sheets: { name: string; id: string }[] = []
  const paths = new Map<string, string>()
  let from1904 = false
  await listen('xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet' || /idden/.test(attribute(attributes, 'state') ?? '')) return
      sheets.push({ name: attribute(attributes, 'name') ?? '', id: attribute(attributes, 'id') ?? '' })
    },
  })
  await listen('xl/_rels/workbook.xml.rels', {
    open(name, attributes) {
      const target = attribute(attributes, 'Target') ?? ''
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      if (name === 'Relationship') paths.set(attribute(attributes, 'Id') ?? '', path)
    },
  })
  return { sheets, paths, from1904 }
}

/** Texts that cells refer to by number; the readings above Chinese or Japanese words (rPh) are left out. */
async function sharedStrings(listen: Listen): Promise<string[]> {
  const strings: string[] = []
  let characters = 0
  await listen(
    'xl/sharedStrings.xml',
    texts('si', (text) => {
      characters += text.length
      if (characters > limits.characters) throw new BadFile('表格文字总量太大，请拆成几个文件分别导入。')
      strings.push(text)
    }),
  )
  return strings
}

/** Listens for the text inside `outer`: all its t elements, one after the other. */
function texts(outer: string, found: (text: string) => void): Listener {
  let text = ''
  let inText = false
  let inReading = false
  return {
    open(name) {
      if (name === outer) text = ''
      if (name === 'rPh') inReading = true
      inText = name === 't' && !inReading
    },
    text(part) {
      if (inText) text += part
    },
    close(name) {
      inText = false
      if (name === 'rPh') inReading = false
      if (name === outer) found(text)
    },
  }
}

/** The number formats that every spreadsheet program knows as dates, the Chinese ones among them. */
const dateFormats = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(String))

/** Says of each cell style whether it shows numbers as dates. */
async function dateStyles(listen: Listen): Promise<boolean[]> {
  const dates = new Set(dateFormats)
  const styles: boolean[] = []
  let inCells = false
  await listen('xl/styles.xml', {
    open(name, attributes) {
      const id = attribute(attributes, 'numFmtId') ?? ''
      const shown = attribute(attributes, 'formatCode')?.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
      if (name === 'numFmt' && /[yd]/i.test(shown ?? '')) dates.add(id)
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) styles.push(dates.has(id))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

interface Book {
  strings: string[]
  isDate: boolean[]
  from1904: boolean
}

async function readSheet(path: string, listen: Listen, book: Book): Promise<Table> {
  const { table, add } = tableWithin()
  let line = 0
  let column = -1
  let cells: string[] = []
  let kind = ''
  let style = 0
  let value = ''
  let inValue = false
  let inReading = false
  await listen(path, {
    open(name, attributes) {
      inValue = name === 'v' || (name === 't' && !inReading)
      if (name === 'row') {
        line = Number(attribute(attributes, 'r') ?? line + 1)
        if (!(line >= 1 && line <= 1_048_576)) throw new BadFile('工作表的行号不正常，请用 Excel 或 WPS 重新保存。')
        column = -1
        cells = []
      } else if (name === 'c') {
        column = columnOf(attribute(attributes, 'r')) ?? column + 1
        kind = attribute(attributes, 't') ?? 'n'
        style = Number(attribute(attributes, 's') ?? 0)
        value = ''
      } else if (name === 'f') formula(table, line, column)
      else if (name === 'rPh') inReading = true
      else if (name === 'mergeCell') merged(table, attribute(attributes, 'ref') ?? '')
    },
    text(part) {
      if (inValue) value += part
    },
    close(name) {
      inValue = false
      if (name === 'rPh') inReading = false
      else if (name === 'c') put(cells, column, shownAs(kind, value, book, style))
      else if (name === 'row') add({ line, cells })
    },
  })
  return table
}

function put(cells: string[], column: number, text: string): void {
  if (text === '') return
  if (column >= limits.columns) throw new BadFile(`表格超过 ${limits.columns} 列，请对照模板删除多余的列。`)
  while (cells.length < column) cells.push('')
  cells[column] = text
}

function shownAs(kind: string, value: string, book: Book, style: number): string {
  if (kind === 's') return book.strings[Number(value)] ?? ''
  if (kind === 'b') return value === '1' ? '是' : '否'
  if (kind === 'd') return value.slice(0, 10)
  if (kind !== 'n' || value === '' || !Number.isFinite(Number(value))) return value
  return book.isDate[style] ? isoDate(Number(value), book.from1904) : String(Number(value))
}

/** Spreadsheets count days from 1899-12-30, those of old Macs from 1904-01-01. */
function isoDate(serial: number, from1904: boolean): string {
  const day = new Date((Math.floor(serial) + (from1904 ? 1462 : 0) - 25_569) * 86_400_000)
  return Number.isNaN(day.getTime()) ? String(serial) : day.toISOString().slice(0, 10)
}

/** The most faults of one sort that are worth keeping. */
const KEPT = 1_000

function formula(table: Table, line: number, column: number): void {
  if (table.formulas.length < KEPT) table.formulas.push({ line, column })
}

function merged(table: Table, range: string): void {
  const line = Number(/\d+/.exec(range)?.[0])
  if (!line || table.merged.length >= KEPT) return
  table.merged.push({ line, column: columnOf(range) ?? 0, range: range.slice(0, 20) })
}

/** The column of a reference like AB12, from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (!letters) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
