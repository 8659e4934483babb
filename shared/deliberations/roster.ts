import { plain } from '../places/cells.ts'
import { exampleMark } from '../places/import.ts'
import { findHeading, type Table, unreadableCells } from '../places/table.ts'
import type { Detail } from '../problem.ts'
import { MOST_PEOPLE } from './kinds.ts'

/** Somebody who is invited, as a line of a list says it. */
export interface RosterLine {
  name: string
  compound?: string
  seat?: number
}

/** A line and where it stands in what was pasted or uploaded, the first being 1. */
export interface Numbered extends RosterLine {
  line: number
}

/** The columns of a roster, in the order of the template. */
export const rosterColumns = {
  name: { title: '姓名', help: '最多 40 个字。同一小区有同名的人，在姓名后面加个记号，如“王芳（3号楼）”。' },
  compound: { title: '小区', help: '可留空。' },
  seat: { title: '座位号', help: `1 到 ${MOST_PEOPLE} 的整数，可留空；两个人不能用同一个号。` },
} as const

/** What keeps a roster from being stored, one line after the other. An empty line at the end is no line. */
export function rosterFaults(lines: readonly Numbered[]): Detail[] {
  const details: Detail[] = []
  const say = (line: number, rule: string, message: string) =>
    details.push({ at: String(line), rule, message: `第 ${line} 行：${message}` })
  if (lines.length > MOST_PEOPLE)
    return [{ at: String(lines[MOST_PEOPLE]!.line), rule: 'many', message: mostPeople(lines.length) }]
  const people = new Map<string, number>()
  const seats = new Map<number, number>()
  for (const { line, name, compound = '', seat } of lines) {
    if (name.trim() === '')
      say(line, 'empty', isEmpty({ name, compound, seat }) ? '是空行，请删去。' : '没有姓名，请补上或删去这一行。')
    else
      sayTwice(people, `${plain(name)}\u0001${plain(compound)}`, line, (before) =>
        say(line, 'twice', `与第 ${before} 行同名，小区也相同；是同一人请删去一行，不是请在姓名后面加个记号。`),
      )
    if ([...name.trim()].length > 40) say(line, 'long', '姓名最多 40 个字，请缩短。')
    if ([...compound.trim()].length > 80) say(line, 'long', '小区最多 80 个字，请缩短。')
    if (/[\p{Cc}\p{Cs}]/u.test(name + compound)) say(line, 'text', '有换行或看不见的字符，请重新输入。')
    if (plain(name) === rosterColumns.name.title) say(line, 'heading', '是表头，请删去这一行。')
    if (seat === undefined) continue
    if (!Number.isInteger(seat) || seat < 1 || seat > MOST_PEOPLE)
      say(line, 'seat', `座位号应是 1 到 ${MOST_PEOPLE} 的整数。`)
    else sayTwice(seats, seat, line, (before) => say(line, 'seat', `座位号 ${seat} 与第 ${before} 行相同，请改一个。`))
  }
  return details
}

const mostPeople = (many: number) => `名单最多 ${MOST_PEOPLE} 人，现在有 ${many} 行，请删减后再交。`

const isEmpty = ({ name, compound, seat }: RosterLine) => `${name}${compound ?? ''}`.trim() === '' && seat === undefined

function sayTwice<Key>(seen: Map<Key, number>, key: Key, line: number, say: (before: number) => void): void {
  const before = seen.get(key)
  if (before === undefined) seen.set(key, line)
  else say(before)
}

/** Lines as they came, without the empty ones at the end. */
export function numbered(lines: readonly RosterLine[], first = 1): Numbered[] {
  const last = lines.findLastIndex((one) => !isEmpty(one))
  return lines.slice(0, last + 1).map((one, i) => ({ ...one, line: first + i }))
}

/** What somebody pasted: a line each, 姓名 小区 座位号 with spaces, tabs or commas between them, the last two left out at will. */
export function pastedRoster(text: string): RosterLine[] {
  return text.split(/\r?\n/).map(pastedLine)
}

function pastedLine(text: string): RosterLine {
  const parts = text.split(/[\s,，;；、]+/).filter(Boolean)
  const isSeat = parts.length > 1 && /^\d{1,5}号?座?$/.test(plain(parts.at(-1)!))
  const seat = isSeat ? Number.parseInt(plain(parts.pop()!), 10) : undefined
  const [name = '', ...compound] = parts
  return lineOf(name, compound.join(' '), seat)
}

const lineOf = (name: string, compound: string, seat: number | undefined): RosterLine => ({
  name,
  ...(compound === '' ? {} : { compound }),
  ...(seat === undefined ? {} : { seat }),
})

/** A roster from a sheet, or what is wrong with it. */
export function readRoster(table: Table): { lines: Numbered[] } | { faults: Detail[] } {
  const heading = findHeading(rosterColumns, table)
  const titles = table.rows.find(({ line }) => line === heading.line)?.cells ?? []
  const wrong = [...heading.wrong, ...(heading.wrong.length > 0 ? [] : unreadableCells(table, heading, titles))]
  if (wrong.length > 0) return { faults: wrong.map(detailOf) }
  const below = linesBelow(table, heading.line, heading.at)
  if (below.length === 0) {
    const message = '表里没有数据，请从表头下一行开始填写。'
    return { faults: [detailOf({ row: heading.line + 1, column: '', message })] }
  }
  return { lines: below }
}

const detailOf = ({ row, column, message }: { row: number; column: string; message: string }): Detail => ({
  ...{ at: String(row), rule: column || 'sheet', message: `第 ${row} 行：${column ? `${column}，` : ''}${message}` },
})

/** Sheets leave empty rows out or keep them; either way they count as lines here. */
function linesBelow(table: Table, headingLine: number, at: Map<string, number>): Numbered[] {
  const rows = new Map(table.rows.map(({ line, cells }) => [line, cells]))
  const filled = table.rows.filter(({ line, cells }) => line > headingLine && cells.some((text) => text.trim()))
  const last = filled.at(-1)?.line ?? headingLine
  if (filled.length > MOST_PEOPLE + 1) return filled.map(({ line }) => ({ line, name: '' }))
  const lines: Numbered[] = []
  for (let line = headingLine + 1; line <= Math.min(last, headingLine + 2 * MOST_PEOPLE + 1); line += 1) {
    const cell = (key: keyof typeof rosterColumns) => rows.get(line)?.[at.get(key)!]?.trim() ?? ''
    if (cell('name').startsWith(exampleMark)) continue
    lines.push({ line, ...lineOf(cell('name'), cell('compound'), seatIn(cell('seat'))) })
  }
  return lines
}

function seatIn(text: string): number | undefined {
  return text === '' ? undefined : Number(plain(text).replace(/号?座?$/, '') || Number.NaN)
}
