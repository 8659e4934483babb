import { Agent } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Submission } from '../../shared/surveys/api.ts'
import { numbers, submissionOf } from '../load/answers.ts'
import { postRequest } from '../load/http-load.ts'
import { recounted } from './audit.ts'
import { atLeast, type Check, judge, none, within } from './check.ts'
import type { House } from './house.ts'
import { post, RESPONSES } from './storm.ts'

const CLIENTS = 32

/** People whose connection breaks in the middle of a submission: nothing of them stays open, and nobody else notices. */
export const r18: Check = async (house, size) => {
  const rounds = size === 'full' ? 20 : 5
  const random = numbers(18)
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const send = (one: Submission) => post(house, agent, RESPONSES, JSON.stringify(one))
  const make = () => submissionOf(random, house.communities)
  const seen: string[] = []
  let longestMs = 0
  let idle = 0
  let refused = 0
  let twice = 0
  for (let round = 0; round < rounds; round += 1) {
    const broken = Array.from({ length: CLIENTS }, make)
    await Promise.all(broken.map((one, index) => hangUp(house, one, index, random)))
    const begun = performance.now()
    const next = await send(make())
    longestMs = Math.max(longestMs, performance.now() - begun)
    if (next.status !== 201) seen.push(`${next.status} ${next.body}`)
    await sleep(100)
    idle += await leftIdle(house)
    // Whoever was cut off sends the same again, and it counts once, whether or not the first had come through.
    const repeated = await Promise.all(broken.map(send))
    refused += repeated.filter(({ status }) => status !== 200 && status !== 201).length
    twice += CLIENTS - new Set(repeated.map(({ body }) => body)).size
  }
  agent.destroy()
  const { different } = await recounted(house)
  const figures = [
    atLeast('rounds', rounds, rounds),
    none('left_idle_in_transaction', idle),
    none('next_not_taken_in', seen.length),
    none('sent_again_and_not_taken_in', refused),
    none('receipts_handed_out_twice', twice),
    none('tally_differences', different),
    within('next_submission', longestMs, 1_000),
  ]
  return judge('R18', size, figures, seen)
}

/** Breaks off after the headings, in the middle of the body, or once all is sent and the answer is on its way. */
async function hangUp(house: House, one: Submission, index: number, random: () => number): Promise<void> {
  const whole = postRequest(house.url, RESPONSES, JSON.stringify(one))
  const body = whole.indexOf('\r\n\r\n') + 4
  const cut = [body, body + Math.floor((whole.length - body) * random()), whole.length, whole.length][index % 4]
  const socket = connect({ host: house.url.hostname, port: Number(house.url.port), noDelay: true })
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  await new Promise((resolve) => socket.write(whole.subarray(0, cut), resolve))
  await sleep(random() * 8)
  // Half of them vanish without a word, half say goodbye.
  if (random() < 0.5) socket.resetAndDestroy()
  else socket.destroy()
}

/** The fold of the tallies may pause between two statements on a busy machine; what was left behind is still there two seconds later. */
async function leftIdle(house: House): Promise<number> {
  let left = await idleInTransaction(house)
  for (const until = performance.now() + 2_000; left > 0 && performance.now() < until; ) {
    await sleep(100)
    left = await idleInTransaction(house)
  }
  return left
}

function idleInTransaction(house: House): Promise<number> {
  return house.inDatabase(async (pool) => {
    const text = `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE state LIKE 'idle in transaction%' AND state_change < clock_timestamp() - interval '50 milliseconds'`
    return (await pool.query<{ n: number }>(text)).rows[0]?.n ?? 0
  })
}
