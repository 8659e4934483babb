import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  answers,
  type Cluster,
  choosePort,
  ensureCluster,
  ensureRoles,
  launch,
  openCluster,
  readSecrets,
  rememberedPort,
  shutDown,
  urlOf,
  waitUntilReady,
} from './embedded-cluster.ts'
import { endOrphans, findPostmaster, lives, type Postmaster, pidFileMisleads } from './embedded-processes.ts'
import { countUsers, signIn, takeTurn } from './embedded-turns.ts'

type Log = (message: string, fields?: object) => void

export interface EmbeddedOptions {
  dataDir: string
  log?: Log
  /** `false` for tests only: no fsync, no archive; a power cut may destroy everything. */
  durable?: boolean
}

/** A real PostgreSQL of our own, shared by every process that opened the same DATA_DIR. */
export interface Embedded {
  /** The owner of the database `yixu`, for migrations and what else changes the schema. */
  url: string
  /** The same database as the application's role, for everyday work. */
  appUrl: string
  /** The superuser on the database `postgres`. */
  adminUrl: string
  pid(): number | undefined
  /** Leaves the database; the last process to leave shuts it down cleanly. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on `dataDir`, or takes over the one that already runs there, and keeps it running until `stop`.
 * It outlives this process when that is killed, and is found again by the next start.
 * @throws {Error} in Chinese when it cannot start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? (() => undefined)
  const cluster = await openCluster(resolve(options.dataDir), options.durable ?? true)
  const [signOut, postmaster] = await takeTurn(cluster.turns, async () => {
    await ensureCluster(cluster)
    const alone = (await countUsers(cluster.turns)) === 0
    const running = await ensureRunning(cluster, log, alone)
    await ensureRoles(cluster, running.port)
    return [await signIn(cluster.turns), running] as const
  })
  const secrets = await readSecrets(cluster)
  const watch = keepRunning(cluster, postmaster, log)
  return {
    url: urlOf('yixu', secrets, postmaster.port),
    appUrl: urlOf('yixu_app', secrets, postmaster.port),
    adminUrl: urlOf('postgres', secrets, postmaster.port),
    pid: watch.pid,
    stop: async () => {
      await watch.end()
      await takeTurn(cluster.turns, async () => {
        await signOut()
        const left = findPostmaster(cluster.data)
        if (left && (await countUsers(cluster.turns)) === 0) await shutDown(left, 'fast')
      })
    },
  }
}

async function ensureRunning(cluster: Cluster, log: Log, mayMove: boolean): Promise<Postmaster> {
  const found = await adopt(cluster, log)
  if (found) return found
  for (let attempt = 1; ; attempt += 1) {
    endOrphans(cluster.data)
    if (pidFileMisleads(cluster.data)) await rm(join(cluster.data, 'postmaster.pid'), { force: true })
    // Other processes hold the address of the old port: while they live it is waited for, not changed.
    const port = (mayMove ? undefined : await rememberedPort(cluster)) ?? (await choosePort(cluster))
    const outcome = await launch(cluster, port)
    if ('ready' in outcome) {
      log('database started', { pid: outcome.ready.pid, port })
      return outcome.ready
    }
    if (attempt === 100 || !passes(outcome.refused)) throw new Error(`内置数据库没能启动：\n${outcome.refused}`)
    await sleep(50)
  }
}

/** Refusals that end by themselves: the remains of a killed server are still leaving, or the port was just taken. */
function passes(refused: string): boolean {
  return /still in use|lock file|could not create any TCP\/IP sockets/.test(refused)
}

async function adopt(cluster: Cluster, log: Log): Promise<Postmaster | undefined> {
  const found = findPostmaster(cluster.data)
  if (!found) return undefined
  const ready = await waitUntilReady(
    cluster,
    () => !lives(found) || findPostmaster(cluster.data)?.status === 'stopping',
  )
  for (let attempt = 0; ready && attempt < 2; attempt += 1) {
    if (await answers(cluster, ready.port)) {
      log('database found running', { pid: ready.pid, port: ready.port })
      return ready
    }
  }
  log('database found running but not usable: replacing it', { pid: found.pid })
  await shutDown(found, ready ? 'immediate' : 'fast')
  return undefined
}

/** Looks twenty times a second whether the server lives and starts it again when it does not. */
function keepRunning(cluster: Cluster, first: Postmaster, log: Log) {
  let current: Postmaster | undefined = first
  let revival = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy || (current && lives(current))) return
    busy = true
    current = undefined
    revival = revive().finally(() => {
      busy = false
    })
  }, 50)
  // The watch alone is no reason for a command line to stay.
  timer.unref()

  async function revive(): Promise<void> {
    log('database died: starting it again', { pid: first.pid })
    try {
      current = await takeTurn(cluster.turns, () => ensureRunning(cluster, log, false))
    } catch (error) {
      log('database could not be started again: next try in a second', { error: String(error) })
      await sleep(1_000)
    }
  }

  return {
    pid: () => (current && lives(current) ? current.pid : undefined),
    end: async () => {
      clearInterval(timer)
      await revival
    },
  }
}
