import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { QueryResult } from 'pg'
import { buildApp } from '../../server/app.ts'
import { queryIn } from '../../server/db/district.ts'
import type { Settings } from '../../server/settings.ts'
import { copyDatabase } from './database.ts'
import type { Ask } from './people.ts'

export const key = 'a-key-for-tests-only-0001'
/** Headers of a member of staff. */
export const staff = { authorization: `Bearer ${key}` }

export interface Running {
  app: FastifyInstance
  /** As the owner of the schema. */
  databaseUrl: string
  dataDir: string
  /** Asks the application's connections something about a district. */
  // biome-ignore lint/suspicious/noExplicitAny: the columns are the question's
  look(text: string, districtId?: number): Promise<QueryResult<any>>
  stop(): Promise<void>
}

/** Asks a server in this process as a browser would over the network. */
export const asking =
  (app: FastifyInstance): Ask =>
  async (method, url, { body, headers }) => {
    const reply = await app.inject({ method: method as 'POST', url, payload: body as object, headers })
    return { status: reply.statusCode, body: reply.json(), cookies: [reply.headers['set-cookie'] ?? []].flat() }
  }

/** The real server on its own copy of the migrated template; talk to it through `app.inject`, or `app.listen({ port: 0 })`. */
export async function startApp(settings: Partial<Settings> & { now?: () => Date } = {}): Promise<Running> {
  const database = await copyDatabase()
  const dataDir = settings.dataDir ?? (await mkdtemp(join(tmpdir(), 'yixu-app-')))
  const app = await buildApp({
    host: '127.0.0.1',
    port: 0,
    dataDir,
    seed: 'none',
    desk: 'loopback',
    staffKey: key,
    logLevel: 'silent',
    ...settings,
    databaseUrl: database.appUrl,
  })
  await app.ready()
  return {
    app,
    databaseUrl: database.url,
    dataDir,
    look: (text, districtId = 1) => queryIn(app.pg.pool, districtId, { text }),
    async stop() {
      await app.close()
      await database.drop()
      if (!settings.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
