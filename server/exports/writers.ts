import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { MicrodataFormat } from '../../shared/exports/api.ts'
import type { Cell, Column } from '../../shared/exports/columns.ts'
import { csvLines } from '../documents/csv.ts'
import { csvRows, type LongColumn } from '../documents/long-table.ts'
import { savWriter } from '../documents/sav.ts'
import { cutTo, LINE, type SavVariable, savNames } from '../documents/sav-parts.ts'
import type { Sheet } from '../documents/xlsx.ts'
import { longWorkbook, MOST_ROWS } from '../documents/xlsx-long.ts'

/** What a file is made of beside its rows. */
export interface Contents {
  title: string
  issuer: string
  /** Day in China. */
  date: string
  at: Date
  columns: Column[]
  rows: number
  /** What it says of itself. */
  about: string[]
  /** Of text columns, by place: bytes of the longest text. */
  widths: number[]
}

/** Writes a file from front to back. */
export interface Writer {
  rows(rows: Cell[][]): Promise<void>
  /** Finishes the file with the checksum inside. Returns it. */
  end(): Promise<string>
}

export const writers: Record<MicrodataFormat, (file: FileHandle, contents: Contents) => Promise<Writer>> = {
  csv: csvFile,
  xlsx: xlsxFile,
  sav: savFile,
}

const unknown = '0'.repeat(64)
/** Rows and checksum in one line, which is as long before the checksum is known as after. */
const seal = (rows: number, sha256: string) => `行数=${rows};SHA-256=${sha256}`

const longColumn = ({ id, title, kind, choices }: Column): LongColumn => {
  return { headings: [id, title], ...(kind === 'choice' && { labels: choices.map(({ text }) => text) }) }
}

/** The heading of one more column, empty from top to bottom, holds the seal: every reader survives that, and finds it. */
async function csvFile(file: FileHandle, { columns, rows: count }: Contents): Promise<Writer> {
  const write = writing(file)
  const hash = createHash('sha256')
  const heading = (sha256: string) =>
    Buffer.from(`\ufeff${csvLines([[...columns.map(({ id }) => id), seal(count, sha256)]])}`)
  const lines = csvRows([...columns.map(longColumn), { headings: [] }])
  await write(heading(unknown))
  return {
    async rows(rows) {
      for (const row of rows) row.push(null)
      const bytes = Buffer.from(lines(rows))
      hash.update(bytes)
      await write(bytes)
    },
    async end() {
      const sha256 = hash.digest('hex')
      await write(heading(sha256), 0)
      return sha256
    },
  }
}

async function xlsxFile(file: FileHandle, contents: Contents): Promise<Writer> {
  const { columns, rows: count, title, issuer, date } = contents
  if (count > MOST_ROWS - 2) throw Object.assign(new Error('too many rows'), { code: 'too_many_rows' })
  const list = columns.map(longColumn)
  const lines = csvRows(list, { plain: true })
  const hash = createHash('sha256')
  const book = await longWorkbook(file, '数据', list, { title, issuer, date })
  return {
    async rows(rows) {
      hash.update(lines(rows))
      await book.rows(rows)
    },
    async end() {
      const sha256 = hash.digest('hex')
      await book.end([columnSheet(columns), aboutSheet(contents, sha256)])
      return sha256
    },
  }
}

function columnSheet(columns: Column[]): Sheet {
  return {
    name: '列说明',
    columns: [
      { title: '列', width: 30 },
      { title: '题目', width: 60 },
      { title: '选项', width: 60 },
      { title: '版本', width: 12 },
    ],
    rows: columns.map(({ id, title, choices, versions }) => [
      id,
      title,
      // Places are many and stand in the district's own lists.
      choices.length > 100 ? '' : choices.map(({ text }) => text).join('；'),
      versions.join('、'),
    ]),
  }
}

function aboutSheet({ about, rows }: Contents, sha256: string): Sheet {
  return {
    name: '导出说明',
    columns: [
      { title: '项目', width: 14 },
      { title: '内容', width: 100 },
    ],
    rows: [['行数', rows], ['SHA-256', sha256], ...about.map((line): [string, string] => ['说明', line])],
  }
}

async function savFile(file: FileHandle, { columns, rows: count, about, at, widths }: Contents): Promise<Writer> {
  const write = writing(file)
  const names = savNames(columns.map(({ id }) => id))
  const line = (sha256: string) => `SHA-256=${sha256}`
  const documents = [...about.flatMap(wrapped), `行数=${count}`, line(unknown)]
  const variables = columns.map((column, at) => variableOf(column, names[at]!, widths[at]!))
  const sav = savWriter({ variables, rows: count, at, documents })
  const lines = csvRows(
    columns.map(() => ({ headings: [] })),
    { plain: true },
  )
  const coded = columns.map(({ kind, choices }) => (kind === 'choice' ? choices.map(({ code }) => code) : undefined))
  const hash = createHash('sha256')
  await write(sav.start())
  return {
    async rows(rows) {
      const values = rows.map((row) =>
        row.map((cell, at) => (cell === null ? null : (coded[at]?.[cell as number] ?? cell))),
      )
      hash.update(lines(values))
      await write(sav.rows(values))
    },
    async end() {
      const sha256 = hash.digest('hex')
      await write(sav.end())
      for (const { at, bytes } of sav.seals(sha256, line(sha256))) await write(bytes, at)
      return sha256
    },
  }
}

const yesNo = [
  { value: 0, label: '未选' },
  { value: 1, label: '选' },
]

function variableOf({ kind, title, choices }: Column, name: string, width: number): SavVariable {
  if (kind === 'text') return { name, label: title, width: Math.max(1, width) }
  if (kind === 'flag') return { name, label: title, width: 0, labels: yesNo }
  if (kind === 'number') return { name, label: title, width: 0, decimals: 2 }
  return { name, label: title, width: 0, labels: choices.map(({ code, text }) => ({ value: code, label: text })) }
}

/** A line in pieces that fit. */
function wrapped(line: string): string[] {
  const pieces: string[] = []
  for (let left = line; left !== ''; left = left.slice(pieces.at(-1)!.length)) pieces.push(cutTo(left, LINE))
  return pieces
}

/** Writes behind what is there, or over it from a place on. */
function writing(file: FileHandle): (bytes: Buffer, at?: number) => Promise<void> {
  let end = 0
  return async (bytes, at) => {
    await file.write(bytes, 0, bytes.length, at ?? end)
    if (at === undefined) end += bytes.length
  }
}
