import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { applicationUrl } from '../../server/db/application.ts'
import { forDistrict } from '../../server/db/database.ts'
import { queryIn } from '../../server/db/district.ts'
import { communities, createDistrict, districts, savePlaces, subdistricts } from '../../server/places/queries.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { privileges, sights, unguarded } from '../checks/row-security.ts'
import { type Running, startApp } from '../setup/app.ts'

let running: Running

beforeAll(async () => {
  running = await startApp()
  for (const id of [1, 2]) {
    const db = forDistrict(running.app.db, id)
    await createDistrict(db, { id, code: `A${'AB'[id - 1]}`, name: `第${id}区`, demo: false }, shippedCatalogue())
    await savePlaces(db, id, 'subdistricts', [{ code: 'S01', name: `第${id}区的街道` }])
  }
})
afterAll(() => running?.stop())

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url)
  await client.connect()
  return await work(client).finally(() => client.end())
}

describe('whoever writes SQL as the application', () => {
  const onCopy = (url: string) => Object.assign(new URL(url), { pathname: new URL(running.databaseUrl).pathname }).href
  const asApplication = () => running.app.pg.pool.options.connectionString as string

  test('sees and writes, in every table of districts, rows of the district named and no others, and none where none is named', async () => {
    const seen = await connected(onCopy(inject('database').adminUrl), (client) => sights(client, 'yixu_app'))
    expect(seen.length).toBeGreaterThan(25)
    for (const { table, ...sight } of seen) {
      expect({ table, ...sight }).toEqual({ table, unnamed: 0, own: 1, foreign: 0, written: [] })
    }
  })

  test('works in a role that owns nothing, empties nothing and is not exempt', async () => {
    const [name, has] = await connected(asApplication(), async (client) => {
      return [(await client.query('select current_user as name')).rows[0].name, await privileges(client)] as const
    })
    expect([name, has]).toEqual(['yixu_app', []])
  })

  test('may add to the audit and not change it, and learns nothing of migrations', async () => {
    await connected(asApplication(), async (client) => {
      const statements = ['update audit_entries set actor = 1', 'delete from audit_entries', 'truncate audit_entries']
      for (const statement of [...statements, 'select * from kysely_migration', 'create table mine (a int)']) {
        await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      }
    })
  })

  test('finds every table guarded, from its owner as well', async () => {
    expect(await connected(running.databaseUrl, unguarded)).toEqual([])
    const rows = await connected(running.databaseUrl, (client) => client.query('select * from subdistricts'))
    expect(rows.rows).toEqual([])
  })

  test('is the owner in the role of the application where no other login is given and the owner may take it', async () => {
    const { url, adminUrl } = inject('database')
    const asked = async (owner: string, app?: string) =>
      connected(await applicationUrl(owner, app), async (client) => {
        return (await client.query('select session_user as login, current_user as role')).rows[0]
      })
    expect(await asked(onCopy(adminUrl))).toEqual({ login: 'postgres', role: 'yixu_app' })
    expect(await asked(onCopy(url))).toEqual({ login: 'yixu', role: 'yixu' })
    expect(await asked(onCopy(adminUrl), asApplication())).toEqual({ login: 'yixu_app', role: 'yixu_app' })
  })
})

describe('the database as a district has it', () => {
  test('is the same each time, and never becomes another one', () => {
    const own = forDistrict(running.app.db, 1)
    expect(forDistrict(running.app.db, 1)).toBe(own)
    expect(forDistrict(own, 1)).toBe(own)
    expect(() => forDistrict(own, 2)).toThrow(RangeError)
    expect(() => forDistrict(running.app.db, Number.NaN)).toThrow(RangeError)
    expect(() => forDistrict(running.app.db, '1; drop table sites' as never)).toThrow(RangeError)
  })

  test('shows its own rows and no others, however many ask at once', async () => {
    const { db } = running.app
    expect((await districts(db)).map(({ id }) => id)).toEqual([1, 2])
    expect(await subdistricts(db, 1)).toEqual([])
    const asked = Array.from({ length: 60 }, async (_, index) => {
      const id = 1 + (index % 2)
      const [found] = await subdistricts(forDistrict(db, id), id)
      expect(found).toEqual({ code: 'S01', name: `第${id}区的街道` })
      expect(await subdistricts(forDistrict(db, id), 3 - id)).toEqual([])
    })
    await Promise.all(asked)
  })

  test('keeps its district through a transaction, with savepoints and isolation, and takes everything back when it fails', async () => {
    const own = forDistrict(running.app.db, 1)
    const seen = await own
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (one) => {
        expect(forDistrict(one, 1)).toBe(one)
        await savePlaces(one, 1, 'subdistricts', [{ code: 'S02', name: '二街道' }])
        return (await subdistricts(one, 1)).length
      })
    expect(seen).toBe(2)
    const failing = own.transaction().execute(async (one) => {
      await savePlaces(one, 1, 'subdistricts', [{ code: 'S03', name: '三街道' }])
      await savePlaces(one, 2, 'subdistricts', [{ code: 'S03', name: '三街道' }])
    })
    await expect(failing).rejects.toMatchObject({ code: '42501' })
    expect(await subdistricts(own, 1)).toHaveLength(2)
    const controlled = await own.startTransaction().execute()
    const saved = await controlled.savepoint('before').execute()
    await savePlaces(saved, 1, 'subdistricts', [{ code: 'S04', name: '四街道' }])
    const back = await saved.rollbackToSavepoint('before').execute()
    expect(await subdistricts(back, 1)).toHaveLength(2)
    await controlled.commit().execute()
  })

  test('leaves no name behind on a connection, and no open transaction after a failure', async () => {
    const { db, pg: postgres } = running.app
    const own = forDistrict(db, 1)
    await Promise.all(Array.from({ length: 30 }, () => communities(own, 1)))
    const broken = Array.from({ length: 30 }, () => sql`select 1 / 0`.execute(own).catch(({ code }) => code))
    expect(new Set(await Promise.all(broken))).toEqual(new Set(['22012']))
    const states = await Promise.all(
      Array.from({ length: 10 }, () =>
        postgres.pool.query(
          `select nullif(current_setting('yixu.district', true), '') as name, pg_current_xact_id_if_assigned() as open`,
        ),
      ),
    )
    for (const { rows } of states) expect(rows).toEqual([{ name: null, open: null }])
  })

  test('is the same for plain SQL', async () => {
    const { pool } = running.app.pg
    const text = 'select name from subdistricts order by code limit 1'
    expect((await queryIn(pool, 2, { text })).rows).toEqual([{ name: '第2区的街道' }])
    await expect(queryIn(pool, 2, { text: 'select 1 / 0' })).rejects.toMatchObject({ code: '22012' })
    expect((await pool.query(text)).rows).toEqual([])
    await expect(queryIn(pool, 1.5, { text })).rejects.toThrow(RangeError)
  })
})
