import type { Pool, PoolClient } from 'pg'
import { type TallyEntry, tallyKeyOf } from '../../shared/surveys/tally.ts'
import { nameDistrict, onConnection } from '../db/district.ts'
import { locks } from '../db/locks.ts'
import { addDays, daysOf } from './day-store.ts'
import {
  bumpVersions,
  countEntries,
  emptyTally,
  readTallies,
  removeTallies,
  type StoredTally,
  writeTallies,
} from './tally-store.ts'

/** Commits folded in one transaction: up to some thousands of answers, a few hundred milliseconds. */
const COMMITS = 100

/** Folds until nothing of the district waits. Returns false when another process turns out to be at it. */
export async function foldDistrict(pool: Pool, districtId: number): Promise<boolean> {
  for (;;) {
    const folded = await onConnection(pool, (client) => foldOn(client, districtId))
    if (folded === undefined) return false
    if (folded < COMMITS) return true
  }
}

const TAKE = `
  WITH taken AS (SELECT id FROM tally_outbox WHERE district_id = $1 ORDER BY id LIMIT ${COMMITS})
  DELETE FROM tally_outbox USING taken WHERE tally_outbox.district_id = $1 AND tally_outbox.id = taken.id
  RETURNING entries`

/** One transaction. Returns how many commits it folded; undefined when another process holds the tallies. */
async function foldOn(client: PoolClient, districtId: number): Promise<number | undefined> {
  // The loss of this commit loses nothing: what it took from the outbox is back with it.
  const begin = `BEGIN; SET LOCAL synchronous_commit = off; ${nameDistrict(districtId)}`
  const lock = `SELECT pg_try_advisory_xact_lock(${locks.tallies}, ${districtId}) AS mine`
  const begun = (await client.query(`${begin}; ${lock}`)) as unknown as { rows: { mine: boolean }[] }[]
  if (!begun.at(-1)?.rows[0]?.mine) {
    await client.query('ROLLBACK')
    return undefined
  }
  const { rows } = await client.query<{ entries: string }>({ name: 'take', text: TAKE, values: [districtId] })
  if (rows.length > 0)
    await foldIn(
      client,
      districtId,
      rows.flatMap((row) => JSON.parse(row.entries) as TallyEntry[]),
    )
  await client.query('COMMIT')
  return rows.length
}

/** Adds entries to the stored tallies and to the counts by day. The caller holds the district's tally lock in an open transaction. */
export async function foldIn(client: PoolClient, districtId: number, entries: TallyEntry[]): Promise<void> {
  const groups = groupByTally(entries)
  const changed = groups.map(({ tally }) => tally)
  await readTallies(client, districtId, changed)
  for (const { tally, added } of groups) countEntries(tally, added)
  const kept = changed.filter(({ n }) => n !== 0)
  await writeTallies(client, districtId, kept)
  await removeTallies(
    client,
    districtId,
    changed.filter(({ n }) => n === 0),
  )
  await addDays(client, districtId, daysOf(entries))
  await bumpVersions(client, districtId, changed)
}

interface Group {
  tally: StoredTally
  added: TallyEntry[]
}

/** Entries by the tally they change, in the order of the tallies' keys: everybody takes rows in that order. */
function groupByTally(entries: TallyEntry[]): Group[] {
  const groups = new Map<string, Group>()
  for (const entry of entries) {
    const key = tallyKeyOf(entry)
    const group = groups.get(key) ?? { tally: emptyTally(entry), added: [] }
    groups.set(key, group)
    group.added.push(entry)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}
