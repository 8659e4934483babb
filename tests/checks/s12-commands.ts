import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Size } from './check.ts'
import type { House } from './house.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const commands = [['audit', '--verify'], ['tallies', '--check'], ['doctor'], ['tallies', '--nonsense']]
/** Waits half a minute for every process to have the new key. */
const slow = [['rotate-key']]

/** All that the commands say beside a server that runs. */
export async function commandsOf(house: House, size: Size): Promise<string> {
  const said: string[] = []
  for (const [name, ...args] of size === 'full' ? [...commands, ...slow] : commands)
    said.push(await run(house, name as string, args))
  return said.join('\n')
}

function run(house: House, name: string, args: string[]): Promise<string> {
  const settings = { DATABASE_URL: '', DATA_DIR: house.dataDir, STAFF_KEY: house.key, LOG_LEVEL: 'debug' }
  const env = { ...process.env, ...settings }
  return new Promise((resolve) => {
    execFile(process.execPath, [`dist/server/cli/${name}.js`, ...args], { cwd: root, env }, (_error, out, err) =>
      resolve(`${out}${err}`),
    )
  })
}
