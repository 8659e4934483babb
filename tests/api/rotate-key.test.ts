import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { contextOf, sealedColumns } from '../../server/platform/sealed-columns.ts'
import { type Running, staff, startApp } from '../setup/app.ts'

const PEOPLE = 1_200
let running: Running
let admin: pg.Client
beforeAll(async () => {
  running = await startApp()
  const { adminUrl } = inject('database')
  admin = new pg.Client(Object.assign(new URL(adminUrl), { pathname: new URL(running.databaseUrl).pathname }).href)
  await admin.connect()
  const payload = { id: 1, code: 'YX', name: '以需区', demo: false }
  await running.app.inject({ method: 'POST', url: '/api/districts', headers: staff, payload })
  for (let n = 1; n <= PEOPLE; n += 1) await addPerson(n)
})
afterAll(async () => {
  await admin?.end()
  await running?.stop()
})

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const nameOf = (n: number) => `王${n}`
const column = (name: string) => sealedColumns.find((one) => one.table === 'people' && one.column === name)!
const context = (name: string, n: number) => contextOf(column(name), { district_id: 1, id: idOf(n) })

async function addPerson(n: number): Promise<void> {
  const { secrets } = running.app
  const phone = n % 3 === 0 ? null : `1380000${String(n).padStart(4, '0')}`
  await admin.query(
    `INSERT INTO people (district_id, id, kind, username, name, phone, phone_hash, status, created_at)
     VALUES (1, $1, 'staff', $2, $3, $4, $5, 'active', now())`,
    [
      idOf(n),
      `p${n}`,
      secrets.seal(nameOf(n), context('name', n)),
      phone && secrets.seal(phone, context('phone', n)),
      phone && secrets.hashed('phone', phone),
    ],
  )
}

const env = () => ({ ...process.env, DATABASE_URL: running.databaseUrl, DATA_DIR: running.dataDir, DATA_KEY: '' })
const script = ['dist/server/cli/rotate-key.js', '--wait', '1']

function rotate(more: Record<string, string> = {}): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, script, { env: { ...env(), ...more } }, (error, said, complaint) => {
      resolve({ code: Number(error?.code ?? 0), said: said + complaint })
    })
  })
}

const keys = async () => (await readFile(join(running.dataDir, 'data.key'), 'utf8')).trim().split('\n')

/** How many names are sealed with each key, and that the running server reads them all. */
async function sealedWith(): Promise<number[]> {
  const { rows } = await admin.query('SELECT id, name, phone, phone_hash FROM people WHERE district_id = 1 ORDER BY id')
  const { secrets } = running.app
  const names = rows.map(({ name }, at) => secrets.open(name, context('name', at + 1)))
  expect(names).toEqual(rows.map((_, at) => nameOf(at + 1)))
  for (const [at, { phone, phone_hash }] of rows.entries()) {
    if (phone) expect(secrets.hashed('phone', secrets.open(phone, context('phone', at + 1)))).toEqual(phone_hash)
  }
  const counts = new Map<number, number>()
  for (const { name } of rows) counts.set(name[0], (counts.get(name[0]) ?? 0) + 1)
  return [...counts.values()]
}

async function untilWaiting(child: ChildProcess): Promise<void> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  while (child.exitCode === null && (await admin.query(waiting)).rowCount === 0) await sleep(20)
}

test('changing the key may be cut off: everything stays readable, and the next run finishes it', async () => {
  const [old] = await keys()
  const holder = new pg.Client(running.databaseUrl)
  await holder.connect()
  await holder.query('BEGIN; SET LOCAL yixu.district = 1')
  await holder.query('SELECT 1 FROM people WHERE district_id = 1 AND id = $1 FOR UPDATE', [idOf(700)])
  const child = spawn(process.execPath, script, { env: env(), stdio: 'ignore' })
  await untilWaiting(child)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await holder.query('ROLLBACK')
  await holder.end()
  const halfWay = await sealedWith()
  console.info(`cut off with ${halfWay.join(' and ')} names under the two keys`)
  expect(halfWay).toHaveLength(2)
  expect(await keys()).toEqual([expect.not.stringContaining(old!), old])
  const [fresh] = await keys()

  expect(await rotate()).toEqual({ code: 0, said: expect.stringMatching(/people\.name：\d+ 项[\s\S]*完成/) })
  expect(await sealedWith()).toEqual([PEOPLE])
  expect(await keys()).toEqual([fresh])
  expect((await stat(join(running.dataDir, 'data.key'))).mode & 0o777).toBe(0o600)
  const retired = join(running.dataDir, 'data.key.retired')
  expect([await readFile(retired, 'utf8'), (await stat(retired)).mode & 0o777]).toEqual([`${old}\n`, 0o600])
})

test('what a running server seals meanwhile is sealed with the new key, too', async () => {
  const rotating = rotate()
  let n = PEOPLE
  const ended = rotating.then(() => true)
  while (!(await Promise.race([ended, sleep(10, false)]))) await addPerson(++n)
  expect((await rotating).code).toBe(0)
  expect(n).toBeGreaterThan(PEOPLE + 20)
  expect(await sealedWith()).toEqual([n])
  await admin.query('DELETE FROM people WHERE district_id = 1 AND id > $1', [idOf(PEOPLE)])
})

test('a sealed text that cannot be opened is named, and the old key kept', async () => {
  const { rows } = await admin.query('SELECT name FROM people WHERE district_id = 1 AND id = $1', [idOf(7)])
  const broken = Buffer.from(rows[0].name)
  broken[20]! ^= 1
  await admin.query('UPDATE people SET name = $1 WHERE district_id = 1 AND id = $2', [broken, idOf(7)])
  const { code, said } = await rotate()
  expect([code, said]).toEqual([1, expect.stringContaining(`people.name/1/${idOf(7)}`)])
  expect(await keys()).toHaveLength(2)
  await admin.query('UPDATE people SET name = $1 WHERE district_id = 1 AND id = $2', [rows[0].name, idOf(7)])
  expect((await rotate()).code).toBe(0)
  expect(await keys()).toHaveLength(1)
})

test('a key from the settings is changed in the settings, and a stranger’s is refused', async () => {
  const [key] = await keys()
  expect(await rotate({ DATA_KEY: key! })).toEqual({ code: 1, said: expect.stringContaining('放在 DATA_KEY 最前面') })
  const stranger = Buffer.alloc(32, 1).toString('base64')
  expect(await rotate({ DATA_KEY: stranger })).toEqual({ code: 1, said: expect.stringContaining('与这个数据库不符') })
  expect(await rotate({ DATA_KEY: `${stranger},${key}` })).toEqual({
    code: 0,
    said: expect.stringContaining('去掉旧密钥'),
  })
  const counted = await admin.query('SELECT DISTINCT get_byte(name, 0) FROM people WHERE district_id = 1')
  expect(counted.rowCount).toBe(1)
  expect(await rotate({ DATA_KEY: stranger })).toMatchObject({ code: 1, said: expect.stringContaining('最前面') })
})

/** Hashes and codes, which nobody can or need open. */
const notSealed = /[._](hash|sha256)$|^audit_entries\.previous$/

test('every sealed column of the database is among those whose key is changed', async () => {
  const { rows } = await admin.query(`SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'bytea'`)
  const sealed = rows.map(({ table, column }) => `${table}.${column}`).filter((name) => !notSealed.test(name))
  expect(sealed.sort()).toEqual(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort())
})
