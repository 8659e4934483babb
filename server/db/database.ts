import type { Socket } from 'node:net'
import fastifyPostgres from '@fastify/postgres'
import type { FastifyInstance } from 'fastify'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { districtDialect } from './district-dialect.ts'
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
// A date is a day wherever the server stands: as it is written, never a moment.
pg.types.setTypeParser(pg.types.builtins.DATE, String)

interface Ground {
  pool: pg.Pool
  districts: Map<number, Kysely<Tables>>
}

const groundOf = new WeakMap<object, Ground>()
const districtOf = new WeakMap<object, number>()

/** Kysely on a pool that somebody else owns: never destroy it, end the pool instead. Of what belongs to districts it sees nothing, see `forDistrict`. */
export function onPool(pool: pg.Pool): Kysely<Tables> {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  groundOf.set(db, { pool, districts: new Map() })
  return db
}

/**
 * The same database as one district has it: every statement and every transaction names the district first, and
 * PostgreSQL then shows and takes no other's rows. The same object each time. A transaction stays what it is: its
 * district was named when it began.
 * @throws {RangeError} when `db` is that of another district
 */
export function forDistrict<D extends Db>(db: D, districtId: number): D {
  if (db.isTransaction) return db
  const bound = districtOf.get(db)
  if (bound === districtId) return db
  if (bound !== undefined) throw new RangeError(`district ${districtId} was asked of the database of district ${bound}`)
  const ground = groundOf.get(db)
  if (!ground) throw new TypeError('only the database of the server can be narrowed to a district')
  const known = ground.districts.get(districtId)
  if (known) return known as Db as D
  const made = new Kysely<Tables>({ dialect: districtDialect(ground.pool, districtId) })
  ground.districts.set(districtId, made)
  districtOf.set(made, districtId)
  return made as Db as D
}

// Statements are sent without waiting for the answers to those before them: naming the district costs no way of its own.
const PIPELINED = { pipeline: true }

/** A pool that outlives its connections; `lost` hears of idle ones that died. */
export function openPool(options: pg.PoolConfig, lost?: (code?: string) => void): pg.Pool {
  const pool = new pg.Pool({ ...options, ...PIPELINED })
  outlive(pool, lost)
  return pool
}

/**
 * Keeps a connection that dies from taking the process with it, be it idle or handed out: then the statement that fails
 * says so to whoever waits for it. `lost` hears of the idle ones.
 */
export function outlive(pool: pg.Pool, lost: (code?: string) => void = () => undefined): void {
  pool.on('error', (error: NodeJS.ErrnoException) => lost(error.code))
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    writeAtOnce(client)
  })
}

/** What is said in one turn goes out in one write: a statement is enclosed by what names its district and by its end. */
function writeAtOnce(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  const write = stream.write.bind(stream) as (...said: unknown[]) => boolean
  stream.write = (...said: unknown[]) => {
    if (stream.writableCorked === 0) {
      stream.cork()
      process.nextTick(() => stream.uncork())
    }
    return write(...said)
  }
}

/** Registers the pool as `app.pg` and Kysely on the same pool as `app.db`. */
export async function openDatabase(app: FastifyInstance, url: string): Promise<void> {
  await app.register(fastifyPostgres, {
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 1_500,
    idleTimeoutMillis: 30_000,
    ...PIPELINED,
  })
  outlive(app.pg.pool, (code) => app.log.warn({ code }, 'connection lost'))
  app.decorate('db', onPool(app.pg.pool))
}
