import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Copied, copyFile } from './backup-files.ts'
import { startEmbedded } from './embedded.ts'
import { findPostmaster } from './embedded-processes.ts'

const SEGMENT = /^[0-9A-F]{24}$/

/** Segments are ordered by their place in the log, whatever timeline they are on. */
export const placeOf = (segment: string) => segment.slice(8, 24)

/** Copies the segments from `first` to `last` and the histories of timelines. */
export async function copySegments(from: string, to: string, first: string, last?: string): Promise<Copied[]> {
  const copied: Copied[] = []
  const present = await readdir(to).catch(() => [] as string[])
  for (const name of await readdir(from).catch(() => [] as string[])) {
    const within = placeOf(name) >= placeOf(first) && (!last || placeOf(name) <= placeOf(last))
    const wanted = name.endsWith('.history') || (SEGMENT.test(name) && within)
    if (!wanted || present.includes(name)) continue
    copied.push({ path: name, ...(await copyFile(join(from, name), join(to, name))) })
  }
  return copied
}

/**
 * Gathers what a DATA_DIR that is still there has logged since the backup: its archive, and the last segments that
 * had not reached the archive. A running database is asked to finish its segment first.
 */
export async function gatherLog(dataDir: string, system: string, first: string, to: string): Promise<void> {
  const data = join(dataDir, 'postgres')
  if ((await systemOf(data)) !== system) return
  if (findPostmaster(data)) await finishSegment(dataDir)
  await copySegments(join(dataDir, 'wal'), to, first)
  await copySegments(join(data, 'pg_wal'), to, first)
}

/** The number that tells this database from every other, as the first eight bytes of its control file. */
async function systemOf(data: string): Promise<string | undefined> {
  const file = await open(join(data, 'global', 'pg_control')).catch(() => undefined)
  if (!file) return undefined
  const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0)
  await file.close()
  return buffer.readBigUInt64LE().toString()
}

/** Closes the current segment, behind a commit that bears the present time, and waits until it is archived. */
async function finishSegment(dataDir: string): Promise<void> {
  const server = await startEmbedded({ dataDir })
  const client = new pg.Client({ connectionString: server.adminUrl })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_current_xact_id()')
    const { rows } = await client.query<{ segment: string }>('select pg_walfile_name(pg_switch_wal()) as segment')
    for (let tries = 0; tries < 300; tries += 1) {
      const archived = await client.query<{ segment: string | null }>(
        'select last_archived_wal as segment from pg_stat_archiver',
      )
      if ((archived.rows[0]?.segment ?? '') >= (rows[0]?.segment ?? '')) return
      await sleep(100)
    }
    throw new Error('正在运行的数据库 30 秒内没有归档完日志：请检查磁盘空间后再试')
  } finally {
    await client.end()
    await server.stop()
  }
}
