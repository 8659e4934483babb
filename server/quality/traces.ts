import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export interface Trace {
  survey: string
  kind: 'device' | 'network' | 'text'
  mark: string
  id: string
  at: Date
}

export async function addTraces(db: Db, districtId: number, traces: Trace[]): Promise<void> {
  if (traces.length === 0) return
  await sql`
    INSERT INTO response_traces (district_id, survey_code, kind, mark, response_id, at)
    SELECT ${districtId}::integer, survey, kind, mark, id, at
    FROM unnest(${traces.map(({ survey }) => survey)}::text[], ${traces.map(({ kind }) => kind)}::text[],
      ${traces.map(({ mark }) => mark)}::text[], ${traces.map(({ id }) => id)}::uuid[],
      ${traces.map(({ at }) => at)}::timestamptz[]) AS t (survey, kind, mark, id, at)
    ON CONFLICT DO NOTHING`.execute(db)
}

/** An answer that left the same mark. */
export interface Met {
  id: string
  other: string
  at: Date
}

/** Of one mark at most so many are looked at on either side: the nearest, which the index hands out in this order. */
const MOST = 100

/** Answers that left the same marks as these within so many milliseconds, each of these among its own. */
export async function met(db: Db, districtId: number, traces: Trace[], withinMs: number): Promise<Met[]> {
  if (traces.length === 0) return []
  const within = sql`${withinMs}::float8 * interval '1 millisecond'`
  const same = sql`district_id = ${districtId} AND survey_code = q.survey AND kind = q.kind AND mark = q.mark`
  const found = await sql<Met>`
    SELECT q.id, t.response_id AS other, t.at
    FROM unnest(${traces.map(({ survey }) => survey)}::text[], ${traces.map(({ kind }) => kind)}::text[],
      ${traces.map(({ mark }) => mark)}::text[], ${traces.map(({ id }) => id)}::uuid[],
      ${traces.map(({ at }) => at)}::timestamptz[]) AS q (survey, kind, mark, id, at)
    CROSS JOIN LATERAL (
      (SELECT response_id, at FROM response_traces
       WHERE ${same} AND at BETWEEN q.at - ${within} AND q.at ORDER BY at DESC LIMIT ${MOST})
      UNION ALL
      (SELECT response_id, at FROM response_traces
       WHERE ${same} AND at > q.at AND at <= q.at + ${within} ORDER BY at LIMIT ${MOST})
    ) t`.execute(db)
  return found.rows
}
