import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { backUp } from '../../server/db/backup.ts'
import { restore } from '../../server/db/backup-restore.ts'
import { startEmbedded } from '../../server/db/embedded.ts'

const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function newDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `yixu-${name}-`))
  cleanUps.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

async function start(dataDir: string) {
  const server = await startEmbedded({ dataDir })
  cleanUps.push(() => server.stop())
  return server
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}

const count = async (url: string) => (await query<{ n: number }>(url, 'select count(*)::int as n from notes'))[0]?.n

async function write(url: string, from: number, to: number): Promise<void> {
  await query(url, `insert into notes select n, repeat('答卷', 300) from generate_series(${from}, ${to}) as n`)
}

/** A database with 5,000 rows in the backup and 5,000 after it, then a moment, then a disaster. */
async function lived() {
  const dataDir = newDirectory('lived')
  const out = newDirectory('backups')
  const server = await start(dataDir)
  writeFileSync(join(dataDir, 'attachment'), 'kept beside the database')
  writeFileSync(join(dataDir, 'data.key'), 'key of the backup\n', { mode: 0o600 })
  await query(server.url, 'create table notes (n integer primary key, words text)')
  await write(server.url, 1, 5_000)
  const backup = await backUp({ dataDir, out })
  writeFileSync(join(dataDir, 'data.key'), 'newer key\n')
  await write(server.url, 5_001, 10_000)
  await sleep(50)
  const moment = new Date()
  await sleep(50)
  await write(server.url, 10_001, 10_500)
  await query(server.url, 'drop table notes')
  return { dataDir, out, server, backup, moment }
}

/** Hundreds of small files are written and read again, on a disk that others may be using. */
const PATIENCE_MS = 180_000

test('after a dropped table the rows up to a moment come back into a new directory, no others, within a minute', {
  timeout: PATIENCE_MS,
}, async () => {
  const { out, moment, backup } = await lived()
  const dataDir = newDirectory('restored')
  const from = performance.now()
  const report = await restore({ from: out, to: moment, dataDir })
  const server = await start(dataDir)
  expect(await query(server.url, 'select count(*)::int as n, min(n), max(n) from notes')).toEqual([
    { n: 10_000, min: 1, max: 10_000 },
  ])
  expect(performance.now() - from).toBeLessThan(60_000)
  expect(report.checked).toBeGreaterThan(50)
  expect(readFileSync(join(dataDir, 'attachment'), 'utf8')).toBe('kept beside the database')
  expect(readFileSync(join(dataDir, 'data.key'), 'utf8')).toBe('newer key\nkey of the backup\n')
  await write(server.url, 10_001, 10_010)
  expect(await count(server.url)).toBe(10_010)

  expect(statSync(backup.directory).mode & 0o077).toBe(0)
  expect(statSync(join(backup.directory, 'files', 'postgres.secret')).mode & 0o077).toBe(0)
  const file = join(backup.directory, 'base', 'PG_VERSION')
  writeFileSync(file, readFileSync(file, 'utf8').replace('18', '19'))
  await expect(restore({ from: out, dataDir: newDirectory('never') })).rejects.toThrow(/备份已损坏：.*PG_VERSION/)
})

test('a moment out of reach is refused and changes nothing; one within reach is restored in place, and later ones after it', {
  timeout: PATIENCE_MS,
}, async () => {
  const { dataDir, out, server, moment, backup } = await lived()
  await expect(restore({ from: out, dataDir, force: true })).rejects.toThrow(/正在运行/)
  await server.stop()
  await expect(restore({ from: out, to: moment, dataDir })).rejects.toThrow(/已有数据/)
  const before = new Date(new Date(backup.finishedAt).getTime() - 60_000)
  await expect(restore({ from: out, to: before, dataDir, force: true })).rejects.toThrow(/最早可以恢复到/)
  const after = new Date(Date.now() + 3_600_000)
  await expect(restore({ from: out, to: after, dataDir, force: true })).rejects.toThrow(/日志没有到 --to 指定的时刻/)
  const untouched = await start(dataDir)
  expect(await query(untouched.url, "select to_regclass('notes')::text as notes")).toEqual([{ notes: null }])
  await untouched.stop()

  const { aside } = await restore({ from: out, to: moment, dataDir, force: true })
  expect(readdirSync(aside ?? '')).toContain('postgres')
  const second = await start(dataDir)
  await write(second.url, 20_001, 20_100)
  const later = new Date()
  await sleep(50)
  await query(second.url, 'delete from notes')
  await second.stop()
  await restore({ from: out, to: later, dataDir, force: true })
  const third = await start(dataDir)
  expect(await count(third.url)).toBe(10_100)
})

test('log from before the oldest backup that still exists is deleted; what a lone backup held comes back without it', {
  timeout: PATIENCE_MS,
}, async () => {
  const { dataDir, out, backup, server } = await lived()
  const segments = () => readdirSync(join(dataDir, 'wal')).filter((name) => /^[0-9A-F]{24}$/.test(name))
  const first = segments().sort()[0] ?? ''
  rmSync(backup.directory, { recursive: true })
  await query(server.url, 'create table notes as select generate_series(1, 777) as n')
  await backUp({ dataDir, out })
  expect(segments()).not.toContain(first)
  await server.stop()
  rmSync(dataDir, { recursive: true })
  await restore({ from: out, dataDir })
  expect(await count((await start(dataDir)).url)).toBe(777)
})

test('with a database of one’s own the command explains the way of PostgreSQL itself', async () => {
  const script = fileURLToPath(new URL('../../server/cli/backup.ts', import.meta.url))
  const env = { ...process.env, DATABASE_URL: 'postgresql://a@127.0.0.1:1/a', STAFF_KEY: 'x'.repeat(16) }
  const told = await new Promise<string>((resolve) =>
    execFile(process.execPath, ['--import', 'tsx', script, '--out', '/nowhere'], { env }, (_error, _out, err) =>
      resolve(err),
    ),
  )
  expect(told).toContain('pg_basebackup')
})
