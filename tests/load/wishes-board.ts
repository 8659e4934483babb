import type pg from 'pg'
import { type Db, forDistrict, onPool, openPool } from '../../server/db/database.ts'
import type { Secrets } from '../../server/platform/secrets.ts'
import { page } from '../../server/wishes/board.ts'
import { newestClaims, totalsOf } from '../../server/wishes/event-queries.ts'
import { costs, kinds } from '../../shared/wishes/kinds.ts'
import { note, quantileOf, report } from './measure.ts'
import { fillBoard, RARE } from './wishes-fill.ts'

const bench = 'wishes'
const SMALL = 10_000
const LARGE = 100_000
const LIMIT_MS = 50
const LIMIT_RATIO = 1.5
/** A statement of a millisecond may take two when somebody else is at work. */
const NOISE_MS = 1

interface Ground {
  /** As the owner, and as the application. */
  pool: pg.Pool
  appUrl: string
  secrets: Secrets
  communities: string[]
  rounds: number
}

type Asked = Parameters<typeof page>[2]

/** Every combination of filters, each a first page, on boards of two sizes. */
export async function board(ground: Ground): Promise<void> {
  await fillBoard(ground.pool, ground.communities, 1, SMALL)
  const small = await measure(ground, SMALL)
  await fillBoard(ground.pool, ground.communities, SMALL + 1, LARGE)
  const large = await measure(ground, LARGE)
  const value = large / Math.max(small, NOISE_MS)
  report({ bench, figure: 'board_slowest_ratio', value, unit: '1', limit: LIMIT_RATIO, better: 'lower' })
}

function* combinations(communities: string[]): Generator<Asked> {
  for (const state of [undefined, 'open', 'claimed', 'fulfilled'] as const)
    for (const kind of [undefined, ...kinds])
      for (const cost of [undefined, ...costs])
        for (const community of [undefined, communities[0], RARE])
          for (const within of [undefined, 1, 7, 30, 365]) yield { state, kind, cost, community, within }
}

/**
 * The slowest first page in milliseconds, on one connection and with the way there and back: each by the median of a few
 * for the limit, and by the quickest to compare two sizes, for among so many some are always disturbed.
 */
async function measure({ appUrl, secrets, communities, rounds }: Ground, size: number): Promise<number> {
  const pool = openPool({ connectionString: appUrl, max: 1 })
  const db = forDistrict(onPool(pool), 1)
  const now = new Date()
  const all: { asked: Asked; ms: number; quickest: number }[] = []
  try {
    for (const asked of combinations(communities)) {
      const took: number[] = []
      for (let n = 0; n < rounds; n += 1) took.push(await timed(() => page(db, { districtId: 1, secrets }, asked, now)))
      all.push({ asked, ms: quantileOf(took, 0.5), quickest: took[0]! })
    }
    all.sort((a, b) => b.ms - a.ms)
    const { asked, ms } = all[0]!
    const said = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    const figure = `board_${size}_slowest, ${all.length} combinations, ${said.join(' ')}`
    report({ bench, figure, value: ms, unit: 'ms', limit: LIMIT_MS, better: 'lower' })
    const median = quantileOf(
      all.map((one) => one.ms),
      0.5,
    )
    note({ bench, figure: `board_${size}_median`, value: median, unit: 'ms', better: 'lower' })
    await screen(db, size, communities[0]!, rounds)
    return Math.max(...all.map(({ quickest }) => quickest))
  } finally {
    await pool.end()
  }
}

/** What a screen at an event asks for after each change, beside a page of the board. */
async function screen(db: Db, size: number, community: string, rounds: number): Promise<void> {
  for (const of of [{ districtId: 1 }, { districtId: 1, community }]) {
    const took: number[] = []
    for (let n = 0; n < rounds; n += 1)
      took.push(
        await timed(async () => {
          await newestClaims(db, of, 10)
          await totalsOf(db, of)
        }),
      )
    const figure = `event_${size}, ${of.community ?? 'district'}`
    report({ bench, figure, value: quantileOf(took, 0.5), unit: 'ms', limit: LIMIT_MS, better: 'lower' })
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
