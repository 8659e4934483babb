import { createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { bundle, type Workshop } from '../../server/briefs/bundle.ts'
import { createComposer } from '../../server/briefs/composer.ts'
import { onPool, openPool } from '../../server/db/database.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { type Entry, zip } from '../../server/documents/archive.ts'
import { createRenderer } from '../../server/documents/renderer.ts'
import { wholeDistrict } from '../../server/people/reach.ts'
import { districtByCode } from '../../server/places/queries.ts'
import { type LoopHold, watchLoop } from './loop-hold.ts'
import { note, report } from './measure.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const BRIEFS = 36
const FILES = 3 * BRIEFS + 1

/** The demo district of a folder that has been seeded already, or of a new one that a server of its own fills over HTTP. */
async function main(): Promise<void> {
  const given = process.env.DATA_DIR
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'yixu-bench-briefs-')))
  if (given && !existsSync(given)) throw new Error(`没有数据目录 ${given}。`)
  const server = given ? undefined : await seeded(dataDir)
  try {
    await measure(dataDir)
  } finally {
    await server?.stop()
    if (!given) await rm(dataDir, { recursive: true, force: true })
  }
}

function seeded(dataDir: string): Promise<ServerProcess> {
  const environment = { DATA_DIR: dataDir, DATABASE_URL: '', PORT: '0', SEED: 'demo', LOG_LEVEL: 'warn' }
  return startProcess({ script: 'server/main.ts', environment })
}

/** All briefs composed anew, made into files and packed, as `npm run briefs` does it; the threads' memory is the process's. */
async function measure(dataDir: string): Promise<void> {
  const embedded = await startEmbedded({ dataDir })
  const pool = openPool({ connectionString: embedded.appUrl, max: 4 })
  const workshop: Workshop = { db: onPool(pool), composer: createComposer(), renderer: createRenderer() }
  try {
    const district = await districtByCode(workshop.db, 'YX')
    if (!district) throw new Error('数据目录里没有演示区 YX，请先用 npm start 装入演示数据。')
    const loop = watchLoop()
    const began = performance.now()
    let files = 0
    async function* counted(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
      for await (const entry of entries) {
        files += 1
        yield entry
      }
    }
    const look = { district, actor: 'system', action: 'briefs:compose', from: null }
    const at = new Date()
    const entries = bundle(workshop, district, { audience: 'staff', anew: true, at, reach: wholeDistrict, look })
    await pipeline(zip(counted(entries)), createWriteStream(join(dataDir, 'briefs.zip')))
    loop.stop()
    tell((performance.now() - began) / 1_000, loop, files)
  } finally {
    await Promise.all([workshop.composer.close(), workshop.renderer.close()])
    await pool.end()
    await embedded.stop()
  }
}

function tell(seconds: number, loop: LoopHold, files: number): void {
  const bench = 'briefs'
  report({ bench, figure: 'lost', value: FILES - files, unit: 'files', limit: 0, better: 'lower' })
  report({ bench, figure: 'seconds', value: seconds, unit: 's', limit: 30, better: 'lower' })
  const peakMb = process.resourceUsage().maxRSS / 1024
  report({ bench, figure: 'peak_memory', value: peakMb, unit: 'MB', limit: 500, better: 'lower' })
  report({ bench, figure: 'longest_hold', value: loop.ownMs(), unit: 'ms', limit: 50, better: 'lower' })
  note({ bench, figure: 'longest_hold_with_others', value: loop.wallMs(), unit: 'ms', better: 'lower' })
}

await main()
