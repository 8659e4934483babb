import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Embedded, startEmbedded } from '../../server/db/embedded.ts'
import { identify } from '../../server/db/embedded-processes.ts'

const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function newDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'yixu-embedded-'))
  cleanUps.push(() => rmSync(dataDir, { recursive: true, force: true }))
  return dataDir
}

async function start(dataDir: string) {
  const server = await startEmbedded({ dataDir })
  cleanUps.push(() => server.stop())
  return server
}

/** An application in a process of its own, which says `up <pid of the database>` and stays until it is ended. */
async function startElsewhere(dataDir: string): Promise<{ app: ChildProcess; databasePid: number }> {
  const script = fileURLToPath(new URL('../setup/hold-embedded.ts', import.meta.url))
  const app = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  cleanUps.push(() => end(app, 'SIGKILL'))
  const line = await new Promise<string>((resolve) => app.stdout?.once('data', (chunk) => resolve(String(chunk))))
  return { app, databasePid: Number(line.split(' ')[1]) }
}

async function end(app: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return
  const gone = new Promise((resolve) => app.once('exit', resolve))
  app.kill(signal)
  await gone
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<T>(text)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function msUntilItAnswers(url: string): Promise<number> {
  const from = performance.now()
  for (;;) {
    const answered = await query(url, 'select 1').catch(() => undefined)
    if (answered) return performance.now() - from
    await sleep(10)
  }
}

const logOf = (dataDir: string) => readFileSync(join(dataDir, 'postgres.log'), 'utf8')

describe('a database after its first start', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'yixu-embedded-'))
  let server: Embedded

  beforeAll(async () => {
    server = await startEmbedded({ dataDir })
  })

  afterAll(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true })
  })

  test('the first start makes a database whose role has no more rights than it needs and whose writes reach the disk', async () => {
    const [role] = await query(
      server.url,
      `select current_user as name, current_database() as database, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls,
         current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous,
         current_setting('listen_addresses') as listens
       from pg_roles where rolname = current_user`,
    )
    expect(role).toEqual({
      name: 'yixu',
      database: 'yixu',
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolbypassrls: false,
      fsync: 'on',
      synchronous: 'on',
      listens: '127.0.0.1',
    })
    expect(statSync(join(dataDir, 'postgres.secret')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
  })

  test('a wrong password is refused', async () => {
    await expect(query(server.url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
  })

  test('Chinese text is ordered by pinyin', async () => {
    const rows = await query<{ name: string }>(
      server.url,
      `select name from (values ('西'),('北'),('东'),('南')) t(name) order by 1`,
    )
    expect(rows.map((row) => row.name)).toEqual(['北', '东', '南', '西'])
  })

  test('values of a failed statement do not reach the log', async () => {
    await query(server.url, 'create table phones (phone text primary key check (length(phone) < 12))')
    await query(server.url, "insert into phones values ('13800001111')")
    await expect(query(server.url, "insert into phones values ('13800001111')")).rejects.toThrow()
    await expect(query(server.url, "insert into phones values ('138000022223333')")).rejects.toThrow()
    await expect(query(server.url, "select '13800001111x'::bigint")).rejects.toThrow()
    expect(logOf(dataDir)).not.toContain('13800')
  })
})

/** What is asked for; an idle machine takes 0.2 s. */
const LONGEST_GAP_MS = 5_000

test('a database killed three times under writing is back within five seconds with every acknowledged row', async () => {
  const { url, pid } = await start(newDataDir())
  await query(url, 'create table notes (n integer primary key)')
  const acknowledged: number[] = []
  const gapsMs: number[] = []
  for (let n = 0; n < 150; n += 1) {
    if (n % 50 === 25) {
      process.kill(pid()!, 'SIGKILL')
      gapsMs.push(await msUntilItAnswers(url))
    }
    await query(url, `insert into notes values (${n})`)
    acknowledged.push(n)
  }
  const rows = await query<{ n: number }>(url, 'select n from notes order by n')
  expect(rows.map((row) => row.n)).toEqual(acknowledged)
  expect(Math.max(...gapsMs)).toBeLessThan(LONGEST_GAP_MS)
})

test('what the killed database leaves at work does not keep the next one from starting', async () => {
  const { url, pid } = await start(newDataDir())
  const busy = query(url, 'select count(*) from generate_series(1, 1000000000)').catch(() => undefined)
  await sleep(200)
  process.kill(pid()!, 'SIGKILL')
  expect(await msUntilItAnswers(url)).toBeLessThan(LONGEST_GAP_MS)
  await busy
})

test('the database of a killed application is found again by the next one', async () => {
  const dataDir = newDataDir()
  const { app, databasePid } = await startElsewhere(dataDir)
  await end(app, 'SIGKILL')
  expect(identify(databasePid)).toBeDefined()
  const from = performance.now()
  const next = await start(dataDir)
  expect(performance.now() - from).toBeLessThan(LONGEST_GAP_MS)
  expect(next.pid()).toBe(databasePid)
  await next.stop()
  expect(identify(databasePid)).toBeUndefined()
})

test('a frozen database of a killed application is replaced', async () => {
  const dataDir = newDataDir()
  const { app, databasePid } = await startElsewhere(dataDir)
  await end(app, 'SIGKILL')
  process.kill(databasePid, 'SIGSTOP')
  const next = await start(dataDir)
  expect(next.pid()).not.toBe(databasePid)
  expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a command beside a running application shares its database and leaves it running', async () => {
  const dataDir = newDataDir()
  const { app, databasePid } = await startElsewhere(dataDir)
  const command = await start(dataDir)
  expect(command.pid()).toBe(databasePid)
  await command.stop()
  expect(identify(databasePid)).toBeDefined()
  await end(app, 'SIGTERM')
  expect(identify(databasePid)).toBeUndefined()
})

test('an application that comes after a command keeps its database when the command ends', async () => {
  const dataDir = newDataDir()
  const command = await start(dataDir)
  const { databasePid } = await startElsewhere(dataDir)
  await command.stop()
  expect(await query(command.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(identify(databasePid)).toBeDefined()
})

test('three starts at once make one database', async () => {
  const dataDir = newDataDir()
  const servers = await Promise.all([start(dataDir), start(dataDir), start(dataDir)])
  expect(new Set(servers.map((server) => server.pid())).size).toBe(1)
})

test('after a stop the next start has nothing to recover', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  await query(first.url, 'create table notes as select generate_series(1, 10000) as n')
  await first.stop()
  const second = await start(dataDir)
  expect(await query(second.url, 'select count(*)::int as n from notes')).toEqual([{ n: 10_000 }])
  expect(logOf(dataDir)).not.toContain('redo starts')
})

test('a port that somebody took meanwhile is replaced by a free one', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  const port = Number(new URL(first.url).port)
  await first.stop()
  const thief = createServer()
  await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve))
  cleanUps.push(() => new Promise((resolve) => thief.close(resolve)))
  const second = await start(dataDir)
  expect(Number(new URL(second.url).port)).not.toBe(port)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a pid file that names some other process does not prevent the start', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  await first.stop()
  writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n1\n\n\n\nready\n`)
  const second = await start(dataDir)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('data of another major version are refused in words that say what to do', async () => {
  const dataDir = newDataDir()
  const first = await start(dataDir)
  await first.stop()
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n')
  await expect(startEmbedded({ dataDir })).rejects.toThrow(/由 PostgreSQL 15 建立/)
})

test('a data directory of before there was a role for everyday work gets one, with a password of its own', async () => {
  const dataDir = newDataDir()
  const before = await startEmbedded({ dataDir })
  await query(before.adminUrl, 'drop role yixu_app')
  await before.stop()
  const file = join(dataDir, 'postgres.secret')
  const { postgres, yixu } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ postgres, yixu }))
  const { appUrl, url } = await start(dataDir)
  expect(await query(appUrl, 'select current_user as role')).toEqual([{ role: 'yixu_app' }])
  expect(new URL(appUrl).password).not.toBe(new URL(url).password)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
