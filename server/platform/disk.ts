import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Content of files, by district and id. */
export interface Disk {
  pathOf(districtId: number, id: string): string
  /** Whole and flushed, or not at all. */
  write(districtId: number, id: string, content: Buffer): Promise<void>
  remove(districtId: number, id: string): Promise<void>
  /** What has lain there since before, some at a time. */
  olderThan(before: Date): AsyncGenerator<{ districtId: number; ids: string[] }>
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function diskAt(root: string): Disk {
  const folderOf = (districtId: number, id: string) => join(root, String(districtId), id.slice(0, 2))
  const pathOf = (districtId: number, id: string) => {
    if (!Number.isInteger(districtId) || !ID.test(id)) throw new Error('no file can have this name')
    return join(folderOf(districtId, id), id)
  }
  return {
    pathOf,
    async write(districtId, id, content) {
      const path = pathOf(districtId, id)
      await mkdir(folderOf(districtId, id), { recursive: true, mode: 0o700 })
      const file = await open(`${path}.new`, 'wx', 0o600)
      try {
        await file.writeFile(content)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.new`, path)
    },
    remove: (districtId, id) => rm(pathOf(districtId, id), { force: true }),
    async *olderThan(before) {
      for (const district of await entries(root)) {
        for (const folder of await entries(join(root, district))) {
          const ids = await oldOnes(join(root, district, folder), before)
          if (ids.length > 0) yield { districtId: Number(district), ids }
        }
      }
    },
  }
}

/** A folder of one's own for what is still coming in. Whoever takes it removes it; what a crash left behind goes with the next sweep. */
export function scratchAt(root: string): { take(): Promise<string>; sweep(before: Date): Promise<void> } {
  return {
    async take() {
      await mkdir(root, { recursive: true, mode: 0o700 })
      return await mkdtemp(join(root, 'in-'))
    },
    async sweep(before) {
      for (const name of await entries(root)) {
        const made = await stat(join(root, name)).catch(() => undefined)
        if (made && made.mtime < before) await rm(join(root, name), { recursive: true, force: true })
      }
    },
  }
}

async function entries(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}

/** Half-written ones are nobody's: they are removed on the way. */
async function oldOnes(folder: string, before: Date): Promise<string[]> {
  const ids: string[] = []
  for (const name of await entries(folder)) {
    const made = await stat(join(folder, name)).catch(() => undefined)
    if (!made || made.mtime >= before) continue
    if (ID.test(name)) ids.push(name)
    else if (name.endsWith('.new')) await rm(join(folder, name), { force: true })
  }
  return ids
}
