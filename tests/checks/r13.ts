import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { numbers, submissionOf } from '../load/answers.ts'
import { atLeast, type Check, judge, none, within } from './check.ts'
import type { House } from './house.ts'
import { takePulse } from './r10.ts'
import { post, RESPONSES } from './storm.ts'

/** More than the server has connections for its desk. */
const READERS = 30
const READ = '/api/districts/YX/communities'
const AGAIN_MS = 200

interface Told {
  status: number
  ms: number
}

/** Something in the database holds what every connection of the server needs: everybody is soon told to come again, and then all goes on. */
export const r13: Check = async (house, size) => {
  const heldMs = size === 'full' ? 10_000 : 4_000
  const before = house.residentMb()
  const pulse = takePulse(house)
  const held = holdConnections(house, heldMs)
  await sleep(200)
  const readers = Array.from({ length: READERS }, () => read(house))
  const told: Told[] = []
  const until = performance.now() + heldMs - 2_500
  await sleep(100)
  while (performance.now() < until) {
    told.push(...(await Promise.all([read(house), submit(house)])))
    await sleep(AGAIN_MS)
  }
  const residentMb = house.residentMb() - before
  await held
  const released = performance.now()
  const backMs = await served(house, released)
  const waited = await Promise.all(readers)
  const beats = await pulse.stop()
  const strange = [...told, ...waited].filter(({ status }) => status !== 503 && status !== 200 && status !== 201)
  const figures = [
    atLeast('told_to_come_again', told.filter(({ status }) => status === 503).length, 2),
    none('served_meanwhile', told.filter(({ status }) => status !== 503).length),
    none('anything_else_said', strange.length),
    none('healthz_not_answered', beats.missed),
    within('told_within', Math.max(...told.map(({ ms }) => ms)), 2_000),
    within('healthz', beats.longestMs, 200),
    within('more_resident', residentMb, 100, 'MB'),
    within('served_again', backMs, 5_000),
  ]
  return judge(
    'R13',
    size,
    figures,
    strange.map(({ status }) => String(status)),
  )
}

/** Nobody can read places or write answers meanwhile. */
function holdConnections(house: House, ms: number): Promise<void> {
  return house.inDatabase(async (pool) => {
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query('LOCK TABLE communities, responses IN ACCESS EXCLUSIVE MODE')
    await client.query('SELECT pg_sleep($1)', [ms / 1_000])
    await client.query('COMMIT')
    client.release()
  })
}

async function read(house: House): Promise<Told> {
  const begun = performance.now()
  const reply = await fetch(new URL(READ, house.url), { headers: { authorization: `Bearer ${house.key}` } })
  await reply.arrayBuffer()
  return { status: reply.status, ms: performance.now() - begun }
}

const random = numbers(13)
const agent = new Agent({ keepAlive: true })

async function submit(house: House): Promise<Told> {
  const begun = performance.now()
  const { status } = await post(house, agent, RESPONSES, JSON.stringify(submissionOf(random, house.communities)))
  return { status, ms: performance.now() - begun }
}

/** How many milliseconds after `since` both reading and answering work again. */
async function served(house: House, since: number): Promise<number> {
  for (;;) {
    const both = await Promise.all([read(house), submit(house)])
    const ms = performance.now() - since
    if (both.every(({ status }) => status < 300) || ms > 60_000) return ms
    await sleep(AGAIN_MS)
  }
}
