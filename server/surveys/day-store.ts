import type { PoolClient } from 'pg'
import type { Channel } from '../../shared/surveys/api.ts'
import type { TallyEntry } from '../../shared/surveys/tally.ts'

/** How many answers to a survey version came in on one day, in one community and through one channel. */
export interface DayCount {
  survey: string
  version: number
  community: string
  channel: Channel
  /** Days since 1970, in China. */
  day: number
  n: number
}

export type DayCounts = Map<string, DayCount>

/** Counts an entry on its day. One that knows none was counted when the counts by day were first made. */
export function countDay(days: DayCounts, entry: TallyEntry): void {
  const [survey, version, community, , channel, , , sign, , , day] = entry
  if (day === undefined) return
  const key = keyOf({ survey, version, community, channel, day })
  const count = days.get(key) ?? { survey, version, community, channel, day, n: 0 }
  days.set(key, count)
  count.n += sign
}

export function daysOf(entries: readonly TallyEntry[]): DayCounts {
  const days: DayCounts = new Map()
  for (const entry of entries) countDay(days, entry)
  return days
}

function keyOf({ survey, version, community, channel, day }: Omit<DayCount, 'n'>): string {
  return `${survey} ${version} ${community} ${channel} ${day}`
}

const ROWS = `unnest($2::text[], $3::integer[], $4::text[], $5::text[], $6::integer[], $7::integer[])
    AS t (survey, version, community, channel, day, n)`

const ADD = `
  INSERT INTO coverage_days AS stored (district_id, survey_code, version, community_code, channel, day, n)
  SELECT $1::integer, survey, version, community, channel, date '1970-01-01' + day, n FROM ${ROWS}
  ON CONFLICT (district_id, survey_code, version, community_code, channel, day)
  DO UPDATE SET n = stored.n + excluded.n`

const SAME = `stored.district_id = $1 AND stored.survey_code = t.survey AND stored.version = t.version
    AND stored.community_code = t.community AND stored.channel = t.channel AND stored.day = date '1970-01-01' + t.day`

// An answer that was let in by a server without days, and is withdrawn with one, must not make a day less than nothing.
const TAKE = `UPDATE coverage_days AS stored SET n = greatest(stored.n + t.n, 0) FROM ${ROWS} WHERE ${SAME}`

const REMOVE_EMPTY = `DELETE FROM coverage_days AS stored USING ${ROWS} WHERE ${SAME} AND stored.n = 0`

/** Adds to the stored counts by day, and takes from them. */
export async function addDays(client: PoolClient, districtId: number, days: DayCounts): Promise<void> {
  const sorted = [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
  const more = columns(
    districtId,
    sorted.filter(({ n }) => n > 0),
  )
  const fewer = columns(
    districtId,
    sorted.filter(({ n }) => n < 0),
  )
  if (more) await client.query({ name: 'add-days', text: ADD, values: more })
  if (!fewer) return
  await client.query(TAKE, fewer)
  await client.query(REMOVE_EMPTY, fewer)
}

function columns(districtId: number, counts: DayCount[]): unknown[] | undefined {
  if (counts.length === 0) return undefined
  const of = <K extends keyof DayCount>(field: K) => counts.map((count) => count[field])
  return [districtId, of('survey'), of('version'), of('community'), of('channel'), of('day'), of('n')]
}

/** The stored counts by day of a survey version. */
export async function allDays(
  client: PoolClient,
  districtId: number,
  survey: string,
  version: number,
): Promise<DayCounts> {
  const text = `
    SELECT survey_code AS survey, version, community_code AS community, channel, day - date '1970-01-01' AS day, n
    FROM coverage_days WHERE district_id = $1 AND survey_code = $2 AND version = $3`
  const { rows } = await client.query<DayCount>(text, [districtId, survey, version])
  return new Map(rows.map((count) => [keyOf(count), count]))
}

/** Removes the counts by day of a survey version, before they are made anew. */
export async function removeDays(
  client: PoolClient,
  districtId: number,
  survey: string,
  version: number,
): Promise<void> {
  const text = 'DELETE FROM coverage_days WHERE district_id = $1 AND survey_code = $2 AND version = $3'
  await client.query(text, [districtId, survey, version])
}
