import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { District } from '../../shared/places/api.ts'
import { ledgerRow, ledgerTitles } from '../../shared/wishes/ledger.ts'
import type { Db } from '../db/database.ts'
import type { Sheet } from '../documents/xlsx.ts'
import { longWorkbook, MOST_ROWS } from '../documents/xlsx-long.ts'
import { catalogue } from '../places/queries.ts'
import { chinaDay, chinaMinute } from '../platform/china-time.ts'
import { refuse } from '../refusals.ts'
import type { Chosen } from './count-queries.ts'
import { entriesAfter, entryOf, howMany } from './ledger-queries.ts'

export interface Ledger {
  /** Open for reading from its beginning, and gone when it is closed. */
  file: FileHandle
  rows: number
}

const TITLE = '心愿台账'
/** So many rows are read and written at once: others are served between. */
const AT_ONCE = 500

/**
 * Every wish that was chosen, as of one moment, as a workbook on disk: a hundred thousand would not fit into memory.
 * @param most rows that a sheet holds
 * @throws {Refusal} tooManyRows, rather than leaving any out
 */
export async function ledgerOf(
  db: Db,
  { district, at, ...chosen }: Chosen & { district: District; at: Date },
  most = MOST_ROWS - 1,
): Promise<Ledger> {
  const of = { ...chosen, districtId: district.id }
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (one) => {
      const rows = await howMany(one, of)
      if (rows > most) throw refuse.tooManyRows(most)
      const { services } = (await catalogue(one, district.id)).catalogue
      const names = new Map(services.map(({ code, zh }) => [code, zh]))
      return await onDisk(async (file) => {
        const columns = ledgerTitles.map((title) => ({ headings: [title] }))
        const properties = { title: TITLE, issuer: district.name, date: chinaDay(at) }
        const book = await longWorkbook(file, TITLE, columns, properties)
        for (let after = 0; ; ) {
          const found = await entriesAfter(one, of, after, AT_ONCE)
          if (found.length === 0) break
          await book.rows(found.map((row) => ledgerRow(entryOf(row, names))))
          after = found.at(-1)!.number
        }
        await book.end([about({ district, at, ...of }, rows)])
        return { file, rows }
      })
    })
}

/** A file that nobody else finds, and of which nothing is left however the work on it ends. */
async function onDisk<T>(work: (file: FileHandle) => Promise<T>): Promise<T> {
  const path = join(tmpdir(), `yixu-${randomUUID()}.xlsx`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  return await work(file).catch(async (error: unknown) => {
    await file.close()
    throw error
  })
}

function about({ district, at, from, to }: Chosen & { district: District; at: Date }, rows: number): Sheet {
  const days = from || to ? `提交日期${from ? `从 ${from}` : ''}${to ? `到 ${to}` : ''}` : '全部'
  return {
    name: '说明',
    columns: [
      { title: '项目', width: 14 },
      { title: '内容', width: 80 },
    ],
    rows: [
      ['区县', district.name],
      ['行数', rows],
      ['范围', `${days}；只含导出人权限以内的社区`],
      ['导出时间', `${chinaMinute(at)}（北京时间）`],
      ['说明', '不含许愿人的姓名和联系方式；没有上墙的心愿，疑似号码和姓名的字用“＊”代替。'],
    ],
  }
}
