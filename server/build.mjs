import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Runs before every start: the server as plain JavaScript, so that no loader stays in memory and threads start at once.
// File by file rather than in one bundle: what stands beside a file (migrations, templates, threads) is found where it was.
const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const rooms = ['server', 'shared', 'migrations']

const files = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length)),
)
const newest = Math.max(...[...files, 'package-lock.json'].map((file) => statSync(join(root, file)).mtimeMs))
const stamp = (folder) => join(folder, 'built')
const built = statSync(stamp(dist), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Names of our own modules end in .js now, JSON is a module, and a thread needs no loader. */
function rename(text) {
  return text
    .replace(/(["'])(\.{1,2}\/[^"'\n]+)\.ts\1/g, '$1$2.js$1')
    .replace(/(["'])(\.{1,2}\/[^"'\n]+\.json)\1 with \{ ?type: ?["']json["'] ?\}/g, '$1$2.js$1')
}

function thread(text) {
  return rename(text)
    .replace(/^import .*'tsx\/esm\/api'\n/m, '')
    .replace(/^register\(\)\n/m, '')
}

async function make(folder) {
  const { build } = await import('esbuild')
  const sources = files.filter((file) => file.endsWith('.ts'))
  await build({
    absWorkingDir: root,
    entryPoints: sources,
    outdir: folder,
    outbase: '.',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
  })
  for (const file of sources) {
    const path = join(folder, file.replace(/\.ts$/, '.js'))
    writeFileSync(path, rename(readFileSync(path, 'utf8')))
  }
  for (const file of files.filter((name) => !/\.ts$/.test(name))) {
    const from = join(root, file)
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    if (file.endsWith('.json'))
      writeFileSync(join(folder, `${file}.js`), `export default ${readFileSync(from, 'utf8')}`)
    else if (file.endsWith('.mjs')) writeFileSync(join(folder, file), thread(readFileSync(from, 'utf8')))
    else cpSync(from, join(folder, file))
  }
  symlinkSync('../web', join(folder, 'web'))
}

if (newest > built) {
  // A source that is saved while this runs is newer than what is made of it.
  const began = new Date()
  const made = join(root, `.scratch/server-${process.pid}`)
  await make(made)
  writeFileSync(stamp(made), '')
  utimesSync(stamp(made), began, began)
  const old = `${made}-old`
  if (statSync(dist, { throwIfNoEntry: false })) renameSync(dist, old)
  renameSync(made, dist)
  rmSync(old, { recursive: true, force: true })
}
