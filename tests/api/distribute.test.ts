import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { distribute, placementOrder, readTables } from '../../server/db/distribute.ts'
import { copyDatabase, type DatabaseCopy } from '../setup/database.ts'

let copy: DatabaseCopy

beforeAll(async () => {
  copy = await copyDatabase()
})

afterAll(() => copy.drop())

test('a PostgreSQL without Citus is left as it is', async () => {
  expect(await distribute(copy.url)).toEqual([])
})

test('every table with a district can be placed: its keys point at tables that are placed before it', async () => {
  const client = new pg.Client(copy.url)
  await client.connect()
  const order = placementOrder(await readTables(client, new Set()))
  await client.end()
  const names = order.map((table) => table.name)
  expect(names).toEqual(expect.arrayContaining(['districts', 'communities', 'responses']))
  for (const [index, table] of order.entries()) {
    for (const need of table.needs) expect(names.slice(0, index)).toContain(need)
  }
})
