import { readdir } from 'node:fs/promises'
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../server/db/migrate.ts'
import { type Running, staff, startApp } from '../setup/app.ts'

let running: Running
beforeAll(async () => {
  running = await startApp()
})
afterAll(() => running.stop())

const folder = new URL('../../migrations/', import.meta.url)

/** The migrations that have landed, and one more that changes the schema in several ways before it fails. */
async function withFailing(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).map((name) => name.replace(/\.ts$/, ''))
  const landed = names.map(async (name) => [name, await import(new URL(`${name}.ts`, folder).href)])
  const failing: Migration = {
    async up(db) {
      await sql`create table half_made (district_id integer not null primary key)`.execute(db)
      await sql`alter table sites add column half_made text`.execute(db)
      await sql`update districts set name = 'half made'`.execute(db)
      await sql`alter table sites add constraint impossible check (1 / (outdoor_m2 - outdoor_m2) > 0)`.execute(db)
      await sql`select 1 / 0`.execute(db)
    },
  }
  return { ...Object.fromEntries(await Promise.all(landed)), '99991231T0000-failing': failing }
}

async function migrateWith(migrations: Record<string, Migration>): Promise<unknown> {
  const pool = new pg.Pool({ connectionString: running.databaseUrl, max: 1 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const provider = { getMigrations: async () => migrations }
    return (await new Migrator({ db, provider }).migrateToLatest()).error
  } finally {
    await db.destroy()
  }
}

/** The schema, the migrations that are said to have run, and the districts. */
async function snapshot(): Promise<string> {
  const queries = [
    `select table_name, column_name, data_type, is_nullable from information_schema.columns where table_schema = 'public' order by 1, 2`,
    `select conname, pg_get_constraintdef(oid) from pg_constraint order by 1, 2`,
    'select name from kysely_migration order by 1',
    'select * from districts order by id',
  ]
  const client = new pg.Client({ connectionString: running.databaseUrl })
  await client.connect()
  const results = []
  for (const query of queries) results.push(await client.query(query))
  await client.end()
  return JSON.stringify(results.map(({ rows }) => rows))
}

test('a migration that fails half-way leaves the schema as it was, the server answering, and the next start good', async () => {
  const payload = { id: 1, code: 'YX', name: '测试区', demo: false }
  const made = await running.app.inject({ method: 'POST', url: '/api/districts', headers: staff, payload })
  expect(made.statusCode).toBe(201)
  const before = await snapshot()
  let asking = true
  const statuses: number[] = []
  const asked = (async () => {
    while (asking) statuses.push((await running.app.inject({ url: '/api/districts' })).statusCode)
  })()
  const error = await migrateWith(await withFailing())
  asking = false
  await asked
  expect(error).toMatchObject({ code: '22012' })
  expect(await snapshot()).toBe(before)
  expect(new Set(statuses)).toEqual(new Set([200]))
  await migrate(running.databaseUrl)
  expect(await snapshot()).toBe(before)
})
