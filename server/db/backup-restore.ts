import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { copyTree } from './backup-files.ts'
import { gatherLog } from './backup-log.ts'
import { type Backup, findBackup, verifyBackup } from './backup-manifest.ts'
import { asAdmin, type Cluster, choosePort, ensureCluster, launch, openCluster, shutDown } from './embedded-cluster.ts'
import { findPostmaster, type Postmaster } from './embedded-processes.ts'
import { takeTurn } from './embedded-turns.ts'
import { own } from './embedded-user.ts'

export interface RestoreOptions {
  from: string
  dataDir: string
  /** The moment to return to; without it everything that was logged comes back. */
  to?: Date
  /** Puts what lies in `dataDir` aside instead of refusing. */
  force?: boolean
  log?: (message: string) => void
}

export interface RestoreReport {
  backup: string
  /** When the last transaction that came back was committed, as PostgreSQL logged it; undefined when there was none. */
  lastCommit?: string
  /** Where the former content of `dataDir` lies now. */
  aside?: string
  /** Indexes and tables that were checked page by page and found whole. */
  checked: number
}

/**
 * Builds DATA_DIR anew from a backup and the log, up to a moment, and checks what came out.
 * @throws {Error} in Chinese; whatever lay in `dataDir` before is kept
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const dataDir = resolve(options.dataDir)
  const log = options.log ?? (() => undefined)
  const backup = await findBackup(resolve(options.from), options.to)
  log(`核对备份 ${backup.directory}`)
  await verifyBackup(backup)
  const cluster = await openCluster(dataDir, true)
  return await takeTurn(cluster.turns, async () => {
    const aside = await clear(cluster, dataDir, options.force ?? false)
    try {
      log('复制数据和日志')
      await layOut(cluster, dataDir, backup, aside)
      log('回放日志')
      const { server, said } = await replay(cluster, options.to)
      const checked = await verify(cluster, server).finally(() => shutDown(server, 'fast'))
      const lastCommit = said.match(/last completed transaction was at log time ([^\n]+)/)?.[1]
      return { backup: backup.directory, lastCommit, aside, checked }
    } catch (error) {
      await putBack(dataDir, aside)
      throw error
    }
  })
}

async function clear(cluster: Cluster, dataDir: string, force: boolean): Promise<string | undefined> {
  if (findPostmaster(cluster.data)) throw new Error(`${dataDir} 上的数据库正在运行：请先停止以需，再恢复`)
  const entries = await contents(dataDir)
  if (entries.length === 0) return undefined
  if (!force) {
    throw new Error(`${dataDir} 里已有数据：请用 --data-dir 换一个空目录，或加 --force（原有数据会移到旁边保留）`)
  }
  const aside = join(dataDir, `before-restore-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`)
  await mkdir(aside, { mode: 0o711 })
  for (const name of entries) await rename(join(dataDir, name), join(aside, name))
  return aside
}

async function contents(dataDir: string): Promise<string[]> {
  return (await readdir(dataDir)).filter((name) => name !== 'run' && !name.startsWith('before-restore-'))
}

/** After a failure DATA_DIR is as it was. */
async function putBack(dataDir: string, aside: string | undefined): Promise<void> {
  for (const name of await contents(dataDir)) await rm(join(dataDir, name), { recursive: true, force: true })
  if (!aside) return
  for (const name of await readdir(aside)) await rename(join(aside, name), join(dataDir, name))
  await rm(aside, { recursive: true })
}

async function layOut(cluster: Cluster, dataDir: string, backup: Backup, aside: string | undefined): Promise<void> {
  const { manifest, directory } = backup
  const { owner } = cluster.as
  const unfinished = `${cluster.data}.new`
  await rm(unfinished, { recursive: true, force: true })
  await copyTree(join(directory, 'base'), unfinished, { owner })
  await writeFile(join(unfinished, 'recovery.signal'), '')
  await own(join(unfinished, 'recovery.signal'), cluster.as)
  await copyTree(join(directory, 'wal'), cluster.wal, { owner })
  await copyTree(join(directory, 'files'), dataDir)
  const live = aside && resolve(manifest.dataDir) === dataDir ? aside : manifest.dataDir
  if (resolve(live) !== dataDir) {
    await gatherLog(live, manifest.system, manifest.startSegment, cluster.wal)
    await keepKeys(live, dataDir)
  }
  for (const name of await readdir(cluster.wal)) await own(join(cluster.wal, name), cluster.as)
  await writeFile(join(cluster.wal, 'archiving'), '')
  await rename(unfinished, cluster.data)
  await ensureCluster(cluster)
}

/** What was sealed after the backup may need keys that were made after it. */
async function keepKeys(live: string, dataDir: string): Promise<void> {
  const file = join(dataDir, 'data.key')
  const texts = [join(live, 'data.key'), file].map((name) => readFile(name, 'utf8').catch(() => ''))
  const keys = (await Promise.all(texts)).flatMap((text) => text.split('\n').filter(Boolean))
  if (keys.length > 0) await writeFile(file, `${[...new Set(keys)].join('\n')}\n`, { mode: 0o600 })
}

// Nobody reads before the end, and all files being new they are brought to the disk at once.
const HASTE = [
  '-c',
  'hot_standby=off',
  ...(process.platform === 'linux' ? ['-c', 'recovery_init_sync_method=syncfs'] : []),
]

async function replay(cluster: Cluster, to: Date | undefined): Promise<{ server: Postmaster; said: string }> {
  const recovery = ['-c', 'restore_command=cp ../wal/%f %p', '-c', 'recovery_target_action=promote']
  const target = to ? ['-c', `recovery_target_time=${to.toISOString().replace('T', ' ').replace('Z', '+00')}`] : []
  await rm(cluster.log, { force: true })
  const outcome = await launch(cluster, await choosePort(cluster), [...recovery, ...target, ...HASTE])
  if ('ready' in outcome) return { server: outcome.ready, said: await readFile(cluster.log, 'utf8') }
  throw new Error(explain(outcome.refused))
}

function explain(refused: string): string {
  if (refused.includes('recovery ended before configured recovery target')) {
    const last = refused.match(/last completed transaction was at log time ([^\n]+)/)?.[1]
    const reach = last ? `最后一次写入在 ${last}` : '备份之后没有写入'
    return `日志没有到 --to 指定的时刻（${reach}）：请改用更早的时刻，或去掉 --to 恢复到日志的末尾`
  }
  if (refused.includes('before consistent recovery point')) return '--to 早于这份备份完成的时刻：请换用更早的备份'
  return `数据库没能恢复：\n${refused}`
}

/** Reads every table and B-tree of the app's database for damage. @throws {Error} in Chinese when there is some */
async function verify(cluster: Cluster, server: Postmaster): Promise<number> {
  return await asAdmin(
    cluster,
    server.port,
    async (client) => {
      await client.query('begin')
      await client.query('create extension amcheck')
      const { rows: damage } = await client.query<{ name: string; msg: string }>(
        `select c.oid::regclass::text as name, v.msg from pg_class c, verify_heapam(c.oid) v
         where c.relkind in ('r', 't') and c.relpersistence = 'p' and c.relam <> 0`,
      )
      if (damage[0]) throw new Error(`恢复出的表 ${damage[0].name} 有损坏：${damage[0].msg}。请换用另一份备份`)
      const { rows: trees } = await client.query<{ checked: number }>(
        `select count(bt_index_check(i.indexrelid)::text)::int as checked from pg_index i
         join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
         where a.amname = 'btree' and c.relpersistence = 'p' and i.indisvalid and i.indisready`,
      )
      // The extension was only wanted for this look.
      await client.query('rollback')
      return trees[0]?.checked ?? 0
    },
    { database: 'yixu', queryMs: 600_000 },
  )
}
