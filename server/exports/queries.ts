import { sql } from 'kysely'
import { type ExportColumn, type ExportStatus, type Format, underWay } from '../../shared/exports/api.ts'
import type { Db } from '../db/database.ts'
import { locks } from '../db/locks.ts'

export interface StoredExport {
  id: string
  survey: string
  format: Format
  edition: 'staff' | 'public' | null
  excluded: boolean
  /** Codes of the communities within reach; null for all. */
  reach: string[] | null
  /** Id of a person, or `key`. */
  madeBy: string
  status: ExportStatus
  rowsDone: number
  rowsTotal: number | null
  bytes: number | null
  sha256: string | null
  problem: string | null
  about: string[] | null
  createdAt: Date
  expiresAt: Date
}

export type NewExport = Pick<
  StoredExport,
  'id' | 'survey' | 'format' | 'edition' | 'excluded' | 'reach' | 'madeBy' | 'createdAt' | 'expiresAt'
>

export async function addExport(db: Db, districtId: number, added: NewExport): Promise<void> {
  const { survey: survey_code, madeBy: made_by, createdAt: created_at, expiresAt: expires_at, reach, ...rest } = added
  const row = { ...rest, reach: reach && JSON.stringify(reach), survey_code, made_by, created_at, expires_at }
  await db
    .insertInto('exports')
    .values({ district_id: districtId, ...row, status: 'waiting' })
    .execute()
}

const columns = [
  ...(['id', 'survey_code as survey', 'format', 'edition', 'excluded', 'reach', 'made_by as madeBy'] as const),
  ...(['status', 'rows_done as rowsDone', 'rows_total as rowsTotal', 'size_bytes as bytes', 'sha256'] as const),
  ...(['problem', 'about', 'created_at as createdAt', 'expires_at as expiresAt'] as const),
] as const

/** Of one person, or of all where nobody is named; the newest first. */
export async function exportsOf(
  db: Db,
  districtId: number,
  survey: string,
  of: { madeBy?: string; now: Date },
): Promise<StoredExport[]> {
  const rows = await db
    .selectFrom('exports')
    .select(columns)
    .where('district_id', '=', districtId)
    .where('survey_code', '=', survey)
    .where('expires_at', '>', of.now)
    .$if(of.madeBy !== undefined, (query) => query.where('made_by', '=', of.madeBy!))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute()
  return rows as StoredExport[]
}

export async function exportById(db: Db, districtId: number, id: string): Promise<StoredExport | undefined> {
  const row = await db
    .selectFrom('exports')
    .select(columns)
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as StoredExport | undefined
}

export async function columnsOfExport(db: Db, districtId: number, id: string): Promise<ExportColumn[]> {
  const row = await db
    .selectFrom('exports')
    .select('columns')
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
  return (row?.columns ?? []) as ExportColumn[]
}

/** How many of somebody's exports are not done yet; until the transaction ends nobody else adds any. */
export async function holdPending(db: Db, districtId: number, madeBy: string): Promise<number> {
  await sql`SELECT pg_advisory_xact_lock(${locks.exports}, ${districtId})`.execute(db)
  const row = await db
    .selectFrom('exports')
    .select((one) => one.fn.countAll<number>().as('n'))
    .where('district_id', '=', districtId)
    .where('made_by', '=', madeBy)
    .where('status', 'in', underWay)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export type Change = Partial<
  Pick<StoredExport, 'status' | 'rowsDone' | 'rowsTotal' | 'bytes' | 'sha256' | 'problem'>
> & {
  about?: string[]
  columns?: ExportColumn[]
}

/** Changes an export that is in one of these states; false where it is in another, e.g. was cancelled meanwhile. */
export async function changeExport(
  db: Db,
  districtId: number,
  id: string,
  from: readonly ExportStatus[],
  change: Change,
): Promise<boolean> {
  const { rowsDone: rows_done, rowsTotal: rows_total, bytes: size_bytes, about, columns: list, ...rest } = change
  const set = {
    ...rest,
    rows_done,
    rows_total,
    size_bytes,
    about: about && JSON.stringify(about),
    columns: list && JSON.stringify(list),
  }
  const changed = await db
    .updateTable('exports')
    .set(Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)))
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .where('status', 'in', from)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** The ids of exports whose time is over. */
export async function removeExpired(db: Db, districtId: number, now: Date): Promise<string[]> {
  const gone = await db
    .deleteFrom('exports')
    .where('district_id', '=', districtId)
    .where('expires_at', '<=', now)
    .returning('id')
    .execute()
  return gone.map(({ id }) => id)
}
