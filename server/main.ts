import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import type { FastifyInstance } from 'fastify'
import { buildApp } from './app.ts'
import { admitApplication, applicationUrl } from './db/application.ts'
import { distribute } from './db/distribute.ts'
import { type Embedded, startEmbedded } from './db/embedded.ts'
import { failureInWords } from './db/failure-words.ts'
import { migrate } from './db/migrate.ts'
import { readSettings, type Settings, withKey } from './settings.ts'

// After a collection the heap may grow by two fifths before the next one, and not to twice what is in use: while answers pour in
// that saves 45 MB and costs a collection of some 15 ms every 10,000 answers.
setFlagsFromString('--heap-growing-percent=40')
// What lives as long as a commit outlives the first, small collections after a quiet hour; V8 would then make its like among the
// old objects for good, where each keeps its answer until the next full collection: 5 kB of every answer instead of 1.
setFlagsFromString('--no-allocation-site-pretenuring')

/** Starts everything: database, migrations, server, and the demo district where it is asked for and not yet whole. */
async function main(): Promise<void> {
  const settings = withKey(readSettings(process.env))
  const embedded = settings.databaseUrl ? undefined : await startEmbedded({ dataDir: settings.dataDir })
  try {
    await serve(settings, embedded)
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

async function serve(settings: Settings, embedded: Embedded | undefined): Promise<void> {
  const ownerUrl = embedded?.url ?? (settings.databaseUrl as string)
  const appUrl = embedded?.appUrl ?? settings.appDatabaseUrl
  await migrate(ownerUrl)
  await distribute(ownerUrl)
  await admitApplication(ownerUrl, appUrl)
  const app = await buildApp({ ...settings, databaseUrl: await applicationUrl(ownerUrl, appUrl) })
  stopOnSignal(app, embedded)
  const address = await app.listen({ host: settings.host, port: settings.port })
  if (settings.seed === 'demo') await seed(address, settings)
  process.stdout.write(`以需已就绪：请用浏览器打开 ${address}\n`)
}

/** The generator is a client like any other: a process of its own that sends its answers over HTTP. Once it has finished, a file in the data directory says so. */
function seed(address: string, settings: Settings): Promise<void> {
  const finished = join(settings.dataDir, 'demo-is-in')
  if (existsSync(finished)) return Promise.resolve()
  const script = fileURLToPath(new URL('./cli/demo.ts', import.meta.url))
  const env = { ...process.env, STAFF_KEY: settings.staffKey }
  const child = spawn(process.execPath, [...process.execArgv, script, '--url', address], { stdio: 'inherit', env })
  return new Promise((done) => {
    child.on('exit', (code) => {
      if (code === 0) writeFileSync(finished, '')
      else process.stderr.write('演示数据没有装完，下次启动时会接着装。\n')
      done()
    })
  })
}

const STOP_LIMIT_MS = 15_000

/** Answers in flight are finished first, then the pool ends, then the database stops. */
function stopOnSignal(app: FastifyInstance, embedded: Embedded | undefined): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    // A service manager would kill what does not stop; then the database would be left to recover by itself.
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    await app.close()
    await embedded?.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureInWords(error)}\n`)
  process.exit(1)
})
