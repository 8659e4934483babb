import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { openDatabase } from '../../server/db/database.ts'
import { migrate } from '../../server/db/migrate.ts'
import { queueGrants } from '../../server/db/queue.ts'
import { addJob, openJobs, type Payload } from '../../server/platform/jobs.ts'
import { copyDatabase, type DatabaseCopy } from '../setup/database.ts'
import { startJobs } from '../setup/jobs.ts'

let database: DatabaseCopy
let apps: FastifyInstance[]
beforeEach(async () => {
  database = await copyDatabase()
  apps = []
})
afterEach(async () => {
  await Promise.all(apps.map((app) => app.close()))
  await database.drop()
})

type Register = Parameters<typeof startJobs>[1]

async function start(register: Register, url = database.url): Promise<FastifyInstance> {
  const app = await startJobs(url, register)
  apps.push(app)
  return app
}

function sink(lines: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
}

/** Ends every connection to the database but the one that does so. */
async function cut(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await client.end()
}

const within = (ms: number) => ({ timeout: ms, interval: 50 })

describe('a job', () => {
  test('is done once, whichever of two processes takes it, and told what it was given', async () => {
    const done: number[] = []
    const register: Register = (jobs) =>
      jobs.work('count', async ({ n }) => {
        done.push(Number(n))
        await sleep(5)
      })
    const one = await start(register)
    await start(register)
    for (let n = 0; n < 60; n += 1) await addJob(one.db, 'count', { districtId: 1, n })
    await vi.waitFor(() => expect(done.length).toBe(60), within(15_000))
    await sleep(300)
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n))
  })

  test('that is added in a transaction is not done when the transaction fails', async () => {
    const done: Payload[] = []
    const app = await start((jobs) => jobs.work('note', async (payload) => void done.push(payload)))
    const failing = app.db.transaction().execute(async (one) => {
      await addJob(one, 'note', { districtId: 1 })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await addJob(app.db, 'note', { districtId: 2 })
    await vi.waitFor(() => expect(done).toEqual([{ districtId: 2 }]), within(15_000))
  })

  test('that fails is tried again after a pause, and what it threw is nowhere to be read', async () => {
    let tries = 0
    const app = await start((jobs) =>
      jobs.work('flaky', async () => {
        tries += 1
        if (tries === 1) throw new Error('call 13800138000')
      }),
    )
    await addJob(app.db, 'flaky', { districtId: 1 })
    const row = () => app.pg.query('select last_error, attempts from graphile_worker._private_jobs')
    await vi.waitFor(async () => expect((await row()).rows[0]?.last_error).toBe('Error'), within(15_000))
    await vi.waitFor(() => expect(tries).toBe(2), within(15_000))
    await vi.waitFor(async () => expect((await row()).rows).toEqual([]), within(15_000))
  })

  test('that keeps failing is given up in the end, and the log says which, without what it threw', async () => {
    const lines: string[] = []
    const app = fastify({ logger: { stream: sink(lines) } })
    apps.push(app)
    await openDatabase(app, database.url)
    openJobs(app)
    app.jobs.work('hopeless', async () => {
      throw Object.assign(new Error('call 13800138000'), { code: 'E_HOPELESS' })
    })
    await app.ready()
    await addJob(app.db, 'hopeless', { districtId: 1 }, { maxAttempts: 1 })
    await vi.waitFor(() => expect(lines.join('')).toContain('a job was given up'), within(15_000))
    expect(lines.join('')).toContain('E_HOPELESS')
    expect(lines.join('')).not.toContain('13800138000')
  })

  test('waits for its moment, and a later one with the same key takes its place', async () => {
    const done: Payload[] = []
    const app = await start((jobs) => jobs.work('later', async (payload) => void done.push(payload)))
    const runAt = new Date(Date.now() + 3_600_000)
    await addJob(app.db, 'later', { districtId: 1, n: 1 }, { key: 'k', runAt })
    await sleep(300)
    expect(done).toEqual([])
    await addJob(app.db, 'later', { districtId: 1, n: 2 }, { key: 'k' })
    await vi.waitFor(() => expect(done).toEqual([{ districtId: 1, n: 2 }]), within(15_000))
  })
})

describe('jobs go on', () => {
  test('in another process within seconds when theirs was killed', async () => {
    const script = fileURLToPath(new URL('../setup/hold-job.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', script, database.url], { stdio: ['ignore', 'pipe', 2] })
    const adder = await start(() => undefined)
    await addJob(adder.db, 'held', { districtId: 1 })
    await once(child.stdout!, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const killed = Date.now()
    let done = 0
    await start((jobs) =>
      jobs.work('held', async () => {
        done += 1
      }),
    )
    await vi.waitFor(() => expect(done).toBe(1), within(15_000))
    expect(Date.now() - killed).toBeLessThan(15_000)
  })

  test('but a living process keeps its own, however long they take and although its connections were cut', async () => {
    let begun = 0
    let finish = (): void => undefined
    const register: Register = (jobs) =>
      jobs.work('long', async () => {
        begun += 1
        await new Promise<void>((done) => {
          finish = done
        })
      })
    const app = await start(register)
    await addJob(app.db, 'long', { districtId: 1 })
    await vi.waitFor(() => expect(begun).toBe(1), within(15_000))
    await start(register)
    await cut(database.url)
    await sleep(8_000)
    expect(begun).toBe(1)
    finish()
    const left = () => app.pg.query('select 1 from graphile_worker._private_jobs')
    await vi.waitFor(async () => expect((await left()).rowCount).toBe(0), within(15_000))
  })

  test('after the next start when the server stops in the middle of one, which is told so', async () => {
    let told = false
    const app = await start((jobs) =>
      jobs.work('slow', async (_payload, signal) => {
        await new Promise<void>((done) => signal.addEventListener('abort', () => done()))
        told = true
        throw new Error('stopped')
      }),
    )
    await addJob(app.db, 'slow', { districtId: 1 })
    const held = () => app.pg.query('select 1 from graphile_worker._private_jobs where locked_by is not null')
    await vi.waitFor(async () => expect((await held()).rowCount).toBe(1), within(15_000))
    const began = Date.now()
    await app.close()
    expect(Date.now() - began).toBeLessThan(6_000)
    expect(told).toBe(true)
    let done = 0
    await start((jobs) =>
      jobs.work('slow', async () => {
        done += 1
      }),
    )
    await vi.waitFor(() => expect(done).toBe(1), within(15_000))
  })

  test('under a role that owns nothing but was let in', async () => {
    const role = `app_${randomUUID().replaceAll('-', '')}`
    const owner = new pg.Client(database.url)
    const admin = new pg.Client(inject('database').adminUrl)
    await Promise.all([owner.connect(), admin.connect()])
    await admin.query(`create role ${role} login password 'test'`)
    for (const grant of queueGrants(role)) await owner.query(grant)
    const url = Object.assign(new URL(database.url), { username: role, password: 'test' }).href
    let done = 0
    const app = await start((jobs) => {
      jobs.work('lowly', async () => {
        done += 1
      })
      jobs.everyDay('nightly', '02:00', async () => undefined)
    }, url)
    await addJob(app.db, 'lowly', { districtId: 1 })
    await vi.waitFor(() => expect(done).toBe(1), within(15_000))
    await app.close()
    // Its privileges go with the database; a role of the test server stays behind harmlessly.
    await Promise.all([owner.end(), admin.end()])
  })
})

test('a second start changes nothing of the queue’s schema', async () => {
  const client = new pg.Client(database.url)
  await client.connect()
  const before = await client.query('select id, ts from graphile_worker.migrations order by id')
  await Promise.all([migrate(database.url), migrate(database.url)])
  expect((await client.query('select id, ts from graphile_worker.migrations order by id')).rows).toEqual(before.rows)
  await client.end()
})
