import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { type MicrodataFormat, underWay } from '../../shared/exports/api.ts'
import { problems } from '../../shared/exports/words.ts'
import type { District } from '../../shared/places/api.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { districts } from '../places/queries.ts'
import { audit } from '../platform/audit.ts'
import { addJob, type Payload } from '../platform/jobs.ts'
import { standingProcess } from '../platform/process.ts'
import { type Figures, makeFigures } from './figures.ts'
import { type KeptFiles, keptFiles } from './kept-files.ts'
import { addExport, changeExport, exportById, type NewExport, removeExpired, type StoredExport } from './queries.ts'
import type { Ground, Order, Written } from './write-worker.ts'

export interface ExporterOptions {
  dataDir: string
  figures: Figures
}

/** Makes files one after the other, in a process of its own, and keeps them for a day. */
export interface Exporter {
  files: KeptFiles
  /** Asks for one in the transaction of whoever wants it. */
  add(db: Db, districtId: number, wanted: NewExport): Promise<void>
  /** Stops it where it is under way and removes its file. */
  cancel(db: Db, districtId: number, id: string): Promise<void>
}

const MAKE = 'make-export'
const OVER = 'end-export'
const HOUR_MS = 3_600_000
const IDLE_MS = 30_000
/** What the database does not speak of any more; a running one is younger. */
const STALE_MS = 30 * HOUR_MS

export function openExporter(app: FastifyInstance, { dataDir, figures }: ExporterOptions): Exporter {
  const folder = join(dataDir, 'exports')
  const files = keptFiles(folder)
  const writer = standingProcess<Order>({
    script: new URL('./write-process.mjs', import.meta.url),
    data: { databaseUrl: app.pg.pool.options.connectionString!, folder } satisfies Ground,
    maxOldGenerationSizeMb: 96,
    idleMs: IDLE_MS,
    log: app.log,
  })
  let stopping = false
  app.addHook('preClose', async () => {
    stopping = true
    await writer.stop()
  })

  async function written(district: District, wanted: StoredExport): Promise<Written> {
    const { id, survey, format, excluded, createdAt } = wanted
    if (format === 'geojson')
      return await makeFigures(forDistrict(app.db, district.id), figures, files, district, wanted)
    const order = { id, survey, format: format as MicrodataFormat, excluded, district, at: createdAt.toISOString() }
    return JSON.parse(await writer.ask(order)) as Written
  }

  async function make({ districtId, id }: Payload): Promise<void> {
    const own = forDistrict(app.db, districtId)
    const key = String(id)
    const begun = await changeExport(own, districtId, key, underWay, { status: 'running', rowsDone: 0 })
    // It was cancelled after the process that made it had died.
    if (!begun) return await files.removeUnfinished(districtId, key)
    const wanted = await exportById(own, districtId, key)
    const district = (await districts(app.db)).find((one) => one.id === districtId)
    if (!wanted || !district) return
    try {
      await finish(own, district, wanted, await written(district, wanted))
    } catch (error) {
      // Whoever takes the job up after the restart begins anew.
      if (stopping) throw error
      const { code = 'failed', name } = error as { code?: string; name: string }
      if (code === 'cancelled') return
      if (!(code in problems)) app.log.error({ code, name }, 'an export failed')
      await changeExport(own, districtId, key, ['running'], {
        status: 'failed',
        problem: code in problems ? code : 'failed',
      })
    }
  }

  /** A file that was cancelled while its last rows were written goes as well. */
  async function finish(db: Db, district: District, wanted: StoredExport, made: Written): Promise<void> {
    const { id, survey, format, madeBy } = wanted
    const { rows, sha256 } = made
    const isWanted = await db.transaction().execute(async (one) => {
      const change = { ...made, status: 'done' as const, rowsDone: rows, rowsTotal: rows, rows: undefined }
      if (!(await changeExport(one, district.id, id, ['running'], change))) return false
      const look = { district, actor: madeBy, action: 'export:made', subject: `export:${id}`, from: null }
      await audit(one, { ...look, after: { survey, format, rows, sha256 } }, new Date())
      return true
    })
    if (!isWanted) await files.remove(district.id, id)
  }

  async function removeOver(districtId: number, now: Date): Promise<void> {
    const over = await removeExpired(forDistrict(app.db, districtId), districtId, now)
    for (const id of over) await files.remove(districtId, id)
  }

  app.jobs.work(MAKE, make)
  app.jobs.work(OVER, ({ districtId }) => removeOver(districtId, new Date()))
  app.jobs.everyDay('sweep-exports', '03:30', async () => {
    const now = new Date()
    for (const { id } of await districts(app.db)) await removeOver(id, now)
    await files.sweep(new Date(now.getTime() - STALE_MS))
  })

  return {
    files,
    async add(db, districtId, wanted) {
      await addExport(db, districtId, wanted)
      await addJob(db, MAKE, { districtId, id: wanted.id }, { queue: 'exports', maxAttempts: 5 })
      await addJob(db, OVER, { districtId }, { runAt: wanted.expiresAt })
    },
    async cancel(db, districtId, id) {
      await changeExport(db, districtId, id, [...underWay, 'done'], { status: 'cancelled' })
      await files.remove(districtId, id)
    },
  }
}
