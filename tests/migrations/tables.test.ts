import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyDatabase, type DatabaseCopy } from '../setup/database.ts'
import { tableFaults } from './table-rules.ts'

let copy: DatabaseCopy
let client: pg.Client
beforeAll(async () => {
  copy = await copyDatabase()
  client = new pg.Client(copy.url)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await copy.drop()
})

test('every table of the newest schema can live on a cluster that spreads districts over machines', async () => {
  const { rows } = await client.query(`select count(*)::int as n from pg_tables where schemaname = 'public'`)
  expect(rows[0].n).toBeGreaterThan(15)
  expect(await tableFaults(client)).toEqual([])
})

const good = 'district_id integer not null, code text not null, primary key (district_id, code)'

const planted: [rule: string, sql: string][] = [
  [
    'shows and takes the rows of the district',
    `create table bad (${good}); comment on table bad is 'citus:distributed'`,
  ],
  ['shows and takes the rows of the district', 'alter table sites no force row level security'],
  ['shows and takes the rows of the district', 'create policy more on sites using (true)'],
  ['says its class in its comment: bad', `create table bad (${good})`],
  ['is an ordinary table: bad', 'create view bad as select 1 as a'],
  ['has a primary key: bad', `create table bad (district_id integer not null)`],
  [
    'has district_id integer not null',
    `create table bad (code text primary key); comment on table bad is 'citus:distributed'`,
  ],
  [
    'has district_id integer not null',
    `create table bad (district_id bigint primary key); comment on table bad is 'citus:distributed'`,
  ],
  [
    'has district_id first',
    `create table bad (${good}, name text unique); comment on table bad is 'citus:distributed'`,
  ],
  [
    'has district_id first',
    `create table bad (${good}, name text); create unique index on bad (name, district_id); comment on table bad is 'citus:distributed'`,
  ],
  [
    'pairs district_id',
    `create table bad (${good}, other integer, foreign key (other, code) references sites (district_id, code)); comment on table bad is 'citus:distributed'`,
  ],
  [
    'points only where',
    `create table bad (${good}, foreign key (district_id, code) references sites (district_id, code)); comment on table bad is 'citus:local'`,
  ],
  [
    'neither sets null',
    `create table bad (${good}, foreign key (district_id) references districts on delete set null); comment on table bad is 'citus:distributed'`,
  ],
  [
    'neither sets null',
    `create table bad (${good}, foreign key (district_id) references districts on update set default); comment on table bad is 'citus:distributed'`,
  ],
  [
    'has no deferrable',
    `create table bad (district_id integer not null, code text not null, primary key (district_id, code) deferrable); comment on table bad is 'citus:distributed'`,
  ],
  [
    'has no trigger',
    `create trigger bad before update on sites for each row execute function suppress_redundant_updates_trigger()`,
  ],
  ['has no rule', `create rule bad as on delete to sites do instead nothing`],
  ['inherits from nothing', `create table bad () inherits (blocks)`],
  ['has no serial', `create table bad (${good}, id serial); comment on table bad is 'citus:distributed'`],
  [
    'has identities that are bigint',
    `create table bad (${good}, n integer generated always as identity); comment on table bad is 'citus:distributed'`,
  ],
  ['has ids that are uuid', `create table bad (${good}, wish_id integer); comment on table bad is 'citus:distributed'`],
]

describe('the rules find what is planted against them:', () => {
  test.each(planted)('%s by %s', async (rule, sql) => {
    await client.query('begin')
    try {
      await client.query(sql)
      expect(await tableFaults(client)).toContainEqual(expect.stringContaining(rule))
    } finally {
      await client.query('rollback')
    }
  })
})
