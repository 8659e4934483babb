import type pg from 'pg'
import { applicationUrl } from '../db/application.ts'
import { openPool } from '../db/database.ts'
import { type Embedded, startEmbedded } from '../db/embedded.ts'
import { failureInWords } from '../db/failure-words.ts'
import { readSettings } from '../settings.ts'

/**
 * Does a command's work on the database that the settings name, the embedded one or another, and leaves it afterwards. Work
 * that fails is told in one line, and the command fails with it.
 * @param connections so many at most
 */
export async function onDatabase(connections: number, work: (pool: pg.Pool) => Promise<void>): Promise<void> {
  try {
    const settings = readSettings(process.env)
    const embedded = settings.databaseUrl ? undefined : await startEmbedded({ dataDir: settings.dataDir })
    const url = embedded?.appUrl ?? (await applicationUrl(settings.databaseUrl as string, settings.appDatabaseUrl))
    await onPoolOf(embedded, url, connections, work)
  } catch (error) {
    process.stderr.write(`${failureInWords(error)}\n`)
    process.exitCode = 1
  }
}

async function onPoolOf(
  embedded: Embedded | undefined,
  connectionString: string,
  max: number,
  work: (pool: pg.Pool) => Promise<void>,
): Promise<void> {
  const pool = openPool({ connectionString, max, connectionTimeoutMillis: 10_000 })
  try {
    await work(pool)
  } finally {
    await pool.end()
    await embedded?.stop()
  }
}
