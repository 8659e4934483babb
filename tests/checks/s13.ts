import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { FLAGGED_FROM } from '../../shared/quality/signs.ts'
import type { SignedIn } from '../setup/people.ts'
import { atLeast, type Check, type Figure, judge, none } from './check.ts'
import type { House } from './house.ts'
import { must } from './s1-world.ts'
import { COURIER, honest, planted, type Sent, WORKERS, ways } from './s13-plant.ts'
import { employ } from './staff.ts'

const RESPONSES = '/api/districts/YX/surveys/needs2026/responses'
const PATIENCE_MS = 180_000

/** Brushing in five ways among honest answers: found nearly always, honest people nearly never, nobody dropped, totals either way. */
export const s13: Check = async (house, size) => {
  const [many, each] = size === 'full' ? [10_000, 20] : [1_500, 20]
  const until = Date.now()
  const before = await totals(house)
  const own = honest(many, house.communities, until)
  const all = [...own, ...planted(each, own, until)]
  const seen = await sendAll(house, all)
  const flagged = await flaggedOf(house, all)
  const found = (way: string) => all.filter((one) => one.way === way && flagged.has(one.submission.id)).length
  const sum = ways.reduce((total, way) => total + found(way), 0)
  const counted = await settled(house, before.kept + all.length)
  const excluded = all.filter((one) => one.way !== 'honest' && flagged.has(one.submission.id))
  for (let at = 0; at < excluded.length; at += 100) {
    const responses = excluded.slice(at, at + 100).map(({ submission }) => submission.id)
    const body = { responses, decision: 'excluded', reason: '查核：疑似刷票' }
    await must(house, 'POST', '/api/districts/YX/surveys/needs2026/reviews', body)
  }
  const after = await settled(house, counted.kept - excluded.length)
  const figures: Figure[] = [
    atLeast('answers_sent', all.length - seen.length, all.length),
    { figure: 'recall_percent', value: (100 * sum) / (5 * each), limit: 90, better: 'higher', unit: '%' },
    { figure: 'false_flags_percent', value: (100 * found('honest')) / many, limit: 1, better: 'lower', unit: '%' },
    none('dropped', before.kept + all.length - counted.kept),
    none('wrong_without', counted.kept - excluded.length - after.kept),
    none('wrong_with', counted.all - after.all),
    none('wrong_excluded', before.excluded + excluded.length - after.excluded),
  ]
  const told = ways.map((way) => `${way}: ${found(way)} of ${each}`)
  return judge('S13', size, figures, [...told, ...seen])
}

/** Sends them as their people would, from their own addresses; returns what went wrong. */
async function sendAll(house: House, all: Sent[]): Promise<string[]> {
  const stamp = Date.now().toString(36)
  const workers: SignedIn[] = []
  for (let at = 0; at <= WORKERS; at += 1) {
    const grants = house.communities.map((code) => ({ role: 'fieldworker', level: 'community', code }) as const)
    workers.push(await employ(house, `s13-${at === COURIER ? 'courier' : 'worker'}-${at}-${stamp}`, ...grants))
  }
  const agent = new Agent({ keepAlive: false, maxSockets: 24 })
  const wrong: string[] = []
  let next = 0
  const lane = async () => {
    while (next < all.length) {
      const one = all[next++]!
      const isOwn = one.submission.channel === 'online'
      const desk: Record<string, string> = isOwn ? {} : { authorization: `Bearer ${house.key}` }
      const status = await send(house, agent, one, one.worker === undefined ? desk : workers[one.worker]!.headers)
      if (status !== 201) wrong.push(`${one.way} ${one.submission.channel}: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 24 }, lane))
  agent.destroy()
  return wrong
}

async function send(house: House, agent: Agent, one: Sent, headers: Record<string, string>): Promise<number> {
  for (;;) {
    const { status } = await post(house, agent, one, headers)
    if (status !== 503) return status
    await sleep(500)
  }
}

function post({ url }: House, agent: Agent, { submission, address }: Sent, headers: Record<string, string>) {
  return new Promise<{ status: number }>((resolve, reject) => {
    const options = { method: 'POST', agent, localAddress: address, path: RESPONSES, port: url.port, host: '127.0.0.1' }
    const asked = request({ ...options, headers: { ...headers, 'content-type': 'application/json' } }, (reply) => {
      reply.resume()
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0 }))
    })
    asked.on('error', reject)
    asked.end(JSON.stringify(submission))
  })
}

/** Ids of those that are put before a person, once all of them were looked at. */
async function flaggedOf(house: House, all: Sent[]): Promise<Set<string>> {
  const ids = all.map(({ submission }) => submission.id)
  const look = () =>
    house.inDatabase(async (pool) => {
      const text = 'SELECT response_id AS id, score FROM response_signs WHERE response_id = ANY ($1::uuid[])'
      return (await pool.query<{ id: string; score: number }>(text, [ids])).rows
    })
  const began = Date.now()
  let before = ''
  for (;;) {
    const rows = await look()
    const flagged = rows.filter(({ score }) => score >= FLAGGED_FROM).map(({ id }) => id)
    const now = `${rows.length} ${flagged.length}`
    if (rows.length === ids.length && now === before) return new Set(flagged)
    if (Date.now() - began > PATIENCE_MS) throw new Error(`looked at ${rows.length} of ${ids.length} answers`)
    before = now
    await sleep(2_000)
  }
}

interface Totals {
  kept: number
  all: number
  excluded: number
}

async function totals(house: House): Promise<Totals> {
  const read = async (review: string) =>
    (await must(house, 'GET', `/api/districts/YX/demand?review=${review}`)) as {
      excluded: number
      communities: { n: number }[]
    }
  const count = ({ communities }: { communities: { n: number }[] }) => communities.reduce((sum, { n }) => sum + n, 0)
  const [kept, all] = [await read('kept'), await read('all')]
  return { kept: count(kept), all: count(all), excluded: kept.excluded }
}

/** Totals once they rest on the present tallies; as they are where they do not get there. */
async function settled(house: House, kept: number): Promise<Totals> {
  for (let tries = 0; ; tries += 1) {
    const now = await totals(house)
    if ((now.kept === kept && now.all - now.excluded === kept) || tries === 60) return now
    await sleep(1_000)
  }
}
