import { Agent } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { numbers, submissionOf } from '../load/answers.ts'
import { postRequest } from '../load/http-load.ts'
import { openRoom } from '../load/room.ts'
import { openScreen, type Screen, until } from '../load/screens.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import type { House } from './house.ts'
import { post, RESPONSES } from './storm.ts'

const REQUESTS = 30
const IN_FLIGHT_MS = 800

const SCREENS = 200

/** SIGTERM while thirty answers are on their way and two hundred screens follow a room: all are taken in, the screens are sent on, and the server and its database end cleanly. */
export const r3: Check = async (house, size) => {
  const screens = await followed(house)
  const held = await holdTable(house)
  const random = numbers(3)
  const agent = new Agent({ keepAlive: true, maxSockets: REQUESTS })
  const submissions = Array.from({ length: REQUESTS }, () => submissionOf(random, house.communities))
  const replies = submissions.map(async (one) =>
    post(house, agent, RESPONSES, JSON.stringify(one)).catch((error: Error) => ({ status: 0, body: error.message })),
  )
  // The server waits for somebody who has stopped in the middle of a sentence, but not for ever; a test has less time.
  const stalled = size === 'full' ? await beginAndStall(house) : undefined
  await sleep(500)
  const ending = house.stop()
  await sleep(IN_FLIGHT_MS)
  await held.release()
  const answered = await Promise.all(replies)
  const sentOn = screens.filter(({ sentOn }) => sentOn === 1).length
  const { code, ms } = await ending
  for (const screen of screens) screen.close()
  stalled?.destroy()
  agent.destroy()
  const before = house.databaseLog().length
  await house.start()
  const log = house.databaseLog().slice(before)
  const stored = await countStored(
    house,
    submissions.map(({ id }) => id),
  )
  const refused = answered.filter(({ status }) => status !== 200 && status !== 201)
  const figures = [
    none('not_taken_in', refused.length),
    atLeast('stored', stored, REQUESTS),
    atLeast('screens_sent_on', sentOn, SCREENS),
    none('exit_code', code ?? -1),
    atLeast('clean_shutdowns_logged', log.includes('database system was shut down at') ? 1 : 0, 1),
    none('recoveries_at_next_start', log.includes('redo starts') ? 1 : 0),
    { figure: 'exit', value: Math.round(ms), limit: 10_000, better: 'lower' as const, unit: 'ms' },
  ]
  return judge(
    'R3',
    size,
    figures,
    refused.map(({ status, body }) => `${status} ${body}`),
  )
}

async function followed(house: House): Promise<Screen[]> {
  const room = await openRoom(house.url, house.key, house.communities[0]!, 0)
  const start = await room.read()
  const screens = Array.from({ length: SCREENS }, () => openScreen(house.url, room.path, start))
  await until(() => screens.every(({ openedAt }) => openedAt !== undefined), 10_000, 'screens open')
  return screens
}

async function beginAndStall(house: House): Promise<Socket> {
  const socket = connect({ host: house.url.hostname, port: Number(house.url.port) })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(postRequest(house.url, RESPONSES, '{"id": "never finished"}').subarray(0, -10))
  return socket
}

/** Makes writers of answers wait, as a slow disk would: their statements stand in the database until `release`. */
async function holdTable(house: House): Promise<{ release(): Promise<void> }> {
  let release = () => {}
  let closed: Promise<void> = Promise.resolve()
  await new Promise<void>((held, failed) => {
    closed = house.inDatabase(async (pool) => {
      const client = await pool.connect()
      await client.query('BEGIN; LOCK TABLE responses IN SHARE ROW EXCLUSIVE MODE')
      held()
      await new Promise<void>((done) => {
        release = done
      })
      await client.query('COMMIT')
      client.release()
    })
    closed.catch(failed)
  })
  return {
    release: () => {
      release()
      return closed
    },
  }
}

function countStored(house: House, ids: string[]): Promise<number> {
  return house.inDatabase(async (pool) => {
    const text = 'SELECT count(*)::int AS n FROM responses WHERE district_id = 1 AND id = ANY ($1)'
    return (await pool.query<{ n: number }>(text, [ids])).rows[0]?.n ?? 0
  })
}
