import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { note, report } from './measure.ts'

const bench = 'start'
const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * How long `npm start` takes until the house says that it is ready. `--demo` begins with an empty folder and lets the
 * first start fill it with the demo district; DATA_DIR measures a folder that has been filled already.
 */
async function main(): Promise<void> {
  const given = process.env.DATA_DIR
  const dataDir = given ? resolve(given) : mkdtempSync(join(tmpdir(), 'yixu-bench-start-'))
  const demo = process.argv.includes('--demo') || existsSync(join(dataDir, 'demo-is-in'))
  const seed = demo ? 'demo' : 'none'
  const figure = { bench, unit: 's', better: 'lower' as const }
  try {
    const first = await startAndStop(dataDir, seed)
    if (given) note({ ...figure, figure: 'start', value: first })
    else if (demo) report({ ...figure, figure: 'first_start', value: first, limit: 60 })
    else note({ ...figure, figure: 'first_start_without_demo', value: first })
    report({ ...figure, figure: 'second_start', value: await startAndStop(dataDir, seed), limit: 4 })
  } finally {
    if (!given) rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Seconds from the command to the line that says where to look. */
async function startAndStop(dataDir: string, seed: string): Promise<number> {
  const begun = performance.now()
  const env = { ...process.env, DATA_DIR: dataDir, SEED: seed, PORT: '0', DATABASE_URL: '', LOG_LEVEL: 'warn' }
  // A group of its own: npm and the shell between do not pass signals on reliably.
  const child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  try {
    await saidReady(child, ended)
    return (performance.now() - begun) / 1_000
  } finally {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGTERM')
    await ended
  }
}

function saidReady(child: ChildProcess, ended: Promise<void>): Promise<void> {
  return new Promise((ready, failed) => {
    let said = ''
    ended.then(() => failed(new Error(`npm start ended before it was ready:\n${said}`)))
    child.stdout?.on('data', (chunk) => {
      said += String(chunk)
      if (/已就绪.*http:\/\//.test(said)) ready()
    })
  })
}

await main()
