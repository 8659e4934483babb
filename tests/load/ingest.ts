import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { onPool, openPool } from '../../server/db/database.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { compareTallies } from '../../server/surveys/recount.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import { numbers, submissionOf } from './answers.ts'
import { fire, postRequest, type Volley } from './http-load.ts'
import { note, quantileOf, report } from './measure.ts'
import { prepare } from './prepare.ts'
import { machineAtRest, type ServerProcess, startProcess } from './server-process.ts'

const bench = 'ingest'
const ANSWERS = 20_000
const BARE_ANSWERS = 10_000
const RAW_ROWS = 10_000
const LONG_ANSWERS = 180_000
const CONNECTIONS = 64
const COMMUNITIES = 105
const PATH = '/api/districts/YX/surveys/needs2026/responses'

const short = process.argv.includes('--short')
const profile = process.argv.includes('--profile')

const dataDir = await mkdtemp(join(tmpdir(), 'yixu-bench-'))
const key = randomBytes(24).toString('base64url')
const embedded = await startEmbedded({ dataDir })
const pool = openPool({ connectionString: embedded.url, max: 8, options: '-c yixu.district=1' })
const environment = { DATA_DIR: dataDir, SEED: 'none', PORT: '0', STAFF_KEY: key, LOG_LEVEL: 'warn' }
const server = await startProcess({
  script: 'server/main.ts',
  environment,
  nodeOptions: profile ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [],
})
try {
  await run(server)
} finally {
  await server.stop()
  await pool.end()
  await embedded.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function run(house: ServerProcess): Promise<void> {
  const { communities } = await prepare(house.url, key, COMMUNITIES)
  note({ bench, figure: 'rss_before', value: house.residentMb(), unit: 'MB', better: 'lower' })
  const random = numbers(20_261_121)
  const submissions = Array.from({ length: ANSWERS }, () => submissionOf(random, communities))
  await pool.query(`CREATE TABLE bare_responses (id uuid PRIMARY KEY, community text NOT NULL, version integer NOT NULL,
    channel text NOT NULL, proxy boolean NOT NULL, started_at timestamptz NOT NULL, submitted_at timestamptz NOT NULL,
    consent_version text NOT NULL, answers json NOT NULL)`)
  const bare = await startProcess({ script: 'tests/load/bare-route.ts', environment: { DATABASE_URL: embedded.url } })
  // The machine is never quite the same twice: the limit is measured before and after, and warmed up like the house.
  const warm = Array.from({ length: 2_000 }, () => submissionOf(random, communities))
  await volley(bare.url, '/', warm)
  await volley(house.url, PATH, warm)
  // What was sent to warm up is worked out, down to the sums of the district: none of that belongs to what is measured.
  await machineAtRest(profile)
  const bareBegun = bare.mainThreadSeconds()
  const before = await volley(bare.url, '/', submissions.slice(0, BARE_ANSWERS))
  const bareSeconds = bare.mainThreadSeconds() - bareBegun
  const begun = house.mainThreadSeconds()
  const own = await volley(house.url, PATH, submissions)
  const seconds = house.mainThreadSeconds() - begun
  const residentMb = house.residentMb()
  // The answers just sent are looked through for signs of haste once they stop coming: not at the expense of the limit.
  await machineAtRest(profile)
  const after = await volley(bare.url, '/', submissions.slice(BARE_ANSWERS))
  await bare.stop()
  judgeSpeed(own, perSecond(before, after), await rawInserts(submissions))
  const [value, limit] = [(seconds / ANSWERS) * 1e6, (bareSeconds / BARE_ANSWERS) * 1e6]
  note({ bench, figure: 'main_thread_per_answer', value, unit: 'us', limit, better: 'lower' })
  report({ bench, figure: 'p99', value: quantileOf(own.latenciesMs, 0.99), unit: 'ms', limit: 200, better: 'lower' })
  await judgeCounts([...warm, ...submissions], own)
  report({ bench, figure: 'rss', value: residentMb, unit: 'MB', limit: 350, better: 'lower' })
  if (!short) await judgeGrowth(house, communities)
}

/** Sends submissions in parts, so that the requests of a long run are not all in memory at once. */
async function volley(url: URL, path: string, submissions: Submission[]): Promise<Volley> {
  const requests = submissions.map((submission) => postRequest(url, path, JSON.stringify(submission)))
  return await fire(url, requests, CONNECTIONS)
}

function perSecond(...volleys: Volley[]): number {
  const sum = (of: (one: Volley) => number) => volleys.reduce((total, one) => total + of(one), 0)
  return sum((one) => one.statuses.get(201) ?? 0) / sum((one) => one.seconds)
}

function judgeSpeed(own: Volley, bare: number, raw: number): void {
  const value = perSecond(own)
  report({ bench, figure: 'acknowledged', value, unit: '1/s', limit: bare, better: 'higher' })
  note({ bench, figure: 'acknowledged_to_raw_insert', value, unit: '1/s', limit: raw, better: 'higher' })
}

/** Single-row INSERTs of the same answers by eight clients, without HTTP. */
async function rawInserts(submissions: Submission[]): Promise<number> {
  await pool.query('TRUNCATE bare_responses')
  const text = `INSERT INTO bare_responses VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
  const rows = submissions.slice(0, RAW_ROWS).map((one) => {
    const { id, community, version, channel, proxy, startedAt, submittedAt, consentVersion, answers } = one
    return [id, community, version, channel, proxy, startedAt, submittedAt, consentVersion, JSON.stringify(answers)]
  })
  const begun = performance.now()
  const client = async () => {
    for (let row = rows.pop(); row; row = rows.pop()) await pool.query({ name: 'raw', text, values: row })
  }
  await Promise.all(Array.from({ length: 8 }, client))
  return RAW_ROWS / ((performance.now() - begun) / 1_000)
}

async function judgeCounts(submissions: Submission[], own: Volley): Promise<void> {
  const acknowledged = own.bodies.filter((body) => body !== undefined).length
  const { rows } = await pool.query<{ id: string; times: number }>(
    'SELECT id, count(*)::int AS times FROM responses WHERE district_id = 1 GROUP BY id',
  )
  const times = new Map(rows.map((row) => [row.id, row.times]))
  const lost = submissions.filter(({ id }) => !times.has(id)).length + (ANSWERS - acknowledged)
  const doubled = rows.filter((row) => row.times > 1).length + Math.max(0, times.size - submissions.length)
  report({ bench, figure: 'lost', value: lost, unit: 'answers', limit: 0, better: 'lower' })
  report({ bench, figure: 'doubled', value: doubled, unit: 'answers', limit: 0, better: 'lower' })
  await settled()
  const differences = (await compareTallies(onPool(pool), pool, 1)).reduce((sum, { different }) => sum + different, 0)
  report({ bench, figure: 'tally_differences', value: differences, unit: 'rows', limit: 0, better: 'lower' })
}

/** Waits until nothing waits to be folded in; says how long it took after the last answer. */
async function settled(): Promise<void> {
  const begun = performance.now()
  for (;;) {
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM tally_outbox WHERE district_id = 1',
    )
    if (rows[0]?.n === 0) break
    await sleep(50)
  }
  note({ bench, figure: 'fold_lag_at_end', value: performance.now() - begun, unit: 'ms', better: 'lower' })
}

/** Resident memory must not grow with the number of answers. */
async function judgeGrowth(house: ServerProcess, communities: string[]): Promise<void> {
  const random = numbers(5)
  const start = house.residentMb()
  const part = Array.from({ length: ANSWERS }, () => submissionOf(random, communities))
  for (let sent = 0; sent < LONG_ANSWERS; sent += ANSWERS) {
    await volley(
      house.url,
      PATH,
      part.map((submission) => ({ ...submission, id: randomUUID() })),
    )
  }
  const end = house.residentMb()
  note({ bench, figure: 'rss_growth_20000_to_200000', value: end - start, unit: 'MB', better: 'lower' })
  report({ bench, figure: 'rss_at_200000', value: end, unit: 'MB', limit: 350, better: 'lower' })
}
