import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type Db, forDistrict } from '../db/database.ts'
import { type Head, lastEntry } from './audit.ts'
import { chinaDay } from './china-time.ts'

/** The head of a district's chain as it was noted outside the database. */
export interface NotedHead extends Head {
  /** Line of the file, from 1 on. */
  line: number
  at: Date
}

export const headsFile = (dataDir: string, code: string): string => join(dataDir, 'audit', `${code}.log`)

const LINE = /^(\S+Z) ([1-9][0-9]*) ([0-9a-f]{64})$/

/** What was noted so far, oldest first; lines that are none are told by their number. */
export async function readHeads(dataDir: string, code: string): Promise<{ heads: NotedHead[]; unreadable: number[] }> {
  const text = await readFile(headsFile(dataDir, code), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  const heads: NotedHead[] = []
  const unreadable: number[] = []
  for (const [at, line] of text.split('\n').entries()) {
    const parts = line.match(LINE)
    if (parts)
      heads.push({ line: at + 1, at: new Date(parts[1]!), seq: Number(parts[2]), hash: Buffer.from(parts[3]!, 'hex') })
    else if (line !== '') unreadable.push(at + 1)
  }
  return { heads, unreadable }
}

/** Notes the head of each district's chain unless the newest line says the same, or, with `daily`, is of the same day. */
export async function noteHeads(db: Db, dataDir: string, at: Date, daily = false): Promise<void> {
  const districts = await db.selectFrom('districts').select(['id', 'code']).orderBy('id').execute()
  for (const { id, code } of districts) {
    const last = (await readHeads(dataDir, code)).heads.at(-1)
    if (daily && last && chinaDay(last.at) === chinaDay(at)) continue
    const head = await lastEntry(forDistrict(db, id), id)
    if (!head || (last?.seq === head.seq && last.hash.equals(head.hash))) continue
    await mkdir(join(dataDir, 'audit'), { recursive: true, mode: 0o700 })
    const line = `${at.toISOString()} ${head.seq} ${head.hash.toString('hex')}\n`
    await appendFile(headsFile(dataDir, code), line, { mode: 0o600, flush: true })
  }
}

/** China is eight hours ahead all year. */

const HOUR_MS = 3_600_000

/** Notes the heads when the server starts, once a day while it runs, and when it stops. */
export function keepHeads(app: FastifyInstance, dataDir: string): void {
  const note = (daily = false): Promise<void> =>
    noteHeads(app.db, dataDir, new Date(), daily).catch((error: NodeJS.ErrnoException) => {
      app.log.error({ code: error.code ?? error.name }, 'the head of the audit could not be noted outside the database')
    })
  let timer: NodeJS.Timeout | undefined
  app.addHook('onReady', async () => {
    await note()
    timer = setInterval(() => note(true), HOUR_MS).unref()
  })
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await note()
  })
}
