import type pg from 'pg'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { foldIn } from '../../server/surveys/fold-district.ts'
import { publishedSurvey } from '../../server/surveys/published.ts'
import { shippedCatalogue } from '../../shared/places/catalogue.ts'
import { channels } from '../../shared/surveys/api.ts'
import { type Signals, signals } from '../../shared/surveys/signals.ts'
import type { TallyEntry } from '../../shared/surveys/tally.ts'
import { answersOf, numbers } from './answers.ts'
import { note, quantileOf, report } from './measure.ts'
import { COMMUNITIES, openTown, SURVEY } from './town.ts'

const bench = 'demand'
const SMALL = 15_765
const LARGE = 1_000_000
/** So many different answers are made; beyond that they come again, in other communities. */
const DIFFERENT = 20_000
const COMPOUNDS = 1_472
const FACILITIES = 400
const REQUESTS = 40
const WARM = 3
const LIMIT_MS = 50
const LIMIT_RATIO = 1.3

const random = numbers(20_261_121)
const town = await openTown(random)
const { app, pool, communities, pick, count, must, inOneClient, settled } = town
try {
  await run()
} finally {
  await town.close()
}

type Heard = Signals & { indicators: number }

async function run(): Promise<void> {
  await addPlaces()
  const { plan } = (await publishedSurvey(forDistrict(app.db, 1), 1, SURVEY)).survey
  const answers = Array.from({ length: DIFFERENT }, () => answersOf(random, false))
  const heard = answers.map((one) => ({ ...signals(plan, one), indicators: plan.indicators }))
  await inOneClient((client) => foldAll(client, heard.slice(0, SMALL)))
  await storeRaw(answers.slice(0, SMALL))
  const small = await measure(heard, SMALL)
  await inOneClient((client) => fill(client, heard))
  const large = await measure(heard, LARGE)
  report({ bench, figure: 'ratio', value: large / small, unit: '1', limit: LIMIT_RATIO, better: 'lower' })
  await noteRaw(SMALL, 5)
  await copyRaw()
  await noteRaw(LARGE, 1)
}

/** Compounds, and what stands between them: gaps are part of the table. */
async function addPlaces(): Promise<void> {
  const db = forDistrict(app.db, 1)
  const point = () => ({ lon: 108.93 + random() * 0.06, lat: 34.22 + random() * 0.05 })
  const compounds = Array.from({ length: COMPOUNDS }, (_, at) => {
    const code = `P${at}`
    return {
      code,
      community: communities[at % COMMUNITIES]!,
      block: null,
      name: code,
      households: count(190),
      ...point(),
    }
  })
  await savePlaces(db, 1, 'compounds', compounds)
  const services = shippedCatalogue().services
  const facilities = Array.from({ length: FACILITIES }, (_, at) => {
    const code = `F${at}`
    const service = pick(services)
    const place = {
      code,
      community: pick(communities),
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
}

function entryOf(community: string, { cell, hits, indicators }: Heard): TallyEntry {
  const channel = random() < 0.6 ? channels[0] : pick(channels.slice(1, 3))
  return [SURVEY, 1, community, cell, channel, random() < 0.15 ? 1 : 0, 'kept', 1, hits, indicators]
}

async function foldAll(client: pg.PoolClient, heard: Heard[], where = communities): Promise<void> {
  const entries = heard.map((one) => entryOf(pick(where), one))
  for (let from = 0; from < entries.length; from += 2_000) await foldIn(client, 1, entries.slice(from, from + 2_000))
}

/** As many more answers as make a million, folded in community by community. */
async function fill(client: pg.PoolClient, heard: Heard[]): Promise<void> {
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
async function measure(heard: Heard[], answers: number): Promise<number> {
  const first = performance.now()
  await settled()
  const settling = performance.now() - first
  const times: number[] = []
  let bytes = 0
  for (let at = 0; at < WARM + REQUESTS; at += 1) {
    await inOneClient((client) => foldAll(client, [pick(heard)], [communities[(at * 37) % COMMUNITIES]!]))
    const begun = performance.now()
    const table = await must('GET', 'demand')
    if (at >= WARM) times.push(performance.now() - begun)
    bytes = table.length
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

async function storeRaw(answers: Record<string, unknown>[]): Promise<void> {
  const places = answers.map(() => pick(communities))
  await pool.query(
    `INSERT INTO responses (district_id, id, survey_code, version, community_code, channel, proxy, started_at, submitted_at, received_at, answers)
     SELECT 1, gen_random_uuid(), $1, 1, community, 'online', false, now() - interval '4 minutes', now(), now(), answers
     FROM unnest($2::text[], $3::json[]) AS t (community, answers)`,
    [SURVEY, places, answers.map((one) => JSON.stringify(one))],
  )
}

/** The stored answers again and again, until there are a million of them. */
async function copyRaw(): Promise<void> {
  await pool.query(
    `INSERT INTO responses (district_id, id, survey_code, version, community_code, channel, proxy, started_at, submitted_at, received_at, answers)
     SELECT 1, gen_random_uuid(), survey_code, 1, community_code, 'online', false, started_at, submitted_at, now(), answers
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
