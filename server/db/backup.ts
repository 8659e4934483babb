import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { type Copied, copyTree, flush, measureFile } from './backup-files.ts'
import { copySegments, placeOf } from './backup-log.ts'
import { type Manifest, rememberBackup, rememberedBackups, writeManifest } from './backup-manifest.ts'
import { startEmbedded } from './embedded.ts'

export interface BackupReport {
  directory: string
  files: number
  bytes: number
  /** The earliest moment that can be restored from it. */
  finishedAt: string
}

/** Of these directories only the names are kept: PostgreSQL fills them anew. */
const EMPTIED = /^(pg_wal|pg_dynshmem|pg_notify|pg_replslot|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//
const LEFT_OUT = /(^|\/)(postmaster\.(pid|opts)|pg_internal\.init.*|pgsql_tmp.*)$/

/** What lies in DATA_DIR beside the database and is either remade at the start or of no use elsewhere. */
const NOT_OURS = /^(postgres|postgres\.(new|port|log.*)|wal|run|backups\.json|before-restore-.*)$/

/**
 * Makes a whole backup of DATA_DIR into a new directory inside `out`, while the application goes on working.
 * From the first backup on, the log is kept too, so that any later moment can be restored.
 */
export async function backUp(options: { dataDir: string; out: string }): Promise<BackupReport> {
  const dataDir = resolve(options.dataDir)
  const startedAt = new Date().toISOString()
  const directory = join(resolve(options.out), `yixu-${startedAt.replace(/[-:]|\.\d+/g, '')}`)
  const unfinished = `${directory}.part`
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const server = await startEmbedded({ dataDir })
  const client = new pg.Client({ connectionString: server.adminUrl })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const manifest = await copyDatabase(client, dataDir, unfinished, startedAt)
    await writeManifest(unfinished, manifest)
    await flush(unfinished)
    await rename(unfinished, directory)
    await rememberBackup(dataDir, { directory, finishedAt: manifest.finishedAt, startSegment: manifest.startSegment })
    await dropOldLog(dataDir)
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    return { directory, files: manifest.files.length, bytes, finishedAt: manifest.finishedAt }
  } finally {
    await client.end()
    await server.stop()
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function copyDatabase(client: pg.Client, dataDir: string, out: string, startedAt: string): Promise<Manifest> {
  // The mark that tells the archive command to keep what it is given from now on.
  await writeFile(join(dataDir, 'wal', 'archiving'), '')
  const { system, version } = await one<{ system: string; version: string }>(
    client,
    `select system_identifier::text as system, current_setting('server_version') as version from pg_control_system()`,
  )
  await client.query(`select pg_backup_start('yixu', true)`)
  const skip = (path: string) => EMPTIED.test(path) || LEFT_OUT.test(path)
  const base = await copyTree(join(dataDir, 'postgres'), join(out, 'base'), { skip })
  const end = await one<{ label: string; segment: string; now: Date }>(
    client,
    `select labelfile as label, pg_walfile_name(lsn) as segment, clock_timestamp() as now from pg_backup_stop(true)`,
  )
  const label = join(out, 'base', 'backup_label')
  await writeFile(label, end.label, { mode: 0o600 })
  const startSegment = end.label.match(/\(file ([0-9A-F]{24})\)/)?.[1] ?? end.segment
  const log = await copySegments(join(dataDir, 'wal'), join(out, 'wal'), startSegment, end.segment)
  const rest = await copyTree(dataDir, join(out, 'files'), { skip: (path) => NOT_OURS.test(path.split('/')[0] ?? '') })
  const labelled = [...base, { path: 'backup_label', ...(await measureFile(label)) }]
  const files = [...under('base', labelled), ...under('wal', log), ...under('files', rest)]
  const { now, segment } = end
  const stamps = { startedAt, finishedAt: now.toISOString(), startSegment, stopSegment: segment }
  return { format: 1, postgresql: version, system, dataDir, ...stamps, files }
}

const under = (room: string, files: Copied[]) => files.map((file) => ({ ...file, path: join(room, file.path) }))

async function one<T extends pg.QueryResultRow>(client: pg.Client, text: string): Promise<T> {
  const { rows } = await client.query<T>(text)
  const [row] = rows
  if (!row) throw new Error('the database answered nothing')
  return row
}

/** Deletes what lies before the oldest backup that still exists: nothing can be restored from it any more. */
async function dropOldLog(dataDir: string): Promise<void> {
  const oldest = (await rememberedBackups(dataDir)).map((backup) => placeOf(backup.startSegment)).sort()[0]
  const wal = join(dataDir, 'wal')
  for (const name of await readdir(wal)) {
    const segment = /^[0-9A-F]{24}/.test(name)
    if (oldest && segment && placeOf(name) < oldest) await rm(join(wal, name))
  }
}
