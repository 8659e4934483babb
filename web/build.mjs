import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Runs before every start: the pages are built when a source is newer than what was built last, so that a second start does not wait.
const here = fileURLToPath(new URL('.', import.meta.url))
const sources = [here, join(here, '../shared'), join(here, '../package-lock.json')]

function newest(path) {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry) return 0
  if (!entry.isDirectory()) return entry.mtimeMs
  const inside = readdirSync(path).filter((name) => name !== 'dist')
  return Math.max(0, ...inside.map((name) => newest(join(path, name))))
}

const built = statSync(join(here, 'dist/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
if (Math.max(...sources.map(newest)) > built) {
  const { build } = await import('vite')
  await build({ configFile: join(here, 'vite.config.ts') })
}
