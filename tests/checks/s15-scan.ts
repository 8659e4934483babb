import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { contextOf, type SealedColumn, sealedColumns } from '../../server/platform/sealed-columns.ts'
import { open, ringFor } from '../../server/platform/secrets.ts'
import type { House } from './house.ts'

export interface Hit {
  word: string
  where: string
}

/** Where any of these words is alive: in any table, the queue among them, in what is sealed, and in any file beside the database. */
export async function hitsOf(house: House, words: string[]): Promise<Hit[]> {
  const inTables = await house.inDatabase(async (pool) => [
    ...(await tableHits(pool, words)),
    ...(await sealedHits(house, pool, words)),
  ])
  return [...inTables, ...fileHits(house.dataDir, words)]
}

async function tableHits(pool: pg.Pool, words: string[]): Promise<Hit[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
  )
  const hits: Hit[] = []
  for (const { name } of tables) {
    // A row as text shows every column of it; bytes stand there as hexadecimal digits.
    const text = `SELECT w AS word FROM unnest($1::text[]) AS w WHERE EXISTS (SELECT FROM ${name} t WHERE strpos(t::text, w) > 0)`
    const { rows } = await pool.query<{ word: string }>(text, [words])
    hits.push(...rows.map(({ word }) => ({ word, where: name })))
  }
  return hits
}

async function sealedHits(house: House, pool: pg.Pool, words: string[]): Promise<Hit[]> {
  const ring = ringFor(house)
  const hits: Hit[] = []
  for (const sealed of sealedColumns) {
    const { table, column, key } = sealed
    const { rows } = await pool.query(`SELECT ${key.join(', ')}, ${column} AS sealed FROM ${table}`)
    const texts = rows.filter((row) => row.sealed).map((row) => opened(sealed, row, ring))
    const found = words.filter((word) => texts.some((text) => text.includes(word)))
    hits.push(...found.map((word) => ({ word, where: `${table}.${column}, sealed` })))
  }
  return hits
}

function opened(column: SealedColumn, row: Record<string, unknown>, ring: ReturnType<typeof ringFor>): string {
  return open(ring, row.sealed as Buffer, contextOf(column, row))
}

/** PostgreSQL's own files keep dead rows until they are written over; nobody finds those by asking. */
function fileHits(dataDir: string, words: string[]): Hit[] {
  const files = readdirSync(dataDir, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  const own = files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !/^postgres(?!\.log)|^wal/.test(path.slice(dataDir.length + 1)))
  return own.flatMap((path) => {
    const text = readFileSync(path, 'utf8')
    return words.filter((word) => text.includes(word)).map((word) => ({ word, where: path }))
  })
}
