import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { note, quantileOf, report } from './measure.ts'

const bench = 'wishes'
const LIMIT_MS = 300
/** Browsers come in over so many lines; who waits for one, waits, and that counts. */
const LINES = 256

interface Race {
  /** The servers that are pressed in turn. */
  urls: URL[]
  cookies: string[]
  wishes: string[]
  /** How often each organisation presses, each time on another wish, within so many seconds. */
  presses: number
  seconds: number
  random: () => number
}

interface Answer {
  status: number
  body: string
  tookMs: number
  claim: string
}

/** Everybody presses 认领 at moments of their own; judged by what was answered and by what is in the database. */
export async function claims(pool: pg.Pool, race: Race): Promise<void> {
  const begun = performance.now()
  const answers = await run(race)
  const seconds = (performance.now() - begun) / 1_000
  const made = new Set(answers.filter(({ status }) => status === 201).map(({ claim }) => claim))
  const { rows } = await pool.query(`SELECT id, wish_id FROM claims WHERE district_id = 1 AND ended_at IS NULL`)
  const held = rows.filter(({ wish_id }) => race.wishes.includes(wish_id))

  const figure = (figure: string, value: number, limit: number, better: 'higher' | 'lower', unit: string) =>
    report({ bench, figure, value, unit, limit, better })
  const size = race.wishes.length
  figure(`claims of ${size} wishes`, held.length, size, 'higher', 'claims')
  const doubled = held.length - new Set(held.map(({ wish_id }) => wish_id)).size
  figure('claims_doubled', doubled, 0, 'lower', 'claims')
  figure(
    'claims_told_but_not_there',
    [...made].filter((id) => !held.some((one) => one.id === id)).length,
    0,
    'lower',
    'claims',
  )
  figure('claims_there_but_not_told', held.filter(({ id }) => !made.has(id)).length, 0, 'lower', 'claims')
  const others = answers.filter(({ status }) => status !== 201)
  const told = others.filter(({ status, body }) => status === 409 && /"wish_taken".*由共建单位\d+认领/.test(body))
  figure('others_not_told_who_has_it', others.length - told.length, 0, 'lower', 'presses')
  figure('answers_5xx', answers.filter(({ status }) => status >= 500 || status === 0).length, 0, 'lower', 'answers')
  const p95 = quantileOf(
    told.map(({ tookMs }) => tookMs),
    0.95,
  )
  figure('told_who_has_it_p95', p95, LIMIT_MS, 'lower', 'ms')
  note({ bench, figure: 'presses', value: answers.length / seconds, unit: '1/s', better: 'higher' })
  const took = answers.filter(({ status }) => status === 201).map(({ tookMs }) => tookMs)
  note({ bench, figure: 'claimed_p95', value: quantileOf(took, 0.95), unit: 'ms', better: 'lower' })
}

const AT_ONCE = 32

/** Everybody opens the board before the event begins, and sees what they hold. */
export async function enter(urls: URL[], cookies: string[]): Promise<void> {
  const waiting = [...cookies.entries()]
  const take = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      for (const page of ['wishes', 'holdings']) {
        const [n, cookie] = next
        const reply = await fetch(new URL(`/api/districts/YX/${page}`, urls[n % urls.length]), { headers: { cookie } })
        if (!reply.ok) throw new Error(`${page}: ${reply.status} ${await reply.text()}`)
        await reply.arrayBuffer()
      }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, take))
}

async function run({ urls, cookies, wishes, presses, seconds, random }: Race): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: LINES })
  const due = cookies.flatMap((cookie) => {
    const wanted = [...wishes].sort(() => random() - 0.5).slice(0, presses)
    return wanted.map((wish) => ({ cookie, wish, atMs: random() * seconds * 1_000 }))
  })
  due.sort((a, b) => a.atMs - b.atMs)
  const begun = performance.now()
  const answers: Promise<Answer>[] = []
  for (const [n, { atMs, ...who }] of due.entries()) {
    const early = begun + atMs - performance.now()
    if (early > 1) await sleep(early)
    answers.push(press(agent, urls[n % urls.length]!, who, begun + atMs))
  }
  const all = await Promise.all(answers)
  agent.destroy()
  return all
}

/** One press. Its time counts from when it was due: whoever is kept waiting waits. */
function press(
  agent: Agent,
  url: URL,
  { cookie, wish }: { cookie: string; wish: string },
  dueAt: number,
): Promise<Answer> {
  const claim = randomUUID()
  const sent = JSON.stringify({ id: claim })
  const headers = {
    ...{ cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) },
    'sec-fetch-site': 'same-origin',
  }
  return new Promise((resolve) => {
    const done = (status: number, body: string) => resolve({ status, body, claim, tookMs: performance.now() - dueAt })
    const path = `/api/districts/YX/wishes/${wish}/claims`
    request(new URL(path, url), { method: 'POST', agent, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (part) => {
        body += part
      })
      answer.once('end', () => done(answer.statusCode ?? 0, body)).once('error', (error) => done(0, error.message))
    })
      .once('error', (error) => done(0, error.message))
      .end(sent)
  })
}
