import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const benches = [
  'ingest',
  'admit',
  'demand',
  'briefs',
  'campaigns',
  'deliberation',
  'wishes',
  'people',
  'start',
  'phone',
]

/** Every benchmark, one after the other so that none disturbs another; what follows on the command line is handed to each. */
for (const bench of benches) {
  const script = fileURLToPath(new URL(`./${bench}.ts`, import.meta.url))
  const args = ['--import', 'tsx', script, ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  const code = await new Promise<number | null>((ended) => child.once('exit', ended))
  if (code !== 0) process.exitCode = 1
}
