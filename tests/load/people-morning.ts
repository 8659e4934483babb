import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Ask, password, type SignedIn, signedIn } from '../setup/people.ts'
import { numbers, submissionOf } from './answers.ts'
import { fire, postRequest } from './http-load.ts'
import { note, quantileOf, report } from './measure.ts'
import { prepare } from './prepare.ts'
import { type ServerProcess, startProcess } from './server-process.ts'

const bench = 'people'
const COMMUNITIES = 6
const STAFF = 20
const CONNECTIONS = 64
const ANSWERS = 6_000
const ROUNDS = 4
const SIGN_INS_PER_SECOND = 5
const MOST_SLOWER = 0.2
const LOOKS = 3_000
const LIMIT_MS = 1.5
const QUIET_MS = 5_000

/** A morning at the desk: what sign-ins take from those who answer, and what it costs to know who asks. */
export async function morning(dataDir: string): Promise<void> {
  const key = randomBytes(24).toString('base64url')
  const environment = { DATA_DIR: dataDir, SEED: 'none', PORT: '0', STAFF_KEY: key, LOG_LEVEL: 'warn' }
  const server = await startProcess({ script: 'server/main.ts', environment })
  try {
    const { communities } = await prepare(server.url, key, COMMUNITIES)
    const staff: SignedIn[] = []
    for (let n = 0; n < STAFF; n += 1) staff.push(await secretary(server.url, key, n, communities))
    await signInsBeside(server, staff, communities)
    await looks(server, key, staff[0] as SignedIn)
  } finally {
    await server.stop()
  }
}

function secretary(url: URL, key: string, n: number, communities: string[]): Promise<SignedIn> {
  const ask: Ask = async (method, path, { body, headers }) => {
    const json = { 'content-type': 'application/json', ...headers }
    const sent = body === undefined ? undefined : JSON.stringify(body)
    const reply = await fetch(new URL(path, url), { method, headers: json, body: sent })
    return { status: reply.status, body: await reply.json(), cookies: reply.headers.getSetCookie() }
  }
  const grant = { role: 'secretary', level: 'community', code: communities[n % communities.length] as string } as const
  return signedIn(ask, { key, district: 'YX' }, { username: `shuji${n}`, name: '书记', grants: [grant] })
}

/** Answers as fast as they are taken, with and without people who sign in; in turns, since the machine is never quite the same twice. */
async function signInsBeside(server: ServerProcess, staff: SignedIn[], communities: string[]): Promise<void> {
  const random = numbers(20_261_122)
  const volley = async () => {
    const path = '/api/districts/YX/surveys/needs2026/responses'
    const all = Array.from({ length: ANSWERS }, () => JSON.stringify(submissionOf(random, communities)))
    const { seconds } = await fire(
      server.url,
      all.map((body) => postRequest(server.url, path, body)),
      CONNECTIONS,
    )
    return seconds
  }
  await volley()
  let alone = 0
  let beside = 0
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    alone += await volley()
    const arriving = signInEvery(server.url, staff, 1_000 / SIGN_INS_PER_SECOND)
    beside += await volley()
    took.push(...(await arriving.stop()))
  }
  const value = 1 - alone / beside
  note({ bench, figure: 'sign_ins', value: took.length / beside, unit: '1/s', better: 'higher' })
  note({ bench, figure: 'sign_in_median', value: quantileOf(took, 0.5), unit: 'ms', better: 'lower' })
  note({ bench, figure: 'submissions_alone', value: (ROUNDS * ANSWERS) / alone, unit: '1/s', better: 'higher' })
  report({ bench, figure: 'submissions_slower', value, unit: '1', limit: MOST_SLOWER, better: 'lower' })
}

/** People come in one after the other at a steady pace; says how long each took. @throws {Error} when one is not let in */
function signInEvery(url: URL, staff: SignedIn[], everyMs: number): { stop(): Promise<number[]> } {
  const entering: Promise<number>[] = []
  const enter = async ({ username }: SignedIn) => {
    const begun = performance.now()
    const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
    const body = JSON.stringify({ username, password })
    const reply = await fetch(new URL('/api/sign-in', url), { method: 'POST', headers, body })
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`)
    return performance.now() - begun
  }
  const timer = setInterval(() => {
    entering.push(enter(staff[entering.length % staff.length] as SignedIn))
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      return await Promise.all(entering)
    },
  }
}

/** Processor time of a whole call that is permitted by session and grants, beside the same by the staff key, which asks about neither. */
async function looks(server: ServerProcess, key: string, { headers }: SignedIn): Promise<void> {
  const byKey = { authorization: `Bearer ${key}` }
  await cpuOf(server, byKey)
  await cpuOf(server, headers)
  // What the answers before have left to fold and to sum up costs processor time as well.
  await sleep(QUIET_MS)
  let [signed, keyed] = [0, 0]
  for (let round = 0; round < 3; round += 1) {
    keyed += await cpuOf(server, byKey)
    signed += await cpuOf(server, headers)
  }
  const each = (seconds: number) => (seconds / (3 * LOOKS)) * 1_000
  note({ bench, figure: 'look_by_key', value: each(keyed), unit: 'ms', better: 'lower' })
  const value = each(signed)
  report({ bench, figure: 'look_signed_in', value, unit: 'ms', limit: LIMIT_MS, better: 'lower' })
}

async function cpuOf(server: ServerProcess, headers: Record<string, string>): Promise<number> {
  const address = new URL('/api/districts/YX/catalogue', server.url)
  const begun = server.cpuSeconds()
  for (let n = 0; n < LOOKS; n += 1) {
    const reply = await fetch(address, { headers })
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`)
    await reply.arrayBuffer()
  }
  return server.cpuSeconds() - begun
}
