import type { Selectable } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import type { FileKind } from './file-kinds.ts'

export interface StoredFile {
  districtId: number
  id: string
  subject: string
  name: string
  kind: FileKind
  sizeBytes: number
  sha256: Buffer
  createdAt: Date
}

export async function addFile(db: Db, file: StoredFile): Promise<void> {
  const { districtId, id, subject, name, kind, sizeBytes, sha256, createdAt } = file
  const described = { subject, name, media_type: kind, size_bytes: sizeBytes, sha256, created_at: createdAt }
  await db
    .insertInto('files')
    .values({ district_id: districtId, id, ...described })
    .execute()
}

export async function fileById(db: Db, districtId: number, id: string): Promise<StoredFile | undefined> {
  const row = await db
    .selectFrom('files')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && fileOf(row)
}

function fileOf(row: Selectable<Tables['files']>): StoredFile {
  return {
    districtId: row.district_id,
    id: row.id,
    subject: row.subject,
    name: row.name,
    kind: row.media_type as FileKind,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    createdAt: row.created_at,
  }
}

/** What belongs to any of these subjects, the oldest first. */
export async function filesOf(db: Db, districtId: number, subjects: readonly string[]): Promise<StoredFile[]> {
  if (subjects.length === 0) return []
  const rows = await db
    .selectFrom('files')
    .selectAll()
    .where('district_id', '=', districtId)
    .where('subject', 'in', subjects)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(fileOf)
}

/** Returns whether it was there. */
export async function removeFile(db: Db, districtId: number, subject: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('files')
    .where('district_id', '=', districtId)
    .where('subject', '=', subject)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Returns the ids of those that were there. */
export async function removeFiles(db: Db, districtId: number, subject: string): Promise<string[]> {
  const gone = await db
    .deleteFrom('files')
    .where('district_id', '=', districtId)
    .where('subject', '=', subject)
    .returning('id')
    .execute()
  return gone.map(({ id }) => id)
}

/** Which of these ids the database speaks of. */
export async function knownFiles(db: Db, districtId: number, ids: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('files')
    .select('id')
    .where('district_id', '=', districtId)
    .where('id', 'in', ids)
    .execute()
  return new Set(rows.map(({ id }) => id))
}
