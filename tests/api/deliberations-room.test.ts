import { randomUUID } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { follow, type Room, type RoomEvent } from '../../shared/deliberations/room.ts'
import { key, staff } from '../setup/app.ts'
import { listen } from '../setup/browser.ts'
import { base, type Deliberations, openDeliberations } from './deliberations-district.ts'
import { at } from './people-district.ts'

let house: Deliberations
/** Another process of the server on the same database, as far as the database can tell. */
let second: FastifyInstance
let urls: [string, string]
beforeAll(async () => {
  house = await openDeliberations()
  second = await beside()
  urls = [await listen(house.app), await listen(second)]
})
afterAll(async () => {
  await second?.close()
  await house?.stop()
})

function beside() {
  const { connectionString } = house.app.pg.pool.options
  const settings = { host: '127.0.0.1', port: 0, seed: 'none', desk: 'key', staffKey: key, logLevel: 'silent' } as const
  return buildApp({ ...settings, dataDir: house.dataDir, databaseUrl: String(connectionString) })
}

interface Stream {
  answer: IncomingMessage
  text: string
  events: RoomEvent[]
  /** Names of events that say something else. */
  said: string[]
  ended: boolean
  until(good: (stream: Stream) => boolean): Promise<void>
  close(): void
}

function stream(url: string, path: string, headers: Record<string, string> = {}): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api${path}`, { headers, agent: false }, (answer) => {
      const one: Stream = {
        ...{ answer, text: '', events: [], said: [], ended: false },
        close: () => asked.destroy(),
        async until(good) {
          for (let wait = 0; !good(one); wait += 10) {
            if (wait > 10_000) throw new Error(`not in time: ${one.said} ${JSON.stringify(one.events).slice(0, 2_000)}`)
            await sleep(10)
          }
        },
      }
      answer.setEncoding('utf8').on('data', (piece: string) => {
        one.text += piece
        const blocks = one.text.split('\n\n')
        one.text = blocks.pop()!
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
          const name = field('event')
          if (name) one.said.push(name)
          else if (field('data')) one.events.push(JSON.parse(field('data')!))
        }
      })
      answer.on('error', () => undefined).on('close', () => Object.assign(one, { ended: true }))
      resolve(one)
    })
    asked.on('error', reject).end()
  })
}

const room = async (id: string): Promise<Room> => house.must('GET', `${base}/${id}/room`, undefined, {})
const events = async (id: string, since: number) =>
  house.must('GET', `${base}/${id}/events?since=${since}`, undefined, {})
const shown = (from: Room, { events }: Pick<Stream, 'events'>) => events.reduce(follow, from)
const kinds = ({ events }: Pick<Stream, 'events'>) => events.map(({ change }) => change.kind)

test('two servers serve one room: what one takes in is told to who follows at the other, in order and once', async () => {
  const { id } = await house.open()
  const before = await room(id)
  const streams = await Promise.all(urls.map((url) => stream(url, `${base}/${id}/stream?since=${before.seq}`)))
  await Promise.all(Array.from({ length: 20 }, () => house.phone(id)))
  await fetch(`${urls[1]}/api${base}/${id}/item`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ item: before.items[1]!.id }),
  })
  for (const one of streams) {
    await one.until(({ events }) => kinds({ events }).includes('items'))
    expect(shown(before, one)).toEqual({ ...(await room(id)), seq: one.events.at(-1)!.seq })
    expect(shown(before, await events(id, before.seq))).toEqual(shown(before, one))
    const seqs = one.events.map(({ seq }) => seq)
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b))
    // What is the desk's alone is left out.
    expect(new Set(kinds(one))).toEqual(new Set(['head', 'items']))
    one.close()
  }
})

test('a stream says how it is to be treated, is not packed, and lets nobody else in', async () => {
  const { id } = await house.open()
  const one = await stream(urls[0], `${base}/${id}/stream`, { 'accept-encoding': 'br, gzip' })
  expect(one.answer.statusCode).toBe(200)
  expect(one.answer.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  expect(one.answer.headers['content-security-policy']).toContain("default-src 'self'")
  expect(one.answer.headers['content-encoding']).toBeUndefined()
  await one.until(({ said }) => said.includes('beat'))
  const head = await fetch(`${urls[0]}/api${base}/${id}/stream`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  expect((await stream(urls[0], `${base}/${randomUUID()}/stream`)).answer.statusCode).toBe(404)
  expect((await stream(urls[0], `${base}/${id}/desk-stream`)).answer.statusCode).toBe(401)
  expect((await stream(urls[0], `${base}/${id}/desk-stream`, house.neighbour)).answer.statusCode).toBe(404)
  const metrics = await (await fetch(`${urls[0]}/metrics`, { headers: { authorization: `Bearer ${key}` } })).text()
  expect(metrics).toMatch(/^room_followers 1$/m)
  one.close()
})

test('who comes back gets what was missed, by stream or by asking, and is told when that is too much', async () => {
  const { id } = await house.open()
  const before = await room(id)
  for (let i = 0; i < 3; i += 1) await house.phone(id)
  const missed = (await events(id, before.seq)).events
  expect(missed.length).toBe(3)
  const back = await stream(urls[1], `${base}/${id}/stream?since=${before.seq}`)
  await back.until(({ events }) => events.length > 0)
  // A number that has changed again is told once.
  expect(back.events).toEqual(missed.slice(2))
  const byHeader = await stream(urls[0], `${base}/${id}/stream?since=${before.seq}`, {
    'last-event-id': String(missed[1].seq),
  })
  await byHeader.until(({ events }) => events.length === 1)
  expect(byHeader.events).toEqual(missed.slice(2))
  const item = (at: number) =>
    house.must('PUT', `${base}/${id}/item`, { item: before.items[at % 2]!.id }, house.secretary)
  await house.look(
    `INSERT INTO deliberation_events (district_id, deliberation_id, seq, audience, body, at)
     SELECT 1, '${id}', s, 'all', '{"kind":"speakers","speakers":[]}', now()
     FROM deliberations, generate_series(sequence + 1, sequence + 505) AS s WHERE district_id = 1 AND id = '${id}'`,
  )
  await house.look(`UPDATE deliberations SET sequence = sequence + 505 WHERE district_id = 1 AND id = '${id}'`)
  await item(0)
  for (const since of [before.seq, 1_000_000, Number.MAX_SAFE_INTEGER])
    expect(await events(id, since)).toEqual({ far: true, events: [] })
  await back.until(({ events }) => events.at(-1)!.seq > before.seq + 500)
  for (const since of [before.seq, 1_000_000]) {
    const late = await stream(urls[1], `${base}/${id}/stream?since=${since}`)
    await late.until(({ ended }) => ended)
    expect(late.said).toEqual(['beat', 'far'])
  }
  back.close()
  byHeader.close()
})

const isShown =
  (present: number) =>
  ({ events }: Pick<Stream, 'events'>) =>
    events.some(({ change }) => change.kind === 'head' && change.head.present === present)

test('what is told while nothing is heard from the database arrives all the same', async () => {
  const { id } = await house.open()
  const one = await stream(urls[0], `${base}/${id}/stream`)
  await one.until(({ said }) => said.includes('beat'))
  const cut = () =>
    house.look(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'listen%' AND datname = current_database()`,
    )
  await Promise.all([cut(), house.phone(id)])
  await house.phone(id)
  await one.until(isShown(2))
  await sleep(500)
  await house.phone(id)
  await one.until(isShown(3))
  one.close()
})

test('the desk hears what is its own until its session has ended', async () => {
  const { id } = await house.open()
  const headers = await house.person('li.gan', at('secretary', 'C001'))
  const desk = await stream(urls[0], `${base}/${id}/desk-stream`, headers)
  await house.phone(id)
  await desk.until((one) => kinds(one).includes('desk'))
  const begun = performance.now()
  await house.call('POST', '/sign-out', undefined, headers)
  await desk.until(({ ended }) => ended)
  expect(performance.now() - begun).toBeLessThan(5_000)
})

test('a server that stops sends everybody on', async () => {
  const { id } = await house.open()
  const third = await beside()
  const url = await listen(third)
  const streams = await Promise.all(Array.from({ length: 20 }, () => stream(url, `${base}/${id}/stream`)))
  const begun = performance.now()
  await third.close()
  expect(performance.now() - begun).toBeLessThan(10_000)
  for (const one of streams) {
    await one.until(({ ended }) => ended)
    expect(one.said).toEqual(['beat', 'reconnect'])
  }
})

test('whoever hangs up while the room is being opened does not follow it', async () => {
  const { id } = await house.open()
  const following = async () => {
    const metrics = await (await fetch(`${urls[0]}/metrics`, { headers: staff })).text()
    return Number(/^room_followers (\d+)$/m.exec(metrics)![1])
  }
  const before = await following()
  const held = house.look('BEGIN; LOCK deliberation_events; SELECT pg_sleep(0.6); COMMIT')
  await sleep(150)
  const asked = request(`${urls[0]}/api${base}/${id}/stream`, { agent: false })
  asked.on('error', () => undefined).end()
  await sleep(150)
  asked.destroy()
  await held
  await sleep(300)
  expect(await following()).toBe(before)
})
