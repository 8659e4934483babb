import type { PoolClient } from 'pg'
import type { Channel } from '../../shared/surveys/api.ts'
import { addEntries, type PackedCounts, type Review, type TallyEntry, tallyKeyOf } from '../../shared/surveys/tally.ts'

/** A tally with everything that names it, as it stands in the table. */
export interface StoredTally {
  survey: string
  version: number
  community: string
  cell: number
  channel: Channel
  proxy: boolean
  review: Review
  n: number
  counts: PackedCounts
}

export function emptyTally(entry: TallyEntry): StoredTally {
  const [survey, version, community, cell, channel, proxy, review] = entry
  return { survey, version, community, cell, channel, proxy: proxy === 1, review, n: 0, counts: '' }
}

/** Counts entries in that belong to this tally. */
export function countEntries(tally: StoredTally, entries: readonly TallyEntry[]): void {
  for (const entry of entries) tally.n += entry[7]
  tally.counts = addEntries(tally.counts, entries)
}

/** The same text as `tallyKeyOf` for an entry that counts here. */
export function keyOf(tally: StoredTally): string {
  const { survey, version, community, cell, channel, proxy, review } = tally
  return tallyKeyOf([survey, version, community, cell, channel, proxy ? 1 : 0, review, 1, []])
}

// LIMIT keeps the planner from turning a few hundred lookups by key into a walk through the whole table.
const READ = `
  SELECT k.at::int AS at, t.n, t.counts
  FROM unnest($2::text[], $3::integer[], $4::text[], $5::integer[], $6::text[], $7::boolean[], $8::text[])
    WITH ORDINALITY AS k (survey, version, community, cell, channel, proxy, review, at)
  CROSS JOIN LATERAL (
    SELECT n, counts FROM tallies
    WHERE district_id = $1 AND survey_code = k.survey AND version = k.version AND community_code = k.community
      AND cell = k.cell AND channel = k.channel AND proxy = k.proxy AND review = k.review
    LIMIT 1
  ) t`

/** Fills these tallies with what is stored of them; those that are not stored stay as they are. */
export async function readTallies(client: PoolClient, districtId: number, wanted: StoredTally[]): Promise<void> {
  const values = [districtId, ...keyColumns(wanted)]
  const read = { name: 'read-tallies', text: READ, values }
  const { rows } = await client.query<{ at: number; n: number; counts: string }>(read)
  for (const { at, n, counts } of rows) Object.assign(wanted[at - 1] as StoredTally, { n, counts })
}

function keyColumns(tallies: StoredTally[]): unknown[] {
  const of = <K extends keyof StoredTally>(field: K) => tallies.map((tally) => tally[field])
  return [of('survey'), of('version'), of('community'), of('cell'), of('channel'), of('proxy'), of('review')]
}

const WRITE = `
  INSERT INTO tallies (district_id, survey_code, version, community_code, cell, channel, proxy, review, n, counts)
  SELECT $1::integer, survey, version, community, cell, channel, proxy, review, n, counts
  FROM unnest($2::text[], $3::integer[], $4::text[], $5::integer[], $6::text[], $7::boolean[], $8::text[],
    $9::integer[], string_to_array($10, ';')) AS t (survey, version, community, cell, channel, proxy, review, n, counts)
  ON CONFLICT (district_id, survey_code, version, community_code, cell, channel, proxy, review)
  DO UPDATE SET n = excluded.n, counts = excluded.counts`

/** Writes tallies over the stored ones, in the order given. */
export async function writeTallies(client: PoolClient, districtId: number, tallies: StoredTally[]): Promise<void> {
  if (tallies.length === 0) return
  const counts = tallies.map((tally) => tally.counts).join(';')
  const values = [districtId, ...keyColumns(tallies), tallies.map(({ n }) => n), counts]
  await client.query({ name: 'write-tallies', text: WRITE, values })
}

const REMOVE = `
  DELETE FROM tallies USING
    unnest($2::text[], $3::integer[], $4::text[], $5::integer[], $6::text[], $7::boolean[], $8::text[])
      AS k (survey, version, community, cell, channel, proxy, review)
  WHERE district_id = $1 AND survey_code = k.survey AND tallies.version = k.version AND community_code = k.community
    AND tallies.cell = k.cell AND tallies.channel = k.channel AND tallies.proxy = k.proxy AND tallies.review = k.review`

/** Removes tallies in which nothing is counted any more. */
export async function removeTallies(client: PoolClient, districtId: number, tallies: StoredTally[]): Promise<void> {
  if (tallies.length > 0) await client.query(REMOVE, [districtId, ...keyColumns(tallies)])
}

const BUMP = `
  INSERT INTO tally_versions (district_id, survey_code, version, community_code, tally_version)
  SELECT $1::integer, survey, version, community, 1
  FROM unnest($2::text[], $3::integer[], $4::text[]) AS t (survey, version, community)
  ON CONFLICT (district_id, survey_code, version, community_code)
  DO UPDATE SET tally_version = tally_versions.tally_version + 1`

/** Notes that the tallies of these communities have changed. */
export async function bumpVersions(client: PoolClient, districtId: number, changed: StoredTally[]): Promise<void> {
  const places = new Map(changed.map((one) => [`${one.survey} ${one.version} ${one.community}`, one]))
  const sorted = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  const of = <K extends keyof StoredTally>(field: K) => sorted.map((one) => one[field])
  if (sorted.length === 0) return
  await client.query({ name: 'bump', text: BUMP, values: [districtId, of('survey'), of('version'), of('community')] })
}

/** Every stored tally of a survey version, by key. */
export async function allTallies(
  client: PoolClient,
  districtId: number,
  survey: string,
  version: number,
): Promise<Map<string, StoredTally>> {
  const text = `
    SELECT survey_code AS survey, version, community_code AS community, cell, channel, proxy, review, n,
      counts
    FROM tallies WHERE district_id = $1 AND survey_code = $2 AND version = $3`
  const { rows } = await client.query<StoredTally>(text, [districtId, survey, version])
  return new Map(rows.map((tally) => [keyOf(tally), tally]))
}
