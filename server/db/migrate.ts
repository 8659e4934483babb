import { readdir } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Kysely, type Migration, type MigrationProvider, Migrator, PostgresDialect } from 'kysely'
import pg from 'pg'
import { outlive } from './database.ts'
import { migrateQueue } from './queue.ts'

const folder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** Kysely's own file provider cannot load .ts under Vitest on Node 20, so the few lines are ours. */
const provider: MigrationProvider = {
  async getMigrations() {
    const files = (await readdir(folder)).filter((name) => /\.[jt]s$/.test(name)).sort()
    const loaded = files.map(async (name): Promise<[string, Migration]> => {
      return [name.replace(/\.[jt]s$/, ''), await import(pathToFileURL(`${folder}/${name}`).href)]
    })
    return Object.fromEntries(await Promise.all(loaded))
  },
}

/** Brings the database at `url` to the newest schema, each migration whole or not at all; processes that start together take turns (Kysely holds an advisory lock). @throws what the failing migration threw; the old schema stays. */
export async function migrate(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  outlive(pool)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const { error } = await new Migrator({ db, provider }).migrateToLatest()
    if (error) throw error
    await migrateQueue(pool)
  } finally {
    await db.destroy()
  }
}
