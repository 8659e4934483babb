import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { forDistrict, onPool, openPool } from '../../server/db/database.ts'
import { createDistrict } from '../../server/places/queries.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { copyDatabase, type DatabaseCopy } from '../setup/database.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const out = join(tmpdir(), `briefs-${randomUUID()}`)

/** What a command prints and how it ends, on this database. */
function run(command: string, databaseUrl: string, ...words: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, STAFF_KEY: 'a-key-for-tests-only-0001' }
  const args = [command === 'start' ? 'dist/server/main.js' : `dist/server/cli/${command}.js`, ...words]
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env, cwd: root }, (error, said, complaint) => {
      resolve({ code: Number(error?.code ?? 0), said: said + complaint })
    })
  })
}

const commands: [command: string, words: string[]][] = [
  ['tallies', ['--check']],
  ['briefs', ['--out', out]],
]

/** Chinese that says what happened, without the words of a program. */
const plainly = /^[^a-z]*(npm start[^a-z]*)?$/m

let whole: DatabaseCopy
let bare: string
let admin: pg.Client
beforeAll(async () => {
  whole = await copyDatabase()
  const { adminUrl, url } = inject('database')
  admin = new pg.Client(adminUrl)
  await admin.connect()
  const name = `bare_${randomUUID().replaceAll('-', '')}`
  await admin.query(`create database ${name} owner yixu`)
  bare = Object.assign(new URL(url), { pathname: `/${name}` }).href
})
afterAll(async () => {
  await whole?.drop()
  await admin?.query(`drop database if exists ${new URL(bare).pathname.slice(1)} with (force)`)
  await admin?.end()
})

/** Holds a table, and ends every other connection to the database as soon as one of them waits for it. */
async function cutAt(url: string, table: string, work: () => Promise<unknown>): Promise<void> {
  const holder = new pg.Client(url)
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
  const { pid } = (await holder.query('SELECT pg_backend_pid() AS pid')).rows[0]
  const others = [new URL(url).pathname.slice(1), pid]
  // Within its transaction the holder would see the same moment again and again.
  const from = 'FROM pg_stat_activity WHERE datname = $1 AND pid <> $2'
  const waits = async () => (await admin.query(`SELECT 1 ${from} AND wait_event_type = 'Lock'`, others)).rowCount
  const ended = work()
  for (let tries = 0; tries < 400 && !(await waits()); tries += 1) await sleep(50)
  await admin.query(`SELECT pg_terminate_backend(pid) ${from}`, others)
  await ended.finally(() => holder.end())
}

describe.each(commands)('npm run %s', (command, words) => {
  test('says in Chinese that the database is empty, and fails', async () => {
    const { code, said } = await run(command, bare, ...words)
    expect([code, said]).toEqual([1, expect.stringMatching(/数据库还是空的.*npm start/)])
    expect(said).toMatch(plainly)
  })

  test('says in Chinese that there is no district yet, and fails', async () => {
    const { code, said } = await run(command, whole.url, ...words)
    expect([code, said]).toEqual([1, expect.stringMatching(/还没有区县.*npm start/)])
  })

  test('says in Chinese that the database cannot be reached, and fails', async () => {
    const { code, said } = await run(command, 'postgresql://a@127.0.0.1:1/a', ...words)
    expect([code, said]).toEqual([1, expect.stringContaining('连不上数据库')])
  })
})

describe('a database that goes away in the middle', () => {
  beforeAll(async () => {
    const pool = openPool({ connectionString: whole.url, max: 1 })
    await createDistrict(
      forDistrict(onPool(pool), 1),
      { id: 1, code: 'YX', name: '以需区', demo: false },
      shippedCatalogue(),
    )
    await pool.end()
  })

  test.each([
    // One of its connections is idle in a transaction while the other waits.
    ['tallies', 'survey_versions', ['--check']],
    ['tallies', 'survey_versions', ['--rebuild']],
    ['briefs', 'sites', ['--out', out]],
  ])('ends npm run %s with one readable line', async (command, table, words) => {
    let ended = { code: -1, said: '' }
    await cutAt(whole.url, table, async () => {
      ended = await run(command, whole.url, ...words)
    })
    expect(ended).toEqual({ code: 1, said: expect.stringMatching(/数据库连接中断.*重新运行/) })
    expect(ended.said.trim()).toMatch(plainly)
  })

  test('ends a start that is bringing the schema up to date with one readable line', async () => {
    let ended = { code: -1, said: '' }
    await cutAt(whole.url, 'kysely_migration', async () => {
      ended = await run('start', whole.url)
    })
    expect(ended).toEqual({ code: 1, said: expect.stringMatching(/^数据库连接中断.*重新运行/) })
  })
})
