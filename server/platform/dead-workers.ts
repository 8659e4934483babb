import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { locks } from '../db/locks.ts'

/** The library's own first statement on the connection goes before ours. */
const LISTENING_MS = 200
const CHECK_AGAIN_MS = 4_000
const CHECK_EVERY_MS = 30_000

/** What a living worker holds on its listening connection, by its name. */
const hold = 'select pg_advisory_lock($1, hashtext($2))'
/** Who else holds jobs but no lock: the lock goes with the connection, and the connection with the process. */
const missing = `
  select array_agg(name) as names from (
    select distinct locked_by as name from graphile_worker._private_jobs where locked_by <> $2
  ) as others where pg_try_advisory_xact_lock($1, hashtext(name))`
const free = 'select graphile_worker.force_unlock_workers($1::text[])'

/**
 * Frees the jobs of workers whose process died, within seconds of the next start; the library itself would wait four hours. Whoever
 * is missing twice in a row counts as dead: a living worker whose connection broke is back by then.
 */
export function watchForDead(events: WorkerEvents, log: FastifyBaseLogger): void {
  let watching = new AbortController()
  let missed = new Set<string>()

  async function watch(client: pg.PoolClient, own: string, signal: AbortSignal): Promise<void> {
    await sleep(LISTENING_MS, undefined, { signal, ref: false })
    await client.query(hold, [locks.livingWorkers, own])
    for (let pause = CHECK_AGAIN_MS; ; pause = CHECK_EVERY_MS) {
      await check(client, own)
      await sleep(pause, undefined, { signal, ref: false })
    }
  }

  async function check(client: pg.PoolClient, own: string): Promise<void> {
    const { rows } = await client.query<{ names: string[] | null }>(missing, [locks.livingWorkers, own])
    const names = rows[0]?.names ?? []
    const dead = names.filter((name) => missed.has(name))
    missed = new Set(names)
    if (dead.length === 0) return
    await client.query(free, [dead])
    log.info({ workers: dead.length }, 'jobs of a process that died are done again')
  }

  events.on('pool:listen:success', ({ workerPool, client }) => {
    watching.abort()
    watching = new AbortController()
    const { signal } = watching
    // What fails here fails with the connection; then the library makes a new one and this begins again.
    watch(client, workerPool.id, signal).catch(({ code }) => {
      if (!signal.aborted) log.warn({ code }, 'not looking for dead workers until the next connection')
    })
  })
  events.on('pool:listen:release', () => watching.abort())
}
