import { Logger, runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { locks } from './locks.ts'

/** The library says in its messages what is in the database; nobody needs to read that in a log. */
export const silent = new Logger(() => () => undefined)

/** Brings the job queue's own schema to the newest state; processes that start together take turns. Needs two connections. */
export async function migrateQueue(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [locks.queue])
    await runMigrations({ pgPool: pool, logger: silent })
    await client.query('select pg_advisory_unlock($1)', [locks.queue])
  } finally {
    client.release(true)
  }
}

const queueTables = ['_private_jobs', '_private_job_queues', '_private_tasks', '_private_known_crontabs']

/** What a role that owns nothing needs to add and do jobs: the library closes its tables to everybody but their owner. */
export function queueGrants(role: string): string[] {
  const quoted = `"${role.replaceAll('"', '""')}"`
  return [
    `grant usage on schema graphile_worker to ${quoted}`,
    `grant select, insert, update, delete on all tables in schema graphile_worker to ${quoted}`,
    `grant execute on all functions in schema graphile_worker to ${quoted}`,
    ...queueTables.flatMap((table) => [
      `drop policy if exists application on graphile_worker.${table}`,
      `create policy application on graphile_worker.${table} to ${quoted} using (true) with check (true)`,
    ]),
  ]
}
