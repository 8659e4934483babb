import fastifyPostgres from '@fastify/postgres'
import type { FastifyInstance } from 'fastify'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

/** Every query takes one as its first argument; a transaction is one too. */
export type Db = Kysely<Tables> | Transaction<Tables>

declare module 'fastify' {
  interface FastifyInstance {
    db: Kysely<Tables>
  }
}

// Sums and counts of one district stay far below 2^53, and a number is what every caller wants.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Kysely on a pool that somebody else owns: never destroy it, end the pool instead. */
export function onPool(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/**
 * Keeps a connection that dies from taking the process with it, be it idle or handed out: then the statement that fails
 * says so to whoever waits for it. `lost` hears of the idle ones.
 */
export function outlive(pool: pg.Pool, lost: (code?: string) => void = () => undefined): void {
  pool.on('error', (error: NodeJS.ErrnoException) => lost(error.code))
  pool.on('connect', (client) => client.on('error', () => undefined))
}

/** Registers the pool as `app.pg` and Kysely on the same pool as `app.db`. */
export async function openDatabase(app: FastifyInstance, url: string): Promise<void> {
  await app.register(fastifyPostgres, {
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
  })
  outlive(app.pg.pool, (code) => app.log.warn({ code }, 'connection lost'))
  app.decorate('db', onPool(app.pg.pool))
}
