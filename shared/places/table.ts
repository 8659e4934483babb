import type { ImportReport } from './api.ts'
import { plain } from './cells.ts'

/** A sheet as it was uploaded, everything as text. `line` is the line in the file, the first being 1; columns count from 0. */
export interface Table {
  rows: TableRow[]
  formulas: { line: number; column: number }[]
  /** Merged ranges by their upper left cell, e.g. A2:A5. */
  merged: { line: number; column: number; range: string }[]
}

export interface TableRow {
  line: number
  cells: string[]
}

export type Fault = ImportReport['wrong'][number]

/** Where the headings are, and the column in which each one stands. */
export interface Heading {
  line: number
  /** Key of a column to column of the file. */
  at: Map<string, number>
  wrong: Fault[]
}

/** A title or a note often stands above the headings. */
const LINES_TO_LOOK_AT = 5

/** Finds the headings among the first lines, and says which are missing, unknown or there twice. */
export function findHeading(wanted: Record<string, { title: string }>, table: Table): Heading {
  const columns = Object.entries(wanted)
  const keys = new Map(columns.map(([key, { title }]) => [headingOf(title), key]))
  const known = (row: TableRow) => row.cells.filter((text) => keys.has(headingOf(text))).length
  const looked = table.rows.slice(0, LINES_TO_LOOK_AT)
  const row = looked.reduce<TableRow | undefined>(
    (best, each) => (known(each) > (best ? known(best) : 0) ? each : best),
    undefined,
  )
  if (!row) return { line: 1, at: new Map(), wrong: [noHeading(wanted)] }
  return { line: row.line, ...match(row, columns, keys) }
}

function match(
  row: TableRow,
  columns: [string, { title: string }][],
  keys: Map<string, string>,
): Omit<Heading, 'line'> {
  const at = new Map<string, number>()
  const wrong: Fault[] = []
  for (const [index, text] of row.cells.entries()) {
    const key = keys.get(headingOf(text))
    const fault = (message: string) => wrong.push({ row: row.line, column: text.trim().slice(0, 40), message })
    if (key === undefined && text.trim()) fault('不认识这个表头，请对照模板改正，或删除这一列。')
    else if (key !== undefined && at.has(key)) fault('表头重复，请只保留一列。')
    else if (key !== undefined) at.set(key, index)
  }
  for (const [key, { title }] of columns) {
    if (!at.has(key)) wrong.push({ row: row.line, column: title, message: '缺少这一列，请对照模板补上。' })
  }
  return { at, wrong }
}

function noHeading(wanted: Record<string, { title: string }>): Fault {
  const titles = Object.values(wanted).map(({ title }) => title)
  return { row: 1, column: '', message: `没有找到表头。第一行应是：${titles.join('、')}。` }
}

/** Brackets, dashes and the words 岁 and 及 are written in many ways. */
function headingOf(text: string): string {
  return plain(text)
    .replace(/[~—–‐―至]/g, '-')
    .replace(/岁|及|\*/g, '')
}

/** Formulas and merged cells from the headings down: what they show depends on the program that shows it. */
export function unreadableCells(table: Table, heading: Heading, titles: string[]): Fault[] {
  const title = (column: number) => titles[column] ?? ''
  const formulas = table.formulas.map(({ line, column }) => ({
    row: line,
    column: title(column),
    message: `单元格 ${cellName(line, column)} 是公式，请复制后“选择性粘贴—数值”，再导入。`,
  }))
  const merged = table.merged.map(({ line, column, range }) => ({
    row: line,
    column: title(column),
    message: `单元格 ${range} 是合并的，请取消合并，并在每一行填上内容。`,
  }))
  return [...formulas, ...merged].filter(({ row }) => row >= heading.line)
}

/** A cell as spreadsheets name it: A1. */
export function cellName(line: number, column: number): string {
  const letters = column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26))
  return `${letters}${String.fromCharCode(65 + (column % 26))}${line}`
}
