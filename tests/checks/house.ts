import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { openPool } from '../../server/db/database.ts'
import { findPostmaster } from '../../server/db/embedded-processes.ts'
import { prepare } from '../load/prepare.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The real server as a process of its own, with a data directory and an embedded database of its own. It may be killed. */
export interface House {
  url: URL
  key: string
  dataDir: string
  /** Codes of the communities of the only district, YX. */
  communities: string[]
  pid(): number
  databasePid(): number | undefined
  /** Resident memory now, in MB. */
  residentMb(): number
  /** Starts the server and returns how many milliseconds it took until it was ready. */
  start(): Promise<number>
  /** kill -9. */
  kill(): Promise<void>
  /** SIGTERM. */
  stop(): Promise<{ code: number | null; ms: number }>
  /** Looks into the database past the server. */
  inDatabase<T>(work: (pool: pg.Pool) => Promise<T>): Promise<T>
  databaseLog(): string
  /** All that the server has said, at the level of debugging. */
  serverLog(): string
  /** Stops the server and deletes its data. */
  close(): Promise<void>
}

/** A server with the district YX of so many communities and the shipped questionnaire published as `needs2026`; `more` are settings. */
export async function openHouse(size = 6, more: Record<string, string> = {}): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yixu-check-'))
  const key = randomBytes(24).toString('base64url')
  const port = await freePort()
  const url = new URL(`http://127.0.0.1:${port}`)
  let child: ChildProcess | undefined
  let ended: Promise<number | null> = Promise.resolve(null)

  async function start(): Promise<number> {
    const begun = performance.now()
    child = launch(dataDir, key, port, more)
    ended = new Promise((resolve) => child?.once('exit', resolve))
    let gone = false
    ended.then(() => {
      gone = true
    })
    while (!(await isReady(url))) {
      if (gone) throw new Error(`the server did not start:\n${readFileSync(join(dataDir, 'server.log'), 'utf8')}`)
      await sleep(20)
    }
    return performance.now() - begun
  }

  async function end(signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }> {
    const begun = performance.now()
    child?.kill(signal)
    return { code: await ended, ms: performance.now() - begun }
  }

  const house: House = {
    ...{ url, key, dataDir, start, communities: [] },
    pid: () => child?.pid ?? 0,
    databasePid: () => findPostmaster(join(dataDir, 'postgres'))?.pid,
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child?.pid}/status`, 'utf8'))?.[1]) / 1024,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    inDatabase: (work) => inDatabase(dataDir, work),
    serverLog: () => readFileSync(join(dataDir, 'server.log'), 'utf8'),
    databaseLog: () => readFileSync(join(dataDir, 'postgres.log'), 'utf8'),
    close: async () => {
      if (child?.exitCode === null && child.signalCode === null) await end('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  try {
    await start()
    house.communities = (await prepare(url, key, size)).communities
    return house
  } catch (error) {
    process.stderr.write(readFileSync(join(dataDir, 'server.log'), 'utf8'))
    await house.close()
    throw error
  }
}

function launch(dataDir: string, key: string, port: number, more: Record<string, string>): ChildProcess {
  const settings = { DATA_DIR: dataDir, STAFF_KEY: key, PORT: String(port), SEED: 'none', LOG_LEVEL: 'debug', ...more }
  const log = openSync(join(dataDir, 'server.log'), 'a')
  execFileSync(process.execPath, ['server/build.mjs'], { cwd: root })
  return spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', HOST: '127.0.0.1', DESK: 'loopback', ...settings },
    stdio: ['ignore', log, log],
  })
}

async function isReady(url: URL): Promise<boolean> {
  try {
    const reply = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(1_000) })
    return reply.ok
  } catch {
    return false
  }
}

/** The port stays the same over restarts, as behind a proxy; it lies outside the range of outgoing connections. */
function freePort(): Promise<number> {
  const port = 12_000 + (randomBytes(2).readUInt16LE() % 8_000)
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(freePort()))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)))
  })
}

/** Goes in beside the server without signing in to the database as an application, and sees every district: what dies must be revived by the server alone. */
async function inDatabase<T>(dataDir: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const { postgres } = JSON.parse(readFileSync(join(dataDir, 'postgres.secret'), 'utf8')) as { postgres: string }
  const port = findPostmaster(join(dataDir, 'postgres'))?.port
  const pool = openPool({ connectionString: `postgresql://postgres:${postgres}@127.0.0.1:${port}/yixu`, max: 4 })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}
