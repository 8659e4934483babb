import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { buildApp } from '../../server/app.ts'
import { admitApplication } from '../../server/db/application.ts'
import { forDistrict, openPool } from '../../server/db/database.ts'
import { startEmbedded } from '../../server/db/embedded.ts'
import { migrate } from '../../server/db/migrate.ts'
import { createDistrict, savePlaces } from '../../server/places/queries.ts'
import { chinaDayNumber } from '../../server/platform/china-time.ts'
import { foldIn } from '../../server/surveys/fold-district.ts'
import { publishedSurvey } from '../../server/surveys/published.ts'
import { extraServices, shippedCatalogue } from '../../shared/places/catalogue.ts'
import { channels } from '../../shared/surveys/api.ts'
import { type Signals, signals } from '../../shared/surveys/signals.ts'
import type { TallyEntry } from '../../shared/surveys/tally.ts'
import { answersOf, definition, numbers } from './answers.ts'
import { note, quantileOf, report } from './measure.ts'

const bench = 'campaigns'
const SMALL = 15_765
const LARGE = 1_000_000
/** So many different answers are made; beyond that they come again, in other communities. */
const DIFFERENT = 10_000
const SUBDISTRICTS = 8
const COMMUNITIES = 105
const DAYS = 30
const SLIPS_EACH = 300
const CONTACTS = 5_000
const REQUESTS = 40
const WARM = 3
const SURVEY = 'needs2026'
const LIMIT_MS = 50
const LIMIT_RATIO = 1.3

const dataDir = await mkdtemp(join(tmpdir(), 'yixu-bench-'))
const embedded = await startEmbedded({ dataDir })
await migrate(embedded.url)
await admitApplication(embedded.url)
const key = randomBytes(24).toString('base64url')
const settings = { host: '127.0.0.1', port: 0, dataDir, seed: 'none', desk: 'loopback', logLevel: 'warn' } as const
const app = await buildApp({ ...settings, staffKey: key, databaseUrl: embedded.appUrl })
const pool = openPool({ connectionString: embedded.url, max: 2, options: '-c yixu.district=1' })
const random = numbers(20_261_122)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const today = chinaDayNumber(new Date())
try {
  await run()
} finally {
  await app.close()
  await pool.end()
  await embedded.stop()
  await rm(dataDir, { recursive: true, force: true })
}
await import('./campaigns-exports.ts')

type Heard = Signals & { indicators: number }

async function run(): Promise<void> {
  const communities = await prepare(app)
  const { plan } = (await publishedSurvey(forDistrict(app.db, 1), 1, SURVEY)).survey
  const heard = Array.from({ length: DIFFERENT }, () => {
    return { ...signals(plan, answersOf(random, false)), indicators: plan.indicators }
  })
  await inOneClient((client) => fill(client, communities, heard, SMALL))
  const small = await measure(communities, heard, SMALL)
  await inOneClient((client) => fill(client, communities, heard, LARGE - SMALL))
  const large = await measure(communities, heard, LARGE)
  ratio('coverage_ratio', large.coverage / small.coverage)
  ratio('demand_page_ratio', large.page / small.page)
  // Figures of exports are called from here: they need the same district.
}

const ratio = (figure: string, value: number) =>
  report({ bench, figure, value, unit: '1', limit: LIMIT_RATIO, better: 'lower' })

async function prepare(server: FastifyInstance): Promise<string[]> {
  const db = forDistrict(server.db, 1)
  await createDistrict(db, { id: 1, code: 'YX', name: '压测区', demo: true }, shippedCatalogue(extraServices))
  const subdistricts = Array.from({ length: SUBDISTRICTS }, (_, at) => ({ code: `S${at}`, name: `${at}街道` }))
  await savePlaces(db, 1, 'subdistricts', subdistricts)
  const codes = Array.from({ length: COMMUNITIES }, (_, at) => `C${String(at + 1).padStart(3, '0')}`)
  const count = (about: number) => Math.round(about * (0.7 + 0.6 * random()))
  const bands = () => [800, 200, 1300, 1900, 1000, 200].map(count)
  const communities = codes.map((code, at) => ({
    ...{ code, subdistrict: `S${at % SUBDISTRICTS}`, name: `${code}社区`, kind: '', pilot: false },
    profile: {
      asOf: '2026-01-01',
      population: { male: bands(), female: bands() },
      households: count(2_800),
      eldersLivingAlone: count(200),
      parents: { parent_0_3: count(300), parent_4_6: count(280), parent_7_12: count(500) },
      areaKm2: 0.3,
      buildingYear: 1995,
    },
  }))
  await savePlaces(db, 1, 'communities', communities)
  await must('POST', `surveys/${SURVEY}/versions`, { title: '需求调查', definition })
  for (const channel of channels)
    await must('POST', `surveys/${SURVEY}/quotas/distribution`, { channel, total: 20_000, minimum: 50 })
  await addSlips(codes)
  await addContacts(codes)
  return codes
}

async function must(method: 'GET' | 'POST', path: string, payload?: object): Promise<string> {
  const headers = { authorization: `Bearer ${key}` }
  const reply = await app.inject({ method, url: `/api/districts/YX/${path}`, payload, headers })
  if (reply.statusCode >= 300) throw new Error(`${path}: ${reply.body}`)
  return reply.body
}

/** Every third household slip came back with an answer. */
async function addSlips(communities: string[]): Promise<void> {
  await pool.query(
    `INSERT INTO household_slips (district_id, code, survey_code, community_code, batch, issued_at)
     SELECT 1, community || '-' || n, $1, community, gen_random_uuid(), now() FROM unnest($2::text[]) AS community, generate_series(1, $3) AS n`,
    [SURVEY, communities, SLIPS_EACH],
  )
  await pool.query(
    `INSERT INTO responses (district_id, id, survey_code, version, community_code, channel, proxy, started_at,
       submitted_at, received_at, consent_version, answers, slip, receipt)
     SELECT 1, gen_random_uuid(), $1, 1, community_code, 'online', false, now() - interval '5 minutes', now(), now(), '1', '{}', code, code
     FROM household_slips WHERE district_id = 1 AND right(code, 1) IN ('3', '6', '9')`,
    [SURVEY],
  )
}

async function addContacts(communities: string[]): Promise<void> {
  await pool.query(
    `INSERT INTO contacts (district_id, id, survey_code, community_code, day, outcome, doors, actor, recorded_at)
     SELECT 1, gen_random_uuid(), $1, ($2::text[])[1 + n % $3], current_date, (ARRAY['refused', 'not-home'])[1 + n % 2], 1, 'key', now()
     FROM generate_series(1, $4) AS n`,
    [SURVEY, communities, communities.length, CONTACTS],
  )
}

async function inOneClient(work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await work(client)
    await client.query('COMMIT')
  } finally {
    // A connection with an open transaction is not used again.
    client.release(true)
  }
}

function entryOf(community: string, { cell, hits, indicators }: Heard): TallyEntry {
  const channel = random() < 0.6 ? channels[0] : pick(channels.slice(1))
  const day = today - Math.floor(random() * DAYS)
  return [SURVEY, 1, community, cell, channel, random() < 0.15 ? 1 : 0, 'kept', 1, hits, indicators, day]
}

/** So many answers more, folded in community by community. */
async function fill(client: pg.PoolClient, communities: string[], heard: Heard[], answers: number): Promise<void> {
  const each = Math.ceil(answers / communities.length)
  for (const community of communities) {
    await foldIn(
      client,
      1,
      Array.from({ length: each }, () => entryOf(community, pick(heard))),
    )
  }
}

/**
 * Server time in milliseconds of the board, and of one community's demand page. Between requests an answer comes in
 * somewhere, so that none of them is what was said before.
 */
async function measure(communities: string[], heard: Heard[], answers: number) {
  await settled()
  await pool.query('VACUUM ANALYZE tallies')
  const first = await timed(() => must('GET', `surveys/${SURVEY}/coverage`))
  note({ bench, figure: `coverage_${answers}, every community anew`, value: first, unit: 'ms', better: 'lower' })
  const coverage: number[] = []
  const states: number[] = []
  const page: number[] = []
  for (let at = 0; at < WARM + REQUESTS; at += 1) {
    const community = communities[(at * 37) % COMMUNITIES]!
    await inOneClient((client) => foldIn(client, 1, [entryOf(community, pick(heard))]))
    const taken = {
      state: await timed(() => must('GET', `surveys/${SURVEY}/coverage/state`)),
      coverage: await timed(() => must('GET', `surveys/${SURVEY}/coverage`)),
    }
    await settled()
    const demand = await timed(() => must('GET', `communities/${community}/demand`))
    if (at < WARM) continue
    states.push(taken.state)
    coverage.push(taken.coverage)
    page.push(demand)
  }
  const bytes = (await must('GET', `surveys/${SURVEY}/coverage`)).length
  note({ bench, figure: `coverage_${answers}, size`, value: bytes / 1024, unit: 'KiB', better: 'lower' })
  note({ bench, figure: `coverage_${answers}, state`, value: quantileOf(states, 0.5), unit: 'ms', better: 'lower' })
  return { coverage: medianOf(`coverage_${answers}`, coverage), page: medianOf(`demand_page_${answers}`, page) }
}

function medianOf(figure: string, times: number[]): number {
  const median = quantileOf(times, 0.5)
  report({ bench, figure, value: median, unit: 'ms', limit: LIMIT_MS, better: 'lower' })
  note({ bench, figure: `${figure}, slowest`, value: Math.max(...times), unit: 'ms', better: 'lower' })
  return median
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** Waits until the demand of every community has been worked out: that thread must not take part in what is measured. */
async function settled(): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(`SELECT count(*)::int AS stale FROM tally_versions t
      LEFT JOIN demand_snapshots s ON s.district_id = t.district_id AND s.survey_code = t.survey_code
        AND s.version = t.version AND s.community_code = t.community_code AND s.review = 'kept'
      WHERE t.district_id = 1 AND t.tally_version IS DISTINCT FROM s.tally_version`)
    if (rows[0].stale === 0) return
    await sleep(100)
  }
}
