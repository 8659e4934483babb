import type { Pool, PoolClient } from 'pg'

/** One admitted answer on its way into the table. */
export interface Incoming {
  districtId: number
  district: string
  /** In small letters, as PostgreSQL writes it. */
  id: string
  survey: string
  version: number
  community: string
  channel: string
  proxy: boolean
  startedAt: string
  submittedAt: string
  receivedAt: string
  consentVersion: string
  /** JSON. */
  answers: string
  slip: string | null
  deviceHash: string | null
  hash: Buffer
  receipt: string
  /** The TallyEntry, as JSON. */
  entry: string
}

/** What is kept of an id that was sent before. */
export interface Stored {
  id: string
  hash: Buffer | null
  receipt: string | null
  withdrawn: boolean
}

// Answers and their tally entries are one statement, hence one commit. The conflict target is the id alone, so that a
// receipt drawn twice is an error and not a silently dropped answer.
const INSERT = `
  WITH incoming AS (
    SELECT * FROM unnest(
      string_to_array($2, E'\\x1e')::uuid[], string_to_array($3, E'\\x1e'), string_to_array($4, E'\\x1e')::integer[],
      string_to_array($5, E'\\x1e'), string_to_array($6, E'\\x1e'), string_to_array($7, E'\\x1e')::boolean[],
      string_to_array($8, E'\\x1e')::timestamptz[], string_to_array($9, E'\\x1e')::timestamptz[],
      string_to_array($10, E'\\x1e')::timestamptz[], string_to_array($11, E'\\x1e'), string_to_array($12, E'\\x1e'),
      string_to_array($13, E'\\x1e', ''), string_to_array($14, E'\\x1e', ''), string_to_array($15, E'\\x1e'),
      string_to_array($16, E'\\x1e'), string_to_array($17, E'\\x1e')
    ) AS t (id, survey_code, version, community_code, channel, proxy, started_at, submitted_at, received_at,
      consent_version, answers, slip, device_hash, hash, receipt, entry)
  ), inserted AS (
    INSERT INTO responses (district_id, id, survey_code, version, community_code, channel, proxy, started_at, submitted_at,
      received_at, consent_version, answers, slip, device_hash, content_hash, receipt)
    SELECT $1::integer, id, survey_code, version, community_code, channel, proxy, started_at, submitted_at, received_at,
      consent_version, answers::json, slip, device_hash, decode(hash, 'hex'), receipt
    FROM incoming
    ON CONFLICT (district_id, id) DO NOTHING
    RETURNING id
  ), outbox AS (
    INSERT INTO tally_outbox (district_id, entries)
    SELECT $1::integer, ('[' || string_agg(entry, ',') || ']')::json FROM incoming JOIN inserted USING (id)
    HAVING count(*) > 0
  )
  SELECT id FROM inserted`

/** Stands between the items of a list. Nothing that gets here holds it, JSON only escaped, so the list needs no quoting. */
const BETWEEN = '\u001e'

/**
 * Inserts answers of one district together with what they add to the tallies, all in one commit. Returns the ids that
 * were new. Rows come in order of their ids: two statements that meet then wait for each other instead of deadlocking.
 */
export async function insertResponses(pool: Pool, rows: Incoming[]): Promise<Set<string>> {
  const of = (field: keyof Incoming) => rows.map((row) => row[field] ?? '').join(BETWEEN)
  const values = [
    ...[rows[0]?.districtId, of('id'), of('survey'), of('version'), of('community'), of('channel'), of('proxy')],
    ...[of('startedAt'), of('submittedAt'), of('receivedAt'), of('consentVersion'), of('answers'), of('slip')],
    ...[of('deviceHash'), rows.map(({ hash }) => hash.toString('hex')).join(BETWEEN), of('receipt'), of('entry')],
  ]
  const result = await pool.query<{ id: string }>({ name: 'insert-responses', text: INSERT, values })
  return new Set(result.rows.map((row) => row.id))
}

const FIND = `
  SELECT id, content_hash AS hash, receipt, withdrawn_at IS NOT NULL AS withdrawn
  FROM responses WHERE district_id = $1 AND id = ANY ($2::uuid[])`

/** What is stored under these ids. */
export async function findResponses(pool: Pool, districtId: number, ids: string[]): Promise<Map<string, Stored>> {
  const result = await pool.query<Stored>({ name: 'find-responses', text: FIND, values: [districtId, ids] })
  return new Map(result.rows.map((row) => [row.id, row]))
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
  const { survey, version, community, channel, proxy, startedAt, submittedAt, consentVersion, slip } = row
  const envelope = { survey, version, community, channel, proxy, startedAt, submittedAt, consentVersion, slip }
  const body = `{"envelope":${JSON.stringify(envelope)},"answers":${row.answers}}`
  await pool.query(KEEP_CONFLICT, [row.districtId, row.id, row.hash, body, row.receivedAt])
}

/** Runs `work` in a transaction on one connection; a connection that broke is not used again. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}
