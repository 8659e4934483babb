import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Db, forDistrict } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { attachment } from './attachment.ts'
import { type Disk, diskAt, scratchAt } from './disk.ts'
import { type FileKind, kindOf } from './file-kinds.ts'
import * as stored from './file-queries.ts'
import { addJob } from './jobs.ts'

declare module 'fastify' {
  interface FastifyInstance {
    files: Files
  }
}

export interface NewFile {
  districtId: number
  /** What it belongs to, as the room that keeps it names it: `wish:<id>`. */
  subject: string
  /** As its owner calls it; where it lies is never made of this. */
  name: string
  content: Buffer
  /** The kinds that are welcome here. */
  kinds: readonly FileKind[]
}

export type KeptFile = stored.StoredFile

/** Files that people hand in: on the local disk under names of our own, and known to the database. */
export interface Files {
  /** Keeps a file from when the transaction is committed. @throws {Refusal} wrongFile, where the content is none of the kinds */
  keep(db: Db, file: NewFile, at: Date): Promise<KeptFile>
  /** Lends a folder for what is still coming in; it is gone, with what lies in it, before this returns. */
  withScratch<T>(work: (folder: string) => Promise<T>): Promise<T>
  /**
   * Sends a file, always as a download, once `mayRead` has let it pass: it is given what the file belongs to and throws a refusal
   * of its own. @throws {Refusal} unknownFile
   */
  send(
    reply: FastifyReply,
    of: { districtId: number; id: string },
    mayRead: (file: KeptFile) => Promise<void>,
  ): Promise<FastifyReply>
  /** What belongs to a subject, or to any of several, the oldest first. */
  list(db: Db, districtId: number, ...subjects: string[]): Promise<KeptFile[]>
  /** Forgets one file of a subject, as `forget` does. Returns whether it was there. */
  remove(db: Db, of: { districtId: number; subject: string; id: string }): Promise<boolean>
  /** Forgets the files of a subject; their content goes right after the transaction is committed. */
  forget(db: Db, districtId: number, subject: string): Promise<void>
}

const WIPE = 'wipe-file'
/** What the database does not speak of may belong to a transaction that is still open, or to a database that is yet to be restored. */
const ORPHAN_MS = 7 * 86_400_000
/** No request takes so long. */
const SCRATCH_MS = 3_600_000

/** Registers `app.files`, under `files` of the data directory; what is still coming in lies under `incoming`. */
export function openFiles(app: FastifyInstance, dataDir: string): void {
  const disk = diskAt(join(dataDir, 'files'))
  app.jobs.work(WIPE, ({ districtId, id }) => disk.remove(districtId, String(id)))
  const scratch = scratchAt(join(dataDir, 'incoming'))
  app.jobs.everyDay('sweep-files', '03:20', async () => {
    await sweep(app.db, disk, new Date(Date.now() - ORPHAN_MS))
    await scratch.sweep(new Date(Date.now() - SCRATCH_MS))
  })
  app.decorate('files', {
    async keep(db, { content, kinds, name, ...owner }, at) {
      const kind = kindOf(content)
      if (!kind || !kinds.includes(kind)) throw refuse.wrongFile()
      const sha256 = createHash('sha256').update(content).digest()
      const described = { name: tidy(name), kind, sizeBytes: content.length, sha256, createdAt: at }
      const file = { ...owner, id: randomUUID(), ...described }
      await disk.write(file.districtId, file.id, content)
      await stored.addFile(db, file)
      return file
    },
    async withScratch(work) {
      const folder = await scratch.take()
      try {
        return await work(folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    async send(reply, { districtId, id }, mayRead) {
      const file = await stored.fileById(forDistrict(app.db, districtId), districtId, id)
      if (!file) throw refuse.unknownFile()
      await mayRead(file)
      reply.headers({
        'content-type': file.kind,
        'content-length': file.sizeBytes,
        'content-disposition': attachment(file.name, file.id),
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-store',
      })
      return reply.send(createReadStream(disk.pathOf(districtId, file.id)))
    },
    list: (db, districtId, ...subjects) => stored.filesOf(db, districtId, subjects),
    async remove(db, { districtId, subject, id }) {
      if (!(await stored.removeFile(db, districtId, subject, id))) return false
      await addJob(db, WIPE, { districtId, id })
      return true
    },
    async forget(db, districtId, subject) {
      for (const id of await stored.removeFiles(db, districtId, subject)) await addJob(db, WIPE, { districtId, id })
    },
  } satisfies Files)
}

/** A name without what could leave a folder, break a header or hide its ending. */
function tidy(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{C}\p{Zl}\p{Zp}"]/gu, '').trim()
  return [...clean].slice(0, 120).join('') || '附件'
}

/** Content whose transaction was never committed. */
async function sweep(db: Db, disk: Disk, before: Date): Promise<void> {
  for await (const { districtId, ids } of disk.olderThan(before)) {
    const known = await stored.knownFiles(forDistrict(db, districtId), districtId, ids)
    for (const id of ids) if (!known.has(id)) await disk.remove(districtId, id)
  }
}
