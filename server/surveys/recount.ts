import type { Kysely } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import type { Channel } from '../../shared/surveys/api.ts'
import { type Review, type TallyEntry, tallyKeyOf } from '../../shared/surveys/tally.ts'
import { type Db, forDistrict } from '../db/database.ts'
import { nameDistrict } from '../db/district.ts'
import { locks } from '../db/locks.ts'
import type { Tables } from '../db/tables.ts'
import { audit } from '../platform/audit.ts'
import { addDays, allDays, countDay, type DayCounts, removeDays } from './day-store.ts'
import { entryOf } from './entry.ts'
import { foldIn } from './fold-district.ts'
import { publishedSurvey } from './published.ts'
import { countedVersions } from './round-queries.ts'
import { allTallies, bumpVersions, countEntries, emptyTally, type StoredTally, writeTallies } from './tally-store.ts'

export interface Comparison {
  survey: string
  version: number
  /** Answers counted. */
  responses: number
  /** Tallies and counts by day compared. */
  compared: number
  /** Those that are not what the answers say. */
  different: number
}

type Tallies = Map<string, StoredTally>

/** What answers add up to. */
interface Counted {
  tallies: Tallies
  days: DayCounts
}

interface ResponseRow {
  id: string
  community: string
  channel: Channel
  proxy: boolean
  review: Review
  receivedAt: Date
  answers: string
}

const PAGE_ROWS = 1_000
const PAGE = `
  SELECT id, community_code AS community, channel, proxy, review, received_at AS "receivedAt",
    answers::text AS answers FROM responses
  WHERE district_id = $1 AND id > $2 AND survey_code = $3 AND version = $4 AND withdrawn_at IS NULL
  ORDER BY id LIMIT ${PAGE_ROWS}`

/** The tallies and counts by day of a survey version made anew from its answers, as `client`'s snapshot has them. */
export async function recount(
  db: Db,
  client: PoolClient,
  districtId: number,
  survey: string,
  version: number,
): Promise<Counted> {
  const { survey: compiled } = await publishedSurvey(db, districtId, survey, version)
  const counted: Counted = { tallies: new Map(), days: new Map() }
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await client.query<ResponseRow>(PAGE, [districtId, after, survey, version])
    for (const row of rows) {
      countEntry(counted, entryOf({ ...row, survey, version }, compiled.plan, JSON.parse(row.answers), 1))
    }
    if (rows.length < PAGE_ROWS) return counted
    after = (rows[rows.length - 1] as ResponseRow).id
  }
}

function countEntry({ tallies, days }: Counted, entry: TallyEntry): void {
  const key = tallyKeyOf(entry)
  const tally = tallies.get(key) ?? emptyTally(entry)
  tallies.set(key, tally)
  countEntries(tally, [entry])
  countDay(days, entry)
}

/**
 * Compares stored tallies, with what waits to be folded in, to a recount. Everything is read from one snapshot, in which
 * the two must agree even while answers come in.
 */
export async function compareTallies(db: Kysely<Tables>, pool: Pool, districtId: number): Promise<Comparison[]> {
  const own = forDistrict(db, districtId)
  return await inSnapshot(pool, districtId, async (client) => {
    const waiting = await outbox(client, districtId)
    const results: Comparison[] = []
    for (const { survey, version } of await countedVersions(own, districtId)) {
      const stored = {
        tallies: await allTallies(client, districtId, survey, version),
        days: await allDays(client, districtId, survey, version),
      }
      for (const entry of waiting) if (entry[0] === survey && entry[1] === version) countEntry(stored, entry)
      const counted = await recount(own, client, districtId, survey, version)
      results.push({ survey, version, ...difference(stored, counted) })
    }
    return results
  })
}

function difference(stored: Counted, counted: Counted): Omit<Comparison, 'survey' | 'version'> {
  const tallies = compared(
    stored.tallies,
    counted.tallies,
    (a, b) => (a?.n ?? 0) === (b?.n ?? 0) && (a?.counts ?? '') === (b?.counts ?? ''),
  )
  const days = compared(stored.days, counted.days, (a, b) => (a?.n ?? 0) === (b?.n ?? 0))
  const responses = [...counted.tallies.values()].reduce((sum, { n }) => sum + n, 0)
  return { responses, compared: tallies.compared + days.compared, different: tallies.different + days.different }
}

/** What counts nothing is nowhere stored, or about to be removed. */
function compared<V extends { n: number }>(
  stored: Map<string, V>,
  counted: Map<string, V>,
  same: (a?: V, b?: V) => boolean,
): { compared: number; different: number } {
  const keys = [...new Set([...stored.keys(), ...counted.keys()])]
  const counting = keys.filter((key) => (stored.get(key)?.n ?? 0) !== 0 || (counted.get(key)?.n ?? 0) !== 0)
  return {
    compared: counting.length,
    different: counting.filter((key) => !same(stored.get(key), counted.get(key))).length,
  }
}

async function outbox(client: PoolClient, districtId: number): Promise<TallyEntry[]> {
  const text = 'SELECT entries FROM tally_outbox WHERE district_id = $1 ORDER BY id'
  const { rows } = await client.query<{ entries: string }>(text, [districtId])
  return rows.flatMap((row) => JSON.parse(row.entries) as TallyEntry[])
}

/**
 * Makes a district's tallies anew from its answers, while answers may come in: the snapshot holds exactly those answers
 * whose entries are folded or in the outbox that it sees and empties; later ones are folded in afterwards.
 */
export async function rebuildTallies(db: Kysely<Tables>, pool: Pool, districtId: number): Promise<void> {
  const own = forDistrict(db, districtId)
  let versions: { survey: string; version: number }[] = []
  await inSnapshot(
    pool,
    districtId,
    async (client) => {
      const old: StoredTally[] = []
      const waiting = await outbox(client, districtId)
      await client.query('DELETE FROM tally_outbox WHERE district_id = $1', [districtId])
      versions = await countedVersions(own, districtId)
      // What was taken back just before a version was erased cannot be counted any more.
      const isCounted = (entry: TallyEntry) =>
        versions.some((one) => entry[0] === one.survey && entry[1] === one.version)
      await foldIn(
        client,
        districtId,
        waiting.filter((entry) => !isCounted(entry)),
      )
      for (const { survey, version } of versions) {
        old.push(...(await allTallies(client, districtId, survey, version)).values())
        const counted = await recount(own, client, districtId, survey, version)
        const fresh = [...counted.tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
        const of = [districtId, survey, version]
        await client.query('DELETE FROM tallies WHERE district_id = $1 AND survey_code = $2 AND version = $3', of)
        for (let from = 0; from < fresh.length; from += PAGE_ROWS) {
          await writeTallies(client, districtId, fresh.slice(from, from + PAGE_ROWS))
        }
        await removeDays(client, districtId, survey, version)
        await addDays(client, districtId, counted.days)
        old.push(...fresh)
      }
      await bumpVersions(client, districtId, old)
    },
    { locked: true },
  )
  // Not in the same transaction: in its snapshot the chain ends where it began.
  const look = {
    district: { id: districtId },
    actor: 'system',
    action: 'tallies:rebuild',
    subject: 'tallies',
    from: null,
  }
  await audit(own, { ...look, after: { versions } }, new Date())
}

/** One snapshot on one connection; with `locked`, taken after the district's tally lock, so that no folding is half seen. */
async function inSnapshot<T>(
  pool: Pool,
  districtId: number,
  work: (client: PoolClient) => Promise<T>,
  { locked = false } = {},
): Promise<T> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    if (locked) await client.query('SELECT pg_advisory_lock($1, $2)', [locks.tallies, districtId])
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; ${nameDistrict(districtId)}`)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    // A connection that ends lets go of its lock, whatever state it is in.
    client.release(failure ?? locked)
  }
}
