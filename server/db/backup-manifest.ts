import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Copied, measureFile } from './backup-files.ts'

/** What a backup says about itself; it is written last, so a directory without it is no backup. */
export interface Manifest {
  format: 1
  /** For example `18.4`. */
  postgresql: string
  /** Tells one database from every other. */
  system: string
  /** The DATA_DIR that was backed up. */
  dataDir: string
  startedAt: string
  finishedAt: string
  startSegment: string
  stopSegment: string
  files: Copied[]
}

export interface Backup {
  directory: string
  manifest: Manifest
}

const NAME = 'manifest.json'

export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  await writeFile(join(directory, NAME), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 })
}

async function readBackup(directory: string): Promise<Backup | undefined> {
  const text = await readFile(join(directory, NAME), 'utf8').catch(() => undefined)
  if (!text) return undefined
  const manifest = JSON.parse(text) as Manifest
  if (manifest.format !== 1) throw new Error(`备份 ${directory} 的格式本程序不认识，请换用新版程序`)
  return { directory, manifest }
}

/**
 * The backup in `from`, or the newest of the backups in it that ended before `to`.
 * @throws {Error} in Chinese when there is none
 */
export async function findBackup(from: string, to?: Date): Promise<Backup> {
  const inside = await readdir(from).catch(() => [] as string[])
  const places = [from, ...inside.map((name) => join(from, name))]
  const all = (await Promise.all(places.map(readBackup))).filter((each) => each !== undefined)
  if (all.length === 0) throw new Error(`在 ${from} 没有找到备份：请用 --from 指出备份所在的目录`)
  const usable = all.filter(({ manifest }) => !to || new Date(manifest.finishedAt) <= to)
  usable.sort((a, b) => a.manifest.finishedAt.localeCompare(b.manifest.finishedAt))
  const newest = usable.at(-1)
  if (newest) return newest
  const first = all.map(({ manifest }) => manifest.finishedAt).sort()[0]
  throw new Error(`备份都做于 ${to?.toISOString()} 之后，恢复不到这一时刻；最早可以恢复到 ${first}`)
}

/** @throws {Error} in Chinese naming the first file that is missing or changed */
export async function verifyBackup({ directory, manifest }: Backup): Promise<void> {
  for (const file of manifest.files) {
    const found = await measureFile(join(directory, file.path)).catch(() => undefined)
    if (found?.sha256 !== file.sha256 || found.bytes !== file.bytes) {
      throw new Error(`备份已损坏：文件 ${join(directory, file.path)} 缺失或与清单不符，请换用另一份备份`)
    }
  }
}

/** What a DATA_DIR remembers of the backups made of it. */
export interface Remembered {
  directory: string
  finishedAt: string
  startSegment: string
}

const memory = (dataDir: string) => join(dataDir, 'backups.json')

/** The backups made of this DATA_DIR, oldest first; those deleted since are left out. */
export async function rememberedBackups(dataDir: string): Promise<Remembered[]> {
  const text = await readFile(memory(dataDir), 'utf8').catch(() => '[]')
  const all = JSON.parse(text) as Remembered[]
  const kept = await Promise.all(all.map(mayStillExist))
  return all.filter((_, index) => kept[index])
}

export async function rememberBackup(dataDir: string, backup: Remembered): Promise<void> {
  const all = [...(await rememberedBackups(dataDir)), backup]
  await writeFile(memory(dataDir), JSON.stringify(all, null, 1), { mode: 0o600 })
}

/** A disk that is not plugged in today has not lost its backups: only one missing from a present directory has gone. */
async function mayStillExist({ directory }: Remembered): Promise<boolean> {
  const neighbours = await readdir(dirname(directory)).catch(() => undefined)
  return neighbours === undefined || neighbours.includes(basename(directory))
}
