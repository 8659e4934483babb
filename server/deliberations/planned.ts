import type { FastifyRequest } from 'fastify'
import type { Attached, Invitee, Planned } from '../../shared/deliberations/api.ts'
import type { Db } from '../db/database.ts'
import { community } from '../places/queries.ts'
import type { Files } from '../platform/files.ts'
import type { Secrets } from '../platform/secrets.ts'
import { eachInTurn, openName } from './names.ts'
import { planOf } from './plan-queries.ts'
import type { Of, StoredDeliberation } from './queries.ts'

/** What a deliberation's documents belong to. */
export const subjectOf = (id: string): string => `deliberation:${id}`

export async function attachedTo(files: Files, db: Db, { districtId, id }: Of): Promise<Attached[]> {
  const kept = await files.list(db, districtId, subjectOf(id))
  return kept.map((file) => ({ id: file.id, name: file.name, sizeBytes: file.sizeBytes }))
}

/** What a call that has changed a deliberation answers with. */
export type Shown = (request: Pick<FastifyRequest, 'district' | 'db'>, id: string) => Promise<Planned>

/** A deliberation as those who prepare it see it. @param names whether to open the names on the roster */
export async function plannedOf(
  { db, secrets, files }: { db: Db; secrets: Secrets; files: Files },
  found: StoredDeliberation,
  names: boolean,
): Promise<Planned> {
  const of = { districtId: found.district_id, id: found.id }
  const place = await community(db, of.districtId, found.community_code)
  return {
    ...{ id: found.id, code: found.code, status: found.status, revision: found.revision },
    plan: await planOf(db, found),
    communityName: place?.name ?? found.community_code,
    documents: await attachedTo(files, db, of),
    roster: names ? await rosterOf(db, secrets, of) : [],
  }
}

/** In the place of a name that was erased after the meeting. */
const ERASED = '（已删除）'

/** Those invited, in the order of the list. */
export async function rosterOf(db: Db, secrets: Secrets, { districtId, id }: Of): Promise<Invitee[]> {
  const rows = await db
    .selectFrom('invitees')
    .select(['id', 'name', 'compound', 'seat'])
    .where('district_id', '=', districtId)
    .where('deliberation_id', '=', id)
    .orderBy('position')
    .execute()
  return await eachInTurn(rows, ({ name, ...row }) => {
    const opened = name ? openName(secrets, 'invitees', districtId, { id: row.id, name }) : ERASED
    return { ...row, name: opened }
  })
}
