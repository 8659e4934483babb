import { once } from 'node:events'
import { createServer } from 'node:http'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { notify } from '../../server/platform/notices.ts'
import type { Inbox } from '../../shared/people/notices-api.ts'
import { asking, key, type Running, staff, startApp } from '../setup/app.ts'
import { signedIn } from '../setup/people.ts'
import { type SmsProvider, startSmsProvider } from '../setup/sms-provider.ts'

const district = { id: 1, code: 'YX', name: '测试区', demo: false }
const code = { districtId: 1, phone: '13912345678', text: '验证码 428613，五分钟内有效。', purpose: 'sign-in-code' }
const within = (ms: number) => ({ timeout: ms, interval: 50 })

let stops: (() => Promise<void>)[]
beforeEach(() => {
  stops = []
})
afterEach(async () => {
  for (const stop of stops.reverse()) await stop()
})

async function start(smsUrl?: string, settings: Parameters<typeof startApp>[0] = {}): Promise<Running> {
  const running = await startApp({ ...(smsUrl ? { smsUrl, smsToken: 'token-1' } : {}), ...settings })
  stops.push(running.stop)
  await running.app.inject({ method: 'POST', url: '/api/districts', headers: staff, payload: district })
  return running
}

async function provider(): Promise<SmsProvider> {
  const started = await startSmsProvider()
  stops.push(started.stop)
  return started
}

async function read<T>({ app }: Running, path: string): Promise<T> {
  const reply = await app.inject({ url: `/api/districts/YX${path}`, headers: staff })
  expect(reply.statusCode).toBe(200)
  return reply.json()
}

/** What the logger writes from now on, instead of into the terminal. */
function kept(log: object): string[] {
  const lines: string[] = []
  const stream = Object.getOwnPropertySymbols(log).find(({ description }) => description === 'pino.stream')
  Object.assign((log as Record<symbol, object>)[stream!]!, { write: (line: string) => lines.push(line) })
  return lines
}

const here = ({ app }: Running) => forDistrict(app.db, 1)

const state = (running: Running) =>
  here(running)
    .selectFrom('text_messages')
    .select(['status', 'attempts', 'problem', 'phone', 'body'])
    .executeTakeFirst()

interface Failure {
  id: string
  phoneEnd: string
  status: string
  attempts: number
  problem: string
}

describe('a text message', () => {
  test('is handed to the provider with the token and an id, and then wiped', async () => {
    const sms = await provider()
    const running = await start(sms.url)
    await running.app.sms.send(here(running), code, new Date())
    await vi.waitFor(async () => expect((await state(running))?.status).toBe('sent'), within(15_000))
    const [{ headers, body }] = sms.received as [(typeof sms.received)[0]]
    expect(body).toMatchObject({ phone: code.phone, text: code.text })
    expect(headers).toMatchObject({ authorization: 'Bearer token-1', 'idempotency-key': body.id })
    expect(sms.received.length).toBe(1)
    expect(await state(running)).toMatchObject({ phone: null, body: null })
    expect(await read(running, '/sms/failures')).toEqual([])
  })

  test('is not sent when the transaction that it belongs to fails', async () => {
    const sms = await provider()
    const { app } = await start(sms.url)
    const failing = forDistrict(app.db, 1)
      .transaction()
      .execute(async (one) => {
        await app.sms.send(one, code, new Date())
        throw new Error('no')
      })
    await expect(failing).rejects.toThrow('no')
    await app.sms.send(forDistrict(app.db, 1), { ...code, text: '第二条' }, new Date())
    await vi.waitFor(() => expect(sms.received.map(({ body }) => body.text)).toEqual(['第二条']), within(15_000))
  })

  test('that the provider fails to take is listed and tried again under the same id until it is taken', async () => {
    const sms = await provider()
    sms.answer(500)
    const running = await start(sms.url)
    await running.app.sms.send(here(running), code, new Date())
    const failures = () => read<Failure[]>(running, '/sms/failures')
    await vi.waitFor(async () => expect((await failures()).length).toBe(1), within(15_000))
    const [failure] = await failures()
    expect(failure).toMatchObject({ phoneEnd: '5678', status: 'waiting', attempts: 1, problem: 'http_500' })
    expect(JSON.stringify(failure)).not.toMatch(/1391234|428613/)
    sms.answer(202)
    await vi.waitFor(async () => expect((await state(running))?.status).toBe('sent'), within(15_000))
    expect(new Set(sms.received.map(({ body }) => body.id)).size).toBe(1)
    expect(await failures()).toEqual([])
  })

  test('that the provider refuses for good stays listed, and is sent again by hand', async () => {
    const sms = await provider()
    sms.answer(422)
    const running = await start(sms.url)
    await running.app.sms.send(here(running), code, new Date())
    await vi.waitFor(async () => expect((await state(running))?.status).toBe('failed'), within(15_000))
    const [failure] = await read<Failure[]>(running, '/sms/failures')
    expect(failure).toMatchObject({ status: 'failed', problem: 'http_422' })
    sms.answer(200)
    const again = () =>
      running.app.inject({ method: 'POST', url: `/api/districts/YX/sms/${failure!.id}/again`, headers: staff })
    expect((await again()).json()).toEqual({ done: true })
    await vi.waitFor(async () => expect((await state(running))?.status).toBe('sent'), within(15_000))
    expect((await again()).json().code).toBe('unknown_message')
  })

  test('is never carried elsewhere by a redirect', async () => {
    const sms = await provider()
    sms.answer('redirect')
    const running = await start(sms.url)
    await running.app.sms.send(here(running), code, new Date())
    await vi.waitFor(async () => expect((await state(running))?.problem).toBe('redirected'), within(15_000))
    expect(sms.elsewhere()).toBe(0)
  })

  test('does not wait for ever for a provider that is silent', async () => {
    const sms = await provider()
    sms.answer('silent')
    const running = await start(sms.url)
    await running.app.sms.send(here(running), code, new Date())
    await vi.waitFor(async () => expect((await state(running))?.problem).toBe('timeout'), within(15_000))
  })

  test('waits for a provider that cannot be reached', async () => {
    const gone = createServer().listen(0, '127.0.0.1')
    await once(gone, 'listening')
    const { port } = gone.address() as { port: number }
    gone.close()
    const running = await start(`http://127.0.0.1:${port}/`)
    await running.app.sms.send(here(running), code, new Date())
    await vi.waitFor(async () => expect((await state(running))?.problem).toBe('ECONNREFUSED'), within(15_000))
    expect((await state(running))?.status).toBe('waiting')
  })

  test('that is of no use any more is not sent', async () => {
    const sms = await provider()
    const running = await start(sms.url)
    await running.app.sms.send(here(running), { ...code, validUntil: new Date(Date.now() - 1) }, new Date())
    await vi.waitFor(async () => expect((await state(running))?.status).toBe('expired'), within(15_000))
    expect(sms.received).toEqual([])
    expect((await state(running))?.body).toBeNull()
  })

  test('is kept sealed, and neither its number nor its text is in a log of any level', async () => {
    const sms = await provider()
    const running = await start(sms.url, { logLevel: 'debug' })
    const logs = kept(running.app.log)
    for (const how of ['redirect', 500, 422, 200] as const) {
      sms.answer(how)
      const before = sms.received.length
      await running.app.sms.send(here(running), code, new Date())
      await vi.waitFor(() => expect(sms.received.length).toBeGreaterThan(before), within(15_000))
    }
    await read(running, '/sms/failures')
    await read(running, '/sms/outbox')
    const stored = await sql
      .raw(`
      select (select string_agg(t::text, ' ') from text_messages t) as messages,
        (select string_agg(j::text, ' ') from graphile_worker._private_jobs j) as jobs,
        (select string_agg(a::text, ' ') from audit_entries a) as audited`)
      .execute(here(running))
    const secrets = [code.phone, '428613', '验证码', 'token-1', Buffer.from(code.phone).toString('hex')]
    expect(logs.length).toBeGreaterThan(0)
    for (const text of [logs.join(''), JSON.stringify(stored.rows)]) {
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
  })
})

describe('without a provider', () => {
  test('text messages wait in the outbox, which is looked at on the record', async () => {
    const running = await start()
    await running.app.sms.send(here(running), code, new Date())
    const { isSent, messages } = await read<{ isSent: boolean; messages: object[] }>(running, '/sms/outbox')
    expect(isSent).toBe(false)
    expect(messages).toMatchObject([{ phone: code.phone, text: code.text, purpose: 'sign-in-code' }])
    const audited = await here(running).selectFrom('audit_entries').select(['actor', 'action', 'subject']).execute()
    expect(audited).toContainEqual({
      actor: 'key',
      action: 'GET /api/districts/:district/sms/outbox',
      subject: 'sms-outbox',
    })
  })
})

describe('the inbox', () => {
  test('holds what one is to know, page by page, and says what is unread', async () => {
    const running = await start()
    const [one, other] = [await somebody(running, 'wangming'), await somebody(running, 'lihua')]
    const first = Date.UTC(2026, 10, 20)
    for (let n = 0; n < 60; n += 1) {
      // Two at the same moment, so that a page may end between them.
      const at = new Date(first + Math.floor(n / 2) * 1000)
      await notify(here(running), { districtId: 1, person: one.id, text: `第 ${n} 条`, link: '/desk/briefs' }, at)
    }
    const page = await inbox(running, one)
    expect(page).toMatchObject({ unread: 60, next: expect.any(String) })
    const rest = await inbox(running, one, `?cursor=${page.next}`)
    const texts = [...page.notices, ...rest.notices].map(({ text }) => text)
    expect([new Set(texts).size, rest.next]).toEqual([60, null])
    expect(page.notices[0]).toMatchObject({ link: '/desk/briefs', readAt: null, createdAt: '2026-11-20T00:00:29.000Z' })
    expect(await inbox(running, other)).toEqual({ unread: 0, notices: [], next: null })
  })

  test('is marked as read by nobody but its owner, one by one or whole', async () => {
    const running = await start()
    const [one, other] = [await somebody(running, 'wangming'), await somebody(running, 'lihua')]
    for (const text of ['甲', '乙', '丙']) {
      await notify(here(running), { districtId: 1, person: one.id, text }, new Date())
    }
    const [notice] = (await inbox(running, one)).notices
    const path = `/api/me/notices/${notice!.id}/read`
    expect((await ask(running, other, 'PUT', path)).json().code).toBe('unknown_notice')
    expect((await ask(running, one, 'PUT', path)).json()).toEqual({ done: true })
    const read = (await inbox(running, one)).notices.find(({ id }) => id === notice!.id)?.readAt
    await ask(running, one, 'PUT', path)
    const after = await inbox(running, one)
    expect([after.unread, after.notices.find(({ id }) => id === notice!.id)?.readAt]).toEqual([2, read])
    await ask(running, one, 'PUT', '/api/me/notices/read')
    expect((await inbox(running, one)).unread).toBe(0)
  })

  test('takes no notice that leads out of the house', async () => {
    const running = await start()
    const person = '2b1c7a58-8f5e-4c7e-9f37-111111111111'
    for (const link of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const notice = { districtId: 1, person, text: '甲', link }
      await expect(notify(here(running), notice, new Date())).rejects.toThrow('a page of ours')
    }
  })
})

type Person = Awaited<ReturnType<typeof signedIn>>

function somebody({ app }: Running, username: string): Promise<Person> {
  const grants = [{ role: 'planner', level: 'district', code: '' } as const]
  return signedIn(asking(app), { key, district: 'YX' }, { username, name: '王小明', grants })
}

const ask = ({ app }: Running, { headers }: Person, method: 'GET' | 'PUT', url: string) =>
  app.inject({ method, url, headers })

async function inbox(running: Running, person: Person, query = ''): Promise<Inbox> {
  const reply = await ask(running, person, 'GET', `/api/me/notices${query}`)
  expect(reply.statusCode).toBe(200)
  return reply.json()
}
