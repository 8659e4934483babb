import type { ImportKind } from './api.ts'
import { type Known, plain } from './cells.ts'
import { type Column, importColumns, type Row, siteItself } from './columns.ts'
import { build, type Line, type Places, type Say } from './import-build.ts'
import { type Fault, findHeading, type Table, type TableRow, unreadableCells } from './table.ts'

/** What an uploaded table says: places, or everything that is wrong with it. */
export interface Imported<K extends ImportKind> {
  /** Rows read, without headings, empty rows and the template's example. */
  rows: number
  places: Places[K][]
  wrong: Fault[]
}

/** A row whose first cell starts like this is the template's example. */
export const exampleMark = '示例'

/** A longer list helps nobody: the rest shows once these are put right. */
const FAULTS_SHOWN = 500

/** Reads an uploaded table row by row. Nothing is guessed: either every row is a place, or `wrong` says what to change and `places` is empty. */
export function readPlaces<K extends ImportKind>(kind: K, table: Table, known: Known): Imported<K> {
  const heading = findHeading(importColumns[kind], table)
  const titles = table.rows.find(({ line }) => line === heading.line)?.cells ?? []
  const wrong = [...heading.wrong, ...unreadableCells(table, heading, titles)]
  if (heading.wrong.length) return { rows: 0, places: [], wrong: shortened(wrong) }
  const say: Say = (row, column, message) => wrong.push({ row, column, message })
  const given = keyed(table, heading.line, heading.at)
  const filled = kind === 'sites' ? given.map(inherit(given, say)) : eachOnce(kind, given, say)
  if (!filled.length && !wrong.length) say(heading.line + 1, '', '表里没有数据，请从表头下一行开始填写。')
  const lines = filled.flatMap((row) => readRow(kind, row, known, say) ?? [])
  const places = build[kind](lines, say, known)
  return { rows: given.length, places: wrong.length ? [] : places, wrong: shortened(wrong) }
}

interface Given {
  line: number
  cells: Record<string, string>
  /** True where the row only repeats what an earlier one of the same site says: faults in that are reported there. */
  repeats?: boolean
}

/** The rows below the headings by key of their column, without empty rows and examples. */
function keyed(table: Table, headingLine: number, at: Map<string, number>): Given[] {
  const isData = ({ line, cells }: TableRow) =>
    line > headingLine && cells.some((text) => text.trim()) && !cells[at.get('code')!]?.trim().startsWith(exampleMark)
  return table.rows.filter(isData).map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries([...at].map(([key, index]) => [key, cells[index]?.trim() ?? ''])),
  }))
}

/** Rows of one site after the first may leave the site's own columns empty; what they do say must agree with the first. */
function inherit(given: Given[], say: Say): (row: Given) => Given {
  const first = new Map<string, Given>()
  for (const row of given) if (!first.has(plain(row.cells.code!))) first.set(plain(row.cells.code!), row)
  return (row) => {
    const leader = first.get(plain(row.cells.code!))!
    const cells = { ...row.cells }
    for (const key of siteItself) {
      if (cells[key] && cells[key] !== leader.cells[key])
        say(row.line, importColumns.sites[key].title, `与第 ${leader.line} 行同一点位的内容不一致，请统一或留空。`)
      cells[key] = leader.cells[key]!
    }
    return { line: row.line, cells, repeats: row !== leader }
  }
}

const siteTitles = new Set<string>(siteItself.map((key) => importColumns.sites[key].title))

function readRow<K extends ImportKind>(kind: K, given: Given, known: Known, say: Say): Line<K> | undefined {
  const row: Record<string, unknown> = {}
  let good = true
  const fault = (title: string, message: string) => {
    good = false
    if (!given.repeats || !siteTitles.has(title)) say(given.line, title, message)
  }
  const misplaced = misplacedPoint(given)
  if (misplaced) fault('经度', misplaced)
  for (const [key, column] of Object.entries<Column<unknown>>(importColumns[kind])) {
    if (misplaced && (key === 'lon' || key === 'lat')) continue
    const text = given.cells[key] ?? ''
    const read = text === '' ? (column.ifEmpty ?? { wrong: '不能为空，请填写。' }) : column.read(text, known)
    if ('wrong' in read) fault(column.title, read.wrong)
    else row[key] = read.value
  }
  return good ? { line: given.line, row: row as Row<K> } : undefined
}

/** What is wrong where the pair would lie in China if it were turned round and does not as it is, or stands for no place at all. */
function misplacedPoint({ cells }: Given): string | undefined {
  if (!cells.lon || !cells.lat) return undefined
  const [lon, lat] = [Number(plain(cells.lon)), Number(plain(cells.lat))]
  if (lon === 0 && lat === 0) return '经度和纬度不能都是 0，请填写实际位置，例如经度 108.9470、纬度 34.2590。'
  const turned = lon > 3 && lon < 54 && lat > 73 && lat < 136
  return turned ? '经度和纬度写反了：经度应在前，例如 108.9470；纬度在后，例如 34.2590。' : undefined
}

function shortened(wrong: Fault[]): Fault[] {
  const sorted = [...wrong].sort((a, b) => a.row - b.row)
  if (sorted.length <= FAULTS_SHOWN) return sorted
  const rest = sorted.length - FAULTS_SHOWN
  const next = sorted[FAULTS_SHOWN]!.row
  return [
    ...sorted.slice(0, FAULTS_SHOWN),
    { row: next, column: '', message: `还有 ${rest} 处问题没有列出，请先改好以上各处。` },
  ]
}

/** Says so where a code stands in two rows. */
function eachOnce(kind: ImportKind, given: Given[], say: Say): Given[] {
  const seen = new Map<string, number>()
  for (const { line, cells } of given) {
    const code = plain(cells.code!)
    const before = seen.get(code)
    if (before !== undefined) say(line, importColumns[kind].code.title, `代码“${code}”与第 ${before} 行重复。`)
    else if (code) seen.set(code, line)
  }
  return given
}
