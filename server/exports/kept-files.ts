import type { ReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { diskAt } from '../platform/disk.ts'

/** Files of exports on the local disk, for as long as they are kept. */
export interface KeptFiles {
  /** The file is there when `work` is done, and nothing of it is where that failed. */
  write<T>(districtId: number, id: string, work: (file: FileHandle) => Promise<T>): Promise<T & { bytes: number }>
  /** Undefined where there is none. */
  read(districtId: number, id: string): Promise<ReadStream | undefined>
  remove(districtId: number, id: string): Promise<void>
  /** Removes what a process left half-written that died. */
  removeUnfinished(districtId: number, id: string): Promise<void>
  /** Removes what is older, whatever the database says. */
  sweep(before: Date): Promise<void>
}

export function keptFiles(folder: string): KeptFiles {
  const disk = diskAt(folder)
  const remove = (districtId: number, id: string) => disk.remove(districtId, id)
  const unfinishedAt = (districtId: number, id: string) => `${disk.pathOf(districtId, id)}.new`
  return {
    remove,
    removeUnfinished: (districtId, id) => rm(unfinishedAt(districtId, id), { force: true }),
    async write(districtId, id, work) {
      const path = disk.pathOf(districtId, id)
      const unfinished = unfinishedAt(districtId, id)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const file = await open(unfinished, 'w', 0o600)
      try {
        const made = await work(file)
        const { size: bytes } = await file.stat()
        await file.close()
        await rename(unfinished, path)
        return { ...made, bytes }
      } catch (error) {
        await file.close().catch(() => undefined)
        await rm(unfinished, { force: true })
        throw error
      }
    },
    async read(districtId, id) {
      const file = await open(disk.pathOf(districtId, id)).catch(() => undefined)
      return file?.createReadStream()
    },
    async sweep(before) {
      for await (const { districtId, ids } of disk.olderThan(before)) for (const id of ids) await remove(districtId, id)
    },
  }
}
