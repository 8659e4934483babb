import { randomBytes } from 'node:crypto'
import { mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Binaries, findBinaries, majorVersion } from './embedded-binaries.ts'
import { findPostmaster, lives, type Postmaster, signal } from './embedded-processes.ts'
import { settingsOf } from './embedded-settings.ts'
import { exists, own, ownDirectory, prepareUser, type RunAs, spawnAs } from './embedded-user.ts'

/** One PostgreSQL data directory and all that is needed to run it. */
export interface Cluster {
  binaries: Binaries
  as: RunAs
  durable: boolean
  data: string
  wal: string
  log: string
  turns: string
  portFile: string
  secretFile: string
}

/** Passwords made at the first start; only the owner of DATA_DIR can read them. */
export interface Secrets {
  postgres: string
  /** Owns the database of the program. */
  yixu: string
  /** For everyday work, see application.ts. */
  yixu_app: string
}

/** Where everything of a DATA_DIR lies; nothing is made yet but the directory itself. */
export async function openCluster(dataDir: string, durable: boolean): Promise<Cluster> {
  const binaries = await findBinaries()
  return {
    binaries,
    as: await prepareUser(binaries, dataDir),
    durable,
    data: join(dataDir, 'postgres'),
    wal: join(dataDir, 'wal'),
    log: join(dataDir, 'postgres.log'),
    turns: join(dataDir, 'run'),
    portFile: join(dataDir, 'postgres.port'),
    secretFile: join(dataDir, 'postgres.secret'),
  }
}

/**
 * Makes the data directory at the first start.
 * @throws {Error} in Chinese when it belongs to another major version
 */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  if (cluster.durable) await ownDirectory(cluster.wal, cluster.as)
  if (!(await exists(join(cluster.data, 'PG_VERSION')))) await makeCluster(cluster)
  const found = (await readFile(join(cluster.data, 'PG_VERSION'), 'utf8')).trim()
  const own = await majorVersion(cluster.binaries)
  if (found === own) return
  const advice = `请用装有 PostgreSQL ${found} 的旧版程序导出数据，或把 DATA_DIR 换成新目录`
  throw new Error(
    `数据目录 ${cluster.data} 由 PostgreSQL ${found} 建立，本程序内置的是 ${own}，不能直接打开：${advice}`,
  )
}

async function makeCluster(cluster: Cluster): Promise<void> {
  const secrets = await readSecrets(cluster).catch(() => undefined)
  const { postgres, yixu, yixu_app } = secrets ?? { postgres: password(), yixu: password(), yixu_app: password() }
  await keepSecrets(cluster, { postgres, yixu, yixu_app })
  const unfinished = `${cluster.data}.new`
  await rm(unfinished, { recursive: true, force: true })
  await ownDirectory(unfinished, cluster.as)
  await initialise(cluster, unfinished, postgres)
  // The name appears only when the directory is whole: a start that was cut off begins anew.
  await rename(unfinished, cluster.data)
}

const password = () => randomBytes(24).toString('base64url')

async function initialise(cluster: Cluster, directory: string, secret: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'yixu-'))
  const pwfile = join(scratch, 'password')
  try {
    await writeFile(pwfile, secret, { mode: 0o600 })
    await Promise.all([own(scratch, cluster.as), own(pwfile, cluster.as)])
    const where = [`--pgdata=${directory}`, '--username=postgres', `--pwfile=${pwfile}`, '--auth=scram-sha-256']
    const language = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=zh-Hans-CN']
    const care = cluster.durable ? [] : ['--no-sync']
    await finish(cluster, cluster.binaries.initdb, [...where, ...language, ...care])
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function finish(cluster: Cluster, program: string, args: string[]): Promise<void> {
  const child = spawnAs(cluster.as, program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += String(chunk)
  })
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`内置数据库初始化失败：${said.trim()}`)
}

/** @throws {Error} in Chinese when the file is missing or damaged */
export async function readSecrets(cluster: Cluster): Promise<Secrets> {
  try {
    return JSON.parse(await readFile(cluster.secretFile, 'utf8')) as Secrets
  } catch (cause) {
    throw new Error(`读不到数据库口令文件 ${cluster.secretFile}：请从备份中取回这个文件`, { cause })
  }
}

/** The address of the database as one of the roles. */
export function urlOf(role: keyof Secrets, secrets: Secrets, port: number): string {
  return `postgresql://${role}:${secrets[role]}@127.0.0.1:${port}/${role === 'postgres' ? 'postgres' : 'yixu'}`
}

/** The port used last time if it is free, else another one outside the range of outgoing connections. */
export async function choosePort(cluster: Cluster): Promise<number> {
  const remembered = await rememberedPort(cluster)
  if (remembered && (await isFree(remembered))) return remembered
  for (;;) {
    const port = 20_000 + (randomBytes(2).readUInt16LE() % 12_000)
    if (await isFree(port)) {
      await writeFile(cluster.portFile, String(port))
      return port
    }
  }
}

export async function rememberedPort(cluster: Cluster): Promise<number | undefined> {
  const text = await readFile(cluster.portFile, 'utf8').catch(() => '')
  return Number(text) || undefined
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** What a start came to: the running server, or what PostgreSQL wrote before it gave up. */
export type Launch = { ready: Postmaster } | { refused: string }

/** Starts PostgreSQL in a session of its own, so that neither Ctrl-C nor the end of this process takes it along. */
export async function launch(cluster: Cluster, port: number, extra: string[] = []): Promise<Launch> {
  const log = await openLog(cluster)
  const { size } = await log.stat()
  const args = ['-D', cluster.data, '-p', String(port), ...settingsOf(cluster), ...extra]
  const child = spawnAs(cluster.as, cluster.binaries.postgres, args, {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  child.unref()
  await log.close()
  const ready = await waitUntilReady(cluster, () => ended || child.pid === undefined)
  return ready ? { ready } : { refused: (await readFile(cluster.log)).subarray(size).toString('utf8').trim() }
}

const LOG_LIMIT_BYTES = 16 * 1024 * 1024

async function openLog(cluster: Cluster) {
  const size = await stat(cluster.log).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LOG_LIMIT_BYTES) await rename(cluster.log, `${cluster.log}.1`)
  return await open(cluster.log, 'a', 0o600)
}

/** Waits for a starting server, however long its recovery takes; undefined when it ends instead. */
export async function waitUntilReady(cluster: Cluster, ended: () => boolean): Promise<Postmaster | undefined> {
  while (!ended()) {
    const postmaster = findPostmaster(cluster.data)
    if (postmaster?.status === 'ready') return postmaster
    await sleep(15)
  }
  return undefined
}

/** Ends a server: `fast` finishes with a checkpoint, `immediate` is for one that no longer answers. */
export async function shutDown(postmaster: Postmaster, how: 'fast' | 'immediate'): Promise<void> {
  if (lives(postmaster)) signal(postmaster.pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT')
  const patienceMs = how === 'fast' ? 60_000 : 2_000
  const until = Date.now() + patienceMs
  while (lives(postmaster)) {
    if (Date.now() > until) {
      if (how === 'fast') return await shutDown(postmaster, 'immediate')
      signal(postmaster.pid, 'SIGKILL')
    }
    await sleep(15)
  }
}

/** Whether it accepts our password and answers a query within two seconds. */
export async function answers(cluster: Cluster, port: number): Promise<boolean> {
  return await asAdmin(cluster, port, async (client) => (await client.query('select 1')).rowCount === 1).catch(
    () => false,
  )
}

/** Runs `work` on one connection of the superuser. */
export async function asAdmin<T>(
  cluster: Cluster,
  port: number,
  work: (client: pg.Client) => Promise<T>,
  { database = 'postgres', queryMs = 10_000 } = {},
): Promise<T> {
  const { postgres: password } = await readSecrets(cluster)
  const server = { host: '127.0.0.1', port, user: 'postgres', password, database }
  const client = new pg.Client({ ...server, connectionTimeoutMillis: 2_000, query_timeout: queryMs })
  // A server that dies under us is reported by the query that fails, not by an event that ends the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Makes the program's roles and database where they are missing. */
export async function ensureRoles(cluster: Cluster, port: number): Promise<void> {
  const secrets = await readSecrets(cluster)
  // A directory of an earlier version has no role for everyday work yet.
  if (!secrets.yixu_app) await keepSecrets(cluster, Object.assign(secrets, { yixu_app: password() }))
  await asAdmin(cluster, port, async (client) => {
    for (const role of ['yixu', 'yixu_app'] as const) {
      const found = await client.query('select 1 from pg_roles where rolname = $1', [role])
      const secret = client.escapeLiteral(secrets[role])
      if (found.rowCount === 0) await client.query(`create role ${role} login password ${secret}`)
    }
    const databases = await client.query("select 1 from pg_database where datname = 'yixu'")
    if (databases.rowCount === 0) await client.query('create database yixu owner yixu')
  })
}

/** The file is whole at every moment: another process may be reading it. */
async function keepSecrets(cluster: Cluster, secrets: Secrets): Promise<void> {
  await writeFile(`${cluster.secretFile}.new`, JSON.stringify(secrets), { mode: 0o600 })
  await rename(`${cluster.secretFile}.new`, cluster.secretFile)
}
