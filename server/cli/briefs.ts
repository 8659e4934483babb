import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { SingleBar } from 'cli-progress'
import type pg from 'pg'
import { type Audience, audiences } from '../../shared/briefs/api.ts'
import type { District } from '../../shared/places/api.ts'
import { bundle, type Workshop } from '../briefs/bundle.ts'
import { createComposer } from '../briefs/composer.ts'
import { fitForFile } from '../briefs/names.ts'
import { forDistrict, onPool } from '../db/database.ts'
import { type Entry, zip } from '../documents/archive.ts'
import { createRenderer } from '../documents/renderer.ts'
import { wholeDistrict } from '../people/reach.ts'
import { sites } from '../places/queries.ts'
import { chosenDistricts, codesOf } from './chosen-districts.ts'
import { onDatabase } from './on-database.ts'

const usage = '用法：npm run briefs -- --out ./briefs [--district 区县代码] [--audience staff|public]\n'

interface Wish {
  out: string
  district?: string
  audience: Audience
}

function read(args: string[]): Wish | undefined {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ args, options: { out: text, district: text, audience: text } })
    const audience = audiences.find((one) => one === (values.audience ?? 'staff'))
    if (!audience || !values.out) return undefined
    return { out: resolve(values.out), audience, district: values.district?.toUpperCase() }
  } catch {
    return undefined
  }
}

/** The district that is meant. @throws {Error} in Chinese where none is, or several could be. */
async function chosen(workshop: Workshop, code: string | undefined): Promise<District> {
  const found = await chosenDistricts(workshop.db, code)
  if (found.length > 1) throw new Error(`有多个区县（${codesOf(found)}），请用 --district 指明一个。`)
  return found[0]!
}

/** Composes and writes all briefs of the district; returns how many files there are. */
async function write(workshop: Workshop, district: District, { out, audience }: Wish): Promise<number> {
  const at = new Date()
  const perSite = 3
  const total = (await sites(forDistrict(workshop.db, district.id), district.id)).length * perSite + 1
  const progress = startProgress(total)
  let files = 0
  async function* kept(entries: AsyncIterable<Entry>): AsyncGenerator<Entry> {
    for await (const entry of entries) {
      await mkdir(dirname(join(out, entry.name)), { recursive: true })
      await writeFile(join(out, entry.name), entry.data)
      files += 1
      progress.step(entry.name)
      yield entry
    }
  }
  const name = `一社一案-${fitForFile(district.name)}${audience === 'public' ? '-公开版' : ''}.zip`
  try {
    await mkdir(out, { recursive: true })
    const look = { district, actor: 'system', action: 'briefs:compose', from: null }
    const entries = bundle(workshop, district, { audience, anew: true, at, reach: wholeDistrict, look })
    await pipeline(zip(kept(entries), { modified: at }), createWriteStream(join(out, name)))
  } finally {
    progress.stop()
  }
  return (files - 1) / perSite
}

/** A bar on a terminal, otherwise a line for each file. */
function startProgress(total: number): { step(name: string): void; stop(): void } {
  if (!process.stdout.isTTY) {
    let done = 0
    return {
      step: (name) => process.stdout.write(`（${++done}/${total}）${name}\n`),
      stop: () => undefined,
    }
  }
  const bar = new SingleBar({ format: '正在编制一社一案 {bar} {value}/{total} 个文件', barsize: 30, hideCursor: true })
  bar.start(total, 0)
  return { step: () => bar.increment(), stop: () => bar.stop() }
}

async function work(pool: pg.Pool, wish: Wish): Promise<void> {
  const workshop = { db: onPool(pool), composer: createComposer(), renderer: createRenderer() }
  const began = performance.now()
  try {
    const district = await chosen(workshop, wish.district)
    const briefs = await write(workshop, district, wish)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const what = `${briefs} 份一社一案（DOCX、PDF、XLSX 各一）`
    process.stdout.write(`${district.name}：已编制 ${what}，连同压缩包存入 ${wish.out}，用时 ${seconds} 秒。\n`)
  } finally {
    await Promise.all([workshop.composer.close(), workshop.renderer.close()])
  }
}

const wish = read(process.argv.slice(2))
if (wish) await onDatabase(4, (pool) => work(pool, wish))
else {
  process.stderr.write(usage)
  process.exitCode = 2
}
