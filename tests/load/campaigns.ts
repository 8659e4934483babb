import type pg from 'pg'
import { forDistrict } from '../../server/db/database.ts'
import { chinaDayNumber } from '../../server/platform/china-time.ts'
import { foldIn } from '../../server/surveys/fold-district.ts'
import { publishedSurvey } from '../../server/surveys/published.ts'
import { channels } from '../../shared/surveys/api.ts'
import { type Signals, signals } from '../../shared/surveys/signals.ts'
import type { TallyEntry } from '../../shared/surveys/tally.ts'
import { answersOf, numbers } from './answers.ts'
import { note, quantileOf, report } from './measure.ts'
import { COMMUNITIES, openTown, SURVEY } from './town.ts'

const bench = 'campaigns'
const SMALL = 15_765
const LARGE = 1_000_000
/** So many different answers are made; beyond that they come again, in other communities. */
const DIFFERENT = 10_000
const DAYS = 30
const SLIPS_EACH = 300
const CONTACTS = 5_000
const REQUESTS = 40
const WARM = 3
const LIMIT_MS = 50
const LIMIT_RATIO = 1.3

const random = numbers(20_261_122)
const town = await openTown(random)
const { app, pool, communities, pick, must, inOneClient, settled } = town
const today = chinaDayNumber(new Date())
try {
  await run()
} finally {
  await town.close()
}
await import('./campaigns-exports.ts')

type Heard = Signals & { indicators: number }

async function run(): Promise<void> {
  for (const channel of channels)
    await must('POST', `surveys/${SURVEY}/quotas/distribution`, { channel, total: 20_000, minimum: 50 })
  await addSlips()
  await addContacts()
  const { plan } = (await publishedSurvey(forDistrict(app.db, 1), 1, SURVEY)).survey
  const heard = Array.from({ length: DIFFERENT }, () => {
    return { ...signals(plan, answersOf(random, false)), indicators: plan.indicators }
  })
  await inOneClient((client) => fill(client, heard, SMALL))
  const small = await measure(heard, SMALL)
  await inOneClient((client) => fill(client, heard, LARGE - SMALL))
  const large = await measure(heard, LARGE)
  ratio('coverage_ratio', large.coverage / small.coverage)
  ratio('demand_page_ratio', large.page / small.page)
}

function ratio(figure: string, value: number): void {
  report({ bench, figure, value, unit: '1', limit: LIMIT_RATIO, better: 'lower' })
}

/** Every third household slip came back with an answer. */
async function addSlips(): Promise<void> {
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

async function addContacts(): Promise<void> {
  await pool.query(
    `INSERT INTO contacts (district_id, id, survey_code, community_code, day, outcome, doors, actor, recorded_at)
     SELECT 1, gen_random_uuid(), $1, ($2::text[])[1 + n % $3], current_date, (ARRAY['refused', 'not-home'])[1 + n % 2], 1, 'key', now()
     FROM generate_series(1, $4) AS n`,
    [SURVEY, communities, communities.length, CONTACTS],
  )
}

function entryOf(community: string, { cell, hits, indicators }: Heard): TallyEntry {
  const channel = random() < 0.6 ? channels[0] : pick(channels.slice(1))
  const day = today - Math.floor(random() * DAYS)
  return [SURVEY, 1, community, cell, channel, random() < 0.15 ? 1 : 0, 'kept', 1, hits, indicators, day]
}

/** So many answers more, folded in community by community. */
async function fill(client: pg.PoolClient, heard: Heard[], answers: number): Promise<void> {
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
async function measure(heard: Heard[], answers: number) {
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
