import { sql } from 'kysely'
import type { ServiceWords } from '../../shared/deliberations/suggest.ts'
import type { Db } from '../db/database.ts'
import { locks } from '../db/locks.ts'

/** What a district says belongs to which service, where it is not what is shipped. */
export async function ownKeywords(db: Db, districtId: number): Promise<ServiceWords[]> {
  return await db
    .selectFrom('statement_keywords')
    .select(['service', 'words'])
    .where('district_id', '=', districtId)
    .orderBy('service')
    .execute()
}

/** Nobody else of the district changes them until the transaction ends. */
export async function lockKeywords(tx: Db, districtId: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${locks.keywords}, ${districtId})`.execute(tx)
}

/** Puts a district's own words in the place of those it had. */
export async function replaceKeywords(tx: Db, districtId: number, own: readonly ServiceWords[]): Promise<void> {
  await tx.deleteFrom('statement_keywords').where('district_id', '=', districtId).execute()
  const rows = own.map(({ service, words }) => ({ district_id: districtId, service, words: JSON.stringify(words) }))
  if (rows.length > 0) await tx.insertInto('statement_keywords').values(rows).execute()
}

interface Unread {
  id: string
  deliberation: string
  text: string
}

/** Statements that were not read for a suggestion yet. */
export async function unread(db: Db, districtId: number, limit: number): Promise<Unread[]> {
  return await db
    .selectFrom('statements')
    .select(['id', 'deliberation_id as deliberation', 'text'])
    .where('district_id', '=', districtId)
    .where('suggested_at', 'is', null)
    .orderBy('deliberation_id')
    .limit(limit)
    .execute()
}

export interface Suggestion {
  id: string
  suggested: string | null
}

export async function saveSuggestions(
  tx: Db,
  districtId: number,
  made: readonly Suggestion[],
  at: Date,
): Promise<void> {
  await sql`UPDATE statements s SET suggested = m.suggested, suggested_at = ${at}
    FROM json_to_recordset(${JSON.stringify(made)}::json) AS m(id uuid, suggested text)
    WHERE s.district_id = ${districtId} AND s.id = m.id`.execute(tx)
}

/** Of what nobody has confirmed. */
export async function forgetSuggestions(tx: Db, districtId: number): Promise<void> {
  await tx
    .updateTable('statements')
    .set({ suggested_at: null })
    .where('district_id', '=', districtId)
    .where('coded_by', 'is', null)
    .execute()
}
