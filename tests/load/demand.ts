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
import { foldIn } from '../../server/surveys/fold-district.ts'
import { publishedSurvey } from '../../server/surveys/published.ts'
import { extraServices, shippedCatalogue } from '../../shared/places/catalogue.ts'
import { channels } from '../../shared/surveys/api.ts'
import { type Signals, signals } from '../../shared/surveys/signals.ts'
import type { TallyEntry } from '../../shared/surveys/tally.ts'
import { answersOf, definition, numbers } from './answers.ts'
import { note, quantileOf, report } from './measure.ts'

const bench = 'demand'
const SMALL = 15_765
const LARGE = 1_000_000
/** So many different answers are made; beyond that they come again, in other communities. */
const DIFFERENT = 20_000
const SUBDISTRICTS = 8
const COMMUNITIES = 105
const COMPOUNDS = 1_472
const FACILITIES = 400
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
const random = numbers(20_261_121)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
try {
  await run()
} finally {
  await app.close()
  await pool.end()
  await embedded.stop()
  await rm(dataDir, { recursive: true, force: true })
}

type Heard = Signals & { indicators: number }

async function run(): Promise<void> {
  const communities = await prepare(app)
  const { plan } = (await publishedSurvey(forDistrict(app.db, 1), 1, SURVEY)).survey
  const answers = Array.from({ length: DIFFERENT }, () => answersOf(random, false))
  const heard = answers.map((one) => ({ ...signals(plan, one), indicators: plan.indicators }))
  await inOneClient((client) => foldAll(client, communities, heard.slice(0, SMALL)))
  await storeRaw(communities, answers.slice(0, SMALL))
  const small = await measure(communities, heard, SMALL)
  await inOneClient((client) => fill(client, communities, heard))
  const large = await measure(communities, heard, LARGE)
  report({ bench, figure: 'ratio', value: large / small, unit: '1', limit: LIMIT_RATIO, better: 'lower' })
  await noteRaw(SMALL, 5)
  await copyRaw()
  await noteRaw(LARGE, 1)
}

async function prepare(server: FastifyInstance): Promise<string[]> {
  const db = forDistrict(server.db, 1)
  await createDistrict(db, { id: 1, code: 'YX', name: '压测区', demo: true }, shippedCatalogue(extraServices))
  const subdistricts = Array.from({ length: SUBDISTRICTS }, (_, at) => ({ code: `S${at}`, name: `${at}街道` }))
  await savePlaces(db, 1, 'subdistricts', subdistricts)
  const codes = Array.from({ length: COMMUNITIES }, (_, at) => `C${String(at + 1).padStart(3, '0')}`)
  const count = (about: number) => Math.round(about * (0.7 + 0.6 * random()))
  const bands = () => [800, 200, 1300, 1900, 1000, 200].map(count)
  const communities = codes.map((code, at) => ({
    code,
    subdistrict: `S${at % SUBDISTRICTS}`,
    name: `${code}社区`,
    kind: '',
    pilot: false,
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
  const point = () => ({ lon: 108.93 + random() * 0.06, lat: 34.22 + random() * 0.05 })
  const compounds = Array.from({ length: COMPOUNDS }, (_, at) => {
    const code = `P${at}`
    return { code, community: codes[at % COMMUNITIES]!, block: null, name: code, households: count(190), ...point() }
  })
  await savePlaces(db, 1, 'compounds', compounds)
  const services = shippedCatalogue().services
  const facilities = Array.from({ length: FACILITIES }, (_, at) => {
    const code = `F${at}`
    const service = pick(services)
    const place = {
      code,
      community: pick(codes),
      name: code,
      service: service.code,
      function: service.functions[0]!.code,
    }
    return {
      ...place,
      isPublic: random() < 0.7,
      usable: random() < 0.9,
      capacity: count(600),
      areaM2: null,
      ...point(),
    }
  })
  await savePlaces(db, 1, 'facilities', facilities)
  const payload = { title: '需求调查', definition }
  const published = await call('POST', `surveys/${SURVEY}/versions`, payload)
  if (published.statusCode !== 201) throw new Error(published.body)
  return codes
}

function call(method: 'GET' | 'POST', path: string, payload?: object) {
  const headers = { authorization: `Bearer ${key}` }
  return app.inject({ method, url: `/api/districts/YX/${path}`, payload, headers })
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
  const channel = random() < 0.6 ? channels[0] : pick(channels.slice(1, 3))
  return [SURVEY, 1, community, cell, channel, random() < 0.15 ? 1 : 0, 'kept', 1, hits, indicators]
}

async function foldAll(client: pg.PoolClient, communities: string[], heard: Heard[]): Promise<void> {
  const entries = heard.map((one) => entryOf(pick(communities), one))
  for (let from = 0; from < entries.length; from += 2_000) await foldIn(client, 1, entries.slice(from, from + 2_000))
}

/** As many more answers as make a million, folded in community by community. */
async function fill(client: pg.PoolClient, communities: string[], heard: Heard[]): Promise<void> {
  const each = Math.ceil((LARGE - SMALL) / communities.length)
  for (const community of communities) {
    const entries = Array.from({ length: each }, () => entryOf(community, pick(heard)))
    await foldIn(client, 1, entries)
  }
}

/**
 * Server time of the whole table in milliseconds. One community has changed since the request before and is worked out on
 * the spot; between requests the thread brings its snapshot up to date, so that each is measured by itself.
 */
async function measure(communities: string[], heard: Heard[], answers: number): Promise<number> {
  const first = performance.now()
  await settled()
  const settling = performance.now() - first
  const times: number[] = []
  let bytes = 0
  for (let at = 0; at < WARM + REQUESTS; at += 1) {
    await inOneClient((client) => foldAll(client, [communities[(at * 37) % COMMUNITIES]!], [pick(heard)]))
    const begun = performance.now()
    const reply = await call('GET', 'demand')
    if (at >= WARM) times.push(performance.now() - begun)
    if (reply.statusCode !== 200) throw new Error(reply.body)
    bytes = reply.body.length
    await settled()
  }
  const median = quantileOf(times, 0.5)
  const figure = `table of ${COMMUNITIES} communities at ${answers} answers`
  report({ bench, figure, value: median, unit: 'ms', limit: LIMIT_MS, better: 'lower' })
  note({ bench, figure: `${figure}, slowest`, value: Math.max(...times), unit: 'ms', better: 'lower' })
  note({ bench, figure: `${figure}, size`, value: bytes / 1024, unit: 'KiB', better: 'lower' })
  note({
    bench,
    figure: `all snapshots made anew at ${answers} answers`,
    value: settling / 1000,
    unit: 's',
    better: 'lower',
  })
  return median
}

/** Waits until the thread has worked out every community. */
async function settled(): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(`SELECT count(*)::int AS stale FROM tally_versions t
      LEFT JOIN demand_snapshots s USING (district_id, survey_code, version, community_code)
      WHERE t.district_id = 1 AND t.tally_version IS DISTINCT FROM s.tally_version`)
    if (rows[0].stale === 0) return
    await sleep(100)
  }
}

async function storeRaw(communities: string[], answers: Record<string, unknown>[]): Promise<void> {
  const places = answers.map(() => pick(communities))
  await pool.query(
    `INSERT INTO responses (district_id, id, survey_code, version, community_code, channel, proxy, received_at, answers)
     SELECT 1, gen_random_uuid(), $1, 1, community, 'online', false, now(), answers
     FROM unnest($2::text[], $3::json[]) AS t (community, answers)`,
    [SURVEY, places, answers.map((one) => JSON.stringify(one))],
  )
}

/** The stored answers again and again, until there are a million of them. */
async function copyRaw(): Promise<void> {
  await pool.query(
    `INSERT INTO responses (district_id, id, survey_code, version, community_code, channel, proxy, received_at, answers)
     SELECT 1, gen_random_uuid(), survey_code, 1, community_code, 'online', false, now(), answers
     FROM responses, generate_series(1, $1) WHERE district_id = 1 LIMIT $2`,
    [Math.ceil(LARGE / SMALL), LARGE - SMALL],
  )
  await pool.query('VACUUM ANALYZE responses')
}

/** What counting the same over the stored answers costs, without weights, intervals or gaps. */
async function noteRaw(answers: number, rounds: number): Promise<void> {
  const times: number[] = []
  for (let at = 0; at < rounds; at += 1) {
    const begun = performance.now()
    await pool.query(
      `SELECT community_code, need, count(*) FROM responses, json_array_elements_text(answers -> 'needs') AS need
       WHERE district_id = 1 AND survey_code = $1 GROUP BY 1, 2`,
      [SURVEY],
    )
    times.push(performance.now() - begun)
  }
  const figure = `plain GROUP BY over ${answers} raw answers`
  note({ bench, figure, value: quantileOf(times, 0.5), unit: 'ms', better: 'lower' })
}
