import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

// Runs before every start: the pages are built when a source is newer than what was built last, so that a second start does not wait.
const here = fileURLToPath(new URL('.', import.meta.url))
const dist = join(here, 'dist')
const sources = [here, join(here, '../shared'), join(here, '../package-lock.json')]

function newest(path) {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry) return 0
  if (!entry.isDirectory()) return entry.mtimeMs
  const inside = readdirSync(path).filter((name) => name !== 'dist')
  return Math.max(0, ...inside.map((name) => newest(join(path, name))))
}

/** Everything that is text, once and for all as small as it gets: phones are sent the brotli file. */
function compress(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!/\.(js|css|html|svg|json)$/.test(name)) continue
    const text = readFileSync(join(folder, name))
    if (text.length < 700) continue
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length }
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(text, { params }))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(text, { level: 9 }))
  }
}

/** A server that is running goes on with the old pages until the new ones are complete. */
function takePlace(made) {
  const old = `${made}-old`
  rmSync(old, { recursive: true, force: true })
  if (statSync(dist, { throwIfNoEntry: false })) renameSync(dist, old)
  renameSync(made, dist)
  rmSync(old, { recursive: true, force: true })
}

const built = statSync(join(dist, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
if (Math.max(...sources.map(newest)) > built) {
  // A source that is saved while this runs is newer than the pages.
  const began = new Date()
  const made = join(here, `../.scratch/pages-${process.pid}`)
  // Whatever starts the build (a test run says “test”), what is built is what residents get.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ configFile: join(here, 'vite.config.ts'), build: { outDir: made } })
  compress(made)
  utimesSync(join(made, 'index.html'), began, began)
  takePlace(made)
}
