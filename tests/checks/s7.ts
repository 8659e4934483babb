import { existsSync, readdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { atLeast, type Check, judge, none, within } from './check.ts'
import { harmless, hostileFiles, PLANTED, tooLarge } from './hostile-files.ts'
import { plainPhoto } from './hostile-photos.ts'
import type { House } from './house.ts'
import { type Uploaded, upload } from './imports.ts'
import { photoCases, photoWish } from './s7-photos.ts'

const TABLES = ['subdistricts', 'communities', 'blocks', 'compounds', 'facilities', 'sites', 'place_versions']

/** Uploads that are not what they say, or far more: each is refused by name, soon, and leaves nothing behind. */
export const s7: Check = async (house, size) => {
  const seen: string[] = []
  const first = await upload(house, 'blocks', harmless())
  const startMb = house.residentMb()
  const watch = memoryOf(house)
  let slowestMs = 0
  let kept = 0
  const tried = async (what: string, now: () => Promise<string>, sent: () => Promise<Uploaded>) => {
    const before = await now()
    const { status, body, ms } = await sent()
    slowestMs = Math.max(slowestMs, ms)
    if (!isRefusal(status, body)) seen.push(`${what}: ${status} ${body.slice(0, 200)}`)
    if (/^[35]0 MB$/.test(what) && status !== 413) seen.push(`${what}: ${status} ${body.slice(0, 200)}`)
    if (ms > 2_000) seen.push(`${what}: ${Math.round(ms)} ms`)
    if ((await now()) !== before) kept += 1
  }
  const name = `../../../../tmp/${PLANTED}.xlsx`
  for (const [what, make] of [...hostileFiles, ['50 MB', tooLarge] as const]) {
    const file = make()
    await tried(
      what,
      () => stored(house),
      () => upload(house, 'blocks', file, { name }),
    )
  }
  const wish = await photoWish(house)
  for (const [what, make] of photoCases) {
    const photo = await make()
    await tried(what, wish.stored, () => wish.send(photo))
  }
  const photo = await wish.send(await plainPhoto())
  const mostMb = watch.stop()
  const template = await fetch(new URL('/api/districts/YX/imports/blocks/template', house.url))
  const served = [template.headers, await wish.headersOf(JSON.parse(photo.body).photo)]
  const again = await upload(house, 'blocks', harmless())
  const figures = [
    atLeast('harmless_taken_in', [first, again, photo].filter(({ status }) => status < 300).length, 3),
    atLeast('files', hostileFiles.length + 1 + photoCases.length, 53),
    none('not_refused_by_name', seen.filter((one) => !one.endsWith(' ms')).length),
    none('stored_something', kept),
    none('files_planted', planted(house).length),
    none('served_unsafely', served.filter((headers) => !isSafeDownload(headers)).length),
    within('slowest', slowestMs, 2_000),
    within('memory_growth', mostMb - startMb, 150, 'MB'),
  ]
  return judge('S7', size, figures, [...seen, ...planted(house)])
}

/** 4xx with a code and words, or a report of the rows that are wrong. */
function isRefusal(status: number, body: string): boolean {
  if (status < 400 || status >= 500) return false
  const { code, message, wrong } = JSON.parse(body) as { code?: string; message?: string; wrong?: unknown[] }
  return wrong ? wrong.length > 0 : /^[a-z_]+$/.test(code ?? '') && /\p{Script=Han}/u.test(message ?? '')
}

function memoryOf(house: House): { stop(): number } {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, house.residentMb())
  }, 20)
  return {
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}

function stored(house: House): Promise<string> {
  return house.inDatabase(async (pool) => {
    const all = TABLES.map((table) =>
      pool.query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM ${table} t`),
    )
    return JSON.stringify((await Promise.all(all)).map(({ rows }) => rows))
  })
}

/** What an archive or a file name has managed to write outside of the database. */
function planted(house: House): string[] {
  const places = [
    '/',
    process.cwd(),
    dirname(process.cwd()),
    tmpdir(),
    homedir(),
    house.dataDir,
    dirname(house.dataDir),
  ]
  const names = places.filter((place) => existsSync(place)).flatMap((place) => readdirSync(place))
  return names.filter((name) => name.includes(PLANTED))
}

function isSafeDownload(headers: Headers): boolean {
  const asFile = headers.get('content-disposition')?.startsWith('attachment') ?? false
  return asFile && headers.get('x-content-type-options') === 'nosniff'
}
