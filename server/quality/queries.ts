import { type RawBuilder, sql } from 'kysely'
import type { QueueCounts } from '../../shared/quality/api.ts'
import { FLAGGED_FROM, type Sign, type SignKind, signKinds } from '../../shared/quality/signs.ts'
import type { Decision } from '../../shared/surveys/review-api.ts'
import type { Db } from '../db/database.ts'

/** Which answers are meant. */
export interface Among {
  districtId: number
  survey: string
  versions?: number[]
  /** Only those of these communities. */
  communities?: string[]
}

/** One flagged answer with what a person decided, or one that a person decided about although nothing spoke against it. */
export interface Flagged {
  id: string
  version: number
  community: string
  channel: string
  proxy: boolean
  startedAt: Date
  submittedAt: Date
  answers: Record<string, unknown>
  score: number
  signs: Sign[]
  decision: Decision
  reason: string | null
  decidedAt: Date | null
}

const lit = sql.lit(FLAGGED_FROM)

/** The last decision about an answer. */
const decided = (districtId: number) => sql`LEFT JOIN LATERAL (
    SELECT decision, reason, decided_at FROM response_reviews v
    WHERE v.district_id = ${districtId} AND v.response_id = s.response_id ORDER BY number DESC LIMIT 1
  ) last ON true`

function among({ districtId, survey, versions, communities }: Among): RawBuilder<unknown> {
  const parts = [sql`s.district_id = ${districtId} AND s.survey_code = ${survey}`]
  if (versions) parts.push(sql`s.version = ANY (${versions}::int[])`)
  if (communities) parts.push(sql`s.community_code = ANY (${communities}::text[])`)
  return sql.join(parts, sql` AND `)
}

/** What was put before a person, or decided without that. Each half has an index of its own. */
const put = ({ districtId, survey }: Among) => sql`(
    SELECT response_id FROM response_signs
    WHERE district_id = ${districtId} AND survey_code = ${survey} AND score >= ${lit}
    UNION SELECT response_id FROM response_reviews WHERE district_id = ${districtId} AND survey_code = ${survey}
  ) put JOIN response_signs s ON s.district_id = ${districtId} AND s.response_id = put.response_id`

export interface Wanted {
  sign?: SignKind
  decision?: Decision | 'all'
  from?: number
}

const wantedSql = ({ sign, decision = 'open' }: Wanted) => {
  const bySign = sign ? sql` AND s.signs::text LIKE ${`%"sign":"${sign}"%`}` : sql``
  if (decision === 'all') return bySign
  const flagged = decision === 'open' ? sql` AND s.score >= ${lit}` : sql``
  return sql`${bySign}${flagged} AND coalesce(last.decision, 'open') = ${decision}`
}

/** Flagged answers, the worst first. */
export async function flaggedAnswers(db: Db, of: Among, wanted: Wanted, most: number): Promise<Flagged[]> {
  const { districtId } = of
  const found = await sql<Flagged>`
    SELECT r.id, s.version, s.community_code AS community, s.channel, r.proxy, r.started_at AS "startedAt",
      r.submitted_at AS "submittedAt", r.answers, s.score, s.signs, coalesce(last.decision, 'open') AS decision,
      last.reason, last.decided_at AS "decidedAt"
    FROM ${put(of)}
    JOIN responses r ON r.district_id = ${districtId} AND r.id = s.response_id AND r.withdrawn_at IS NULL
    ${decided(districtId)}
    WHERE ${among(of)}${wantedSql(wanted)}
    ORDER BY s.score DESC, r.submitted_at DESC, r.id LIMIT ${most} OFFSET ${wanted.from ?? 0}`.execute(db)
  return found.rows
}

export async function countMatching(db: Db, of: Among, wanted: Wanted): Promise<number> {
  const { districtId } = of
  const found = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM ${put(of)} ${decided(districtId)}
    WHERE ${among(of)}${wantedSql(wanted)}`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** How many answers were put before a person, kept and excluded, and for which signs. */
export async function queueCounts(db: Db, of: Among): Promise<QueueCounts> {
  const { districtId } = of
  const found = await sql<{ decision: Decision; sign: SignKind | null; flagged: boolean; n: number }>`
    SELECT coalesce(last.decision, 'open') AS decision, sign->>'sign' AS sign, s.score >= ${lit} AS flagged, count(*)::int AS n
    FROM ${put(of)} ${decided(districtId)}
    LEFT JOIN LATERAL (SELECT NULL::json AS sign UNION ALL SELECT * FROM json_array_elements(s.signs)) each ON true
    WHERE ${among(of)}
    GROUP BY 1, 2, 3`.execute(db)
  const sum = (is: (row: (typeof found.rows)[number]) => boolean) =>
    found.rows.filter(is).reduce((all, { n }) => all + n, 0)
  const decidedAs = (decision: Decision) => sum((row) => row.sign === null && row.decision === decision)
  return {
    flagged: sum((row) => row.sign === null && row.flagged),
    open: sum((row) => row.sign === null && row.flagged && row.decision === 'open'),
    kept: decidedAs('kept'),
    excluded: decidedAs('excluded'),
    signs: signKinds.flatMap((sign) => {
      const n = sum((row) => row.sign === sign)
      const excluded = sum((row) => row.sign === sign && row.decision === 'excluded')
      return n > 0 ? [{ sign, n, excluded }] : []
    }),
  }
}
