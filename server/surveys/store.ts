import { hash } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type { Pool } from 'pg'
import { type Db, forDistrict } from '../db/database.ts'
import { queryIn } from '../db/district.ts'
import { auditAll, type Look } from '../platform/audit.ts'
import type { Content } from './content.ts'

/** One admitted answer on its way into the table. */
export interface Incoming {
  content: Content
  districtId: number
  district: string
  /** In small letters, as PostgreSQL writes it. */
  id: string
  receivedAt: string
  deviceHash: string | null
  networkHash: string | null
  /** Id of the member of the staff who took it down. */
  takenBy: string | null
  receipt: string
  /** The TallyEntry, as JSON. */
  entry: string
  /** What the audit shall say, where somebody of the staff took it down. */
  look: Look | undefined
}

/** Where answers are written: the same connections, as they are and with what the audit needs. */
export interface Answers {
  pool: Pool
  db: Db
}

/** What is kept of an id that was sent before; of one that was withdrawn, nothing but the receipt. */
export interface Stored {
  id: string
  receipt: string
  content: Content | null
}

// Answers and their tally entries are one statement, hence one commit. The conflict target is the id alone, so that a
// receipt drawn twice is an error and not a silently dropped answer. Nearly always all of them are new; only otherwise
// the entries of those that are must be picked out.
const INSERT = `
  WITH inserted AS (
    INSERT INTO responses (district_id, id, survey_code, version, community_code, channel, proxy, started_at, submitted_at,
      received_at, consent_version, answers, slip, device_hash, receipt, network_hash, taken_by)
    SELECT $1::integer, id, survey_code, version, community_code, channel, proxy, started_at, submitted_at, received_at,
      consent_version, answers::json, slip, device_hash, receipt, network_hash, taken_by
    FROM unnest(
      string_to_array($2, E'\\x1e')::uuid[], string_to_array($3, E'\\x1e'), string_to_array($4, E'\\x1e')::integer[],
      string_to_array($5, E'\\x1e'), string_to_array($6, E'\\x1e'), string_to_array($7, E'\\x1e')::boolean[],
      string_to_array($8, E'\\x1e')::timestamptz[], string_to_array($9, E'\\x1e')::timestamptz[],
      string_to_array($10, E'\\x1e')::timestamptz[], string_to_array($11, E'\\x1e'), string_to_array($12, E'\\x1e'),
      string_to_array($13, E'\\x1e', ''), string_to_array($14, E'\\x1e', ''), string_to_array($15, E'\\x1e'),
      string_to_array($18, E'\\x1e', ''), string_to_array($19, E'\\x1e', '')::uuid[]
    ) AS t (id, survey_code, version, community_code, channel, proxy, started_at, submitted_at, received_at,
      consent_version, answers, slip, device_hash, receipt, network_hash, taken_by)
    ON CONFLICT (district_id, id) DO NOTHING
    RETURNING id
  ), outbox AS (
    INSERT INTO tally_outbox (district_id, entries)
    SELECT $1::integer, '[' || CASE WHEN (SELECT count(*) FROM inserted) = $17::integer THEN translate($16, E'\\x1e', ',')
      ELSE (
        SELECT string_agg(entry, ',')
        FROM unnest(string_to_array($2, E'\\x1e')::uuid[], string_to_array($16, E'\\x1e')) AS t (id, entry)
        JOIN inserted USING (id)
      ) END || ']'
    WHERE EXISTS (SELECT FROM inserted)
  )
  SELECT id FROM inserted`

/** Stands between the items of a list. Nothing that gets here holds it, JSON only escaped, so the list needs no quoting. */
const BETWEEN = '\u001e'

/**
 * Inserts answers of one district together with what they add to the tallies, and with the audit of those that were taken
 * down, all in one commit. Returns the ids that were new. Rows come in order of their ids: two statements that meet then
 * wait for each other instead of deadlocking.
 */
export async function insertResponses(answers: Answers, rows: Incoming[]): Promise<Set<string>> {
  const of = (field: keyof Incoming) => rows.map((row) => row[field] ?? '').join(BETWEEN)
  const said = (field: keyof Content) => rows.map(({ content }) => content[field] ?? '').join(BETWEEN)
  const { districtId } = rows[0] as Incoming
  const values = [
    ...[districtId, of('id'), said('survey'), said('version'), said('community'), said('channel'), said('proxy')],
    ...[
      said('startedAt'),
      said('submittedAt'),
      of('receivedAt'),
      said('consentVersion'),
      said('answers'),
      said('slip'),
    ],
    ...[of('deviceHash'), of('receipt'), of('entry'), rows.length, of('networkHash'), of('takenBy')],
  ]
  if (rows.some(({ look }) => look)) return await insertWithLooks(answers.db, rows, values)
  const insert = { name: 'insert-responses', text: INSERT, values }
  const result = await queryIn<{ id: string }>(answers.pool, districtId, insert)
  return new Set(result.rows.map((row) => row.id))
}

async function insertWithLooks(db: Db, rows: Incoming[], values: unknown[]): Promise<Set<string>> {
  const { districtId, receivedAt } = rows[0] as Incoming
  return await forDistrict(db, districtId)
    .transaction()
    .execute(async (one) => {
      const inserted = await one.executeQuery<{ id: string }>(CompiledQuery.raw(INSERT, values))
      const ids = new Set(inserted.rows.map((row) => row.id))
      const looks = rows.flatMap(({ id, look }) => (look && ids.has(id) ? [look] : []))
      await auditAll(one, looks, new Date(receivedAt))
      return ids
    })
}

const FIND = `
  SELECT id, receipt, withdrawn_at IS NOT NULL AS withdrawn, survey_code AS survey, version, community_code AS community,
    channel, proxy, started_at AS "startedAt", submitted_at AS "submittedAt", consent_version AS "consentVersion",
    answers::text AS answers, slip
  FROM responses WHERE district_id = $1 AND id = ANY ($2::uuid[])`

interface Found extends Omit<Content, 'startedAt' | 'submittedAt'> {
  id: string
  receipt: string
  withdrawn: boolean
  startedAt: Date
  submittedAt: Date
}

/** What is stored under these ids. */
export async function findResponses(pool: Pool, districtId: number, ids: string[]): Promise<Map<string, Stored>> {
  const find = { name: 'find-responses', text: FIND, values: [districtId, ids] }
  const result = await queryIn<Found>(pool, districtId, find)
  return new Map(result.rows.map((row) => [row.id, storedOf(row)]))
}

function storedOf({ id, receipt, withdrawn, startedAt, submittedAt, ...rest }: Found): Stored {
  if (withdrawn) return { id, receipt, content: null }
  return {
    id,
    receipt,
    content: { ...rest, startedAt: startedAt.toISOString(), submittedAt: submittedAt.toISOString() },
  }
}

const MOST_CONFLICTS = 5

// The row lock keeps a withdrawal from passing between the look and the insert: it would leave the copy behind.
const KEEP_CONFLICT = `
  WITH original AS (
    SELECT id FROM responses WHERE district_id = $1 AND id = $2 AND withdrawn_at IS NULL FOR UPDATE
  )
  INSERT INTO response_conflicts (district_id, response_id, content_hash, body, received_at)
  SELECT $1::integer, id, $3::bytea, $4::json, $5::timestamptz FROM original
  WHERE (SELECT count(*) FROM response_conflicts WHERE district_id = $1 AND response_id = $2) < ${MOST_CONFLICTS}
  ON CONFLICT (district_id, response_id, content_hash) DO NOTHING`

/** Keeps what was sent under an id that holds something else, for the staff to look at; the first few only. */
export async function keepConflict(pool: Pool, row: Incoming): Promise<void> {
  const { answers, ...envelope } = row.content
  const body = `{"envelope":${JSON.stringify(envelope)},"answers":${answers}}`
  const values = [row.districtId, row.id, hash('sha256', body, 'buffer'), body, row.receivedAt]
  await queryIn(pool, row.districtId, { text: KEEP_CONFLICT, values })
}
