import type { FastifyInstance } from 'fastify'
import { type Kysely, sql } from 'kysely'
import { NAMES_KEPT_DAYS } from '../../shared/deliberations/kinds.ts'
import { type Db, forDistrict } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { districts } from '../places/queries.ts'
import { audit } from '../platform/audit.ts'

const DAY_MS = 86_400_000

/** Every night the names of those who were invited or came are erased where nobody needs them any more. */
export function eraseNamesNightly({ jobs, db }: FastifyInstance): void {
  jobs.everyDay('erase-deliberation-names', '04:00', () => eraseNames(db, new Date()))
}

export async function eraseNames(db: Kysely<Tables>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - NAMES_KEPT_DAYS * DAY_MS)
  for (const { id } of await districts(db)) {
    const own = forDistrict(db, id)
    for (const deliberation of await withOldNames(own, id, before))
      await own.transaction().execute(async (one) => {
        const after = {
          participants: await forgetNames(one, 'participants', id, deliberation),
          invitees: await forgetNames(one, 'invitees', id, deliberation),
        }
        const what = { action: 'names:erase', subject: `deliberation:${deliberation}`, after }
        await audit(one, { district: { id }, actor: 'system', ...what, from: null }, now)
      })
  }
}

/** Deliberations over so long, or never held on their day, that still hold names. */
async function withOldNames(db: Db, districtId: number, before: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT d.id FROM deliberations d
    WHERE d.district_id = ${districtId} AND coalesce(d.closed_at, greatest(d.starts_at, d.ends_at)) < ${before}
      AND (EXISTS (SELECT FROM participants p
          WHERE p.district_id = d.district_id AND p.deliberation_id = d.id AND p.name IS NOT NULL)
        OR EXISTS (SELECT FROM invitees i
          WHERE i.district_id = d.district_id AND i.deliberation_id = d.id AND i.name IS NOT NULL))`.execute(db)
  return rows.map(({ id }) => id)
}

async function forgetNames(
  db: Db,
  table: 'participants' | 'invitees',
  districtId: number,
  deliberation: string,
): Promise<number> {
  const gone = await db
    .updateTable(table)
    .set({ name: null })
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', deliberation)
    .where('name', 'is not', null)
    .executeTakeFirst()
  return Number(gone.numUpdatedRows)
}
