import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../server/db/embedded.ts'
import { shutDown } from '../../server/db/embedded-cluster.ts'
import { findPostmaster } from '../../server/db/embedded-processes.ts'
import { countUsers } from '../../server/db/embedded-turns.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    database: TestServer
  }
}

/** The database server of one test run, with a migrated template to copy. */
export interface TestServer {
  adminUrl: string
  /** The owner of the schema, and the application; the name of the database is to be replaced. */
  url: string
  appUrl: string
  template: string
  /** Why the template could not be migrated; tests that need no database run all the same. */
  failure?: string
}

const PREFIX = 'yixu-test-'
const TEMPLATE = 'yixu_template'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAbandoned()
  // Tests of commands and of a killed server run what `npm start` runs.
  execFileSync(process.execPath, [fileURLToPath(new URL('../../server/build.mjs', import.meta.url))], {
    stdio: 'inherit',
  })
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX))
  const server = await startEmbedded({ dataDir, durable: false })
  const failure = await prepareTemplate(server.adminUrl, server.url)
  if (failure) console.error('数据库模板没有建成，需要数据库的测试会失败：', failure)
  project.provide('database', {
    adminUrl: server.adminUrl,
    url: server.url,
    appUrl: server.appUrl,
    template: TEMPLATE,
    failure,
  })
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function prepareTemplate(adminUrl: string, ownerUrl: string): Promise<string | undefined> {
  const admin = new pg.Client(adminUrl)
  await admin.connect()
  await admin.query(`create database ${TEMPLATE} owner yixu`)
  await admin.end()
  try {
    const { migrate } = await import('../../server/db/migrate.ts')
    const { admitApplication } = await import('../../server/db/application.ts')
    const owner = Object.assign(new URL(ownerUrl), { pathname: `/${TEMPLATE}` }).href
    await migrate(owner)
    await admitApplication(owner)
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

/** A run that was killed leaves its server behind: the next run sends it home. */
async function clearAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX))
  for (const dataDir of names.map((name) => join(tmpdir(), name))) {
    const left = findPostmaster(join(dataDir, 'postgres'))
    if (!left || (await countUsers(join(dataDir, 'run'))) > 0) continue
    await shutDown(left, 'immediate')
    await rm(dataDir, { recursive: true, force: true })
  }
}
