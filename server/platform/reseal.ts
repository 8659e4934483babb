import { type RawBuilder, sql } from 'kysely'
import { type Db, forDistrict } from '../db/database.ts'
import type { KeyRing } from './key-ring.ts'
import { contextOf, type SealedColumn, sealedColumns } from './sealed-columns.ts'
import { open, seal } from './secrets.ts'

type Row = Record<string, unknown> & { sealed: Buffer }

export interface Resealed {
  done: number
  /** What could not be opened, by its context. */
  lost: string[]
}

const BATCH = 500

/**
 * Seals with the current key whatever is sealed with another. Each batch is committed by itself and what is done is not
 * looked at again, so that a run which was cut off is taken up by the next.
 */
export async function reseal(
  db: Db,
  ring: KeyRing,
  told: (column: SealedColumn, done: number) => void,
): Promise<Resealed> {
  const districts = await db.selectFrom('districts').select('id').orderBy('id').execute()
  const sum: Resealed = { done: 0, lost: [] }
  for (const column of sealedColumns) {
    const before = sum.done
    if (!isOfDistricts(column)) await resealRows(db, ring, column, sql`true`, sum)
    else
      for (const { id } of districts) await resealRows(forDistrict(db, id), ring, column, sql`district_id = ${id}`, sum)
    if (sum.done > before) told(column, sum.done - before)
  }
  return sum
}

const isOfDistricts = ({ key }: SealedColumn): boolean => key[0] === 'district_id'

async function resealRows(
  db: Db,
  ring: KeyRing,
  column: SealedColumn,
  where: RawBuilder<unknown>,
  sum: Resealed,
): Promise<void> {
  let last: Row | undefined
  do {
    const rows = await rowsAfter(db, ring, column, where, last)
    const made = rows.flatMap((row) => {
      const text = opened(ring, row, contextOf(column, row))
      if (text === undefined) sum.lost.push(contextOf(column, row))
      return text === undefined ? [] : [{ row, sealed: seal(ring, text, contextOf(column, row)) }]
    })
    await db.transaction().execute(async (transaction) => {
      for (const { row, sealed } of made) await put(transaction, column, row, sealed)
    })
    sum.done += made.length
    last = rows.length < BATCH ? undefined : rows.at(-1)
  } while (last)
}

function opened(ring: KeyRing, row: Row, context: string): string | undefined {
  try {
    return open(ring, row.sealed, context)
  } catch {
    return undefined
  }
}

/** The next rows by their key that are sealed with another key than the current one. */
async function rowsAfter(
  db: Db,
  ring: KeyRing,
  { table, column, key }: SealedColumn,
  where: RawBuilder<unknown>,
  last: Row | undefined,
): Promise<Row[]> {
  const keys = sql.join(key.map((part) => sql.ref(part)))
  const after = last ? sql`(${keys}) > (${sql.join(key.map((part) => last[part]))})` : sql`true`
  const current = Buffer.of(ring.current().id)
  const { rows } = await sql<Row>`SELECT ${keys}, ${sql.ref(column)} AS sealed FROM ${sql.table(table)}
    WHERE ${where} AND ${after} AND substring(${sql.ref(column)} FROM 1 FOR 1) <> ${current}
    ORDER BY ${keys} LIMIT ${BATCH}`.execute(db)
  return rows
}

/** Unless somebody has changed it in the meantime; then it has been sealed with a current key. */
async function put(db: Db, { table, column, key }: SealedColumn, row: Row, sealed: Buffer): Promise<void> {
  const same = sql.join(
    key.map((part) => sql`${sql.ref(part)} = ${row[part]}`),
    sql` AND `,
  )
  await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${sealed}
    WHERE ${same} AND ${sql.ref(column)} = ${row.sealed}`.execute(db)
}
