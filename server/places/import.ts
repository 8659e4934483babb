import type { Kysely } from 'kysely'
import type { District, ImportKind, ImportReport } from '../../shared/places/api.ts'
import type { Known } from '../../shared/places/cells.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { blocks, bumpPlaceVersion, catalogue, communities, savePlaces, subdistricts } from './queries.ts'
import { readUpload } from './read-table.ts'

/** Imports an uploaded table: every place in it, or nothing and a report of what was wrong. @throws {Refusal} badImportFile when the file cannot be read */
export async function importFile(
  db: Kysely<Tables>,
  district: District,
  kind: ImportKind,
  file: Buffer,
  look: Look,
  at: Date,
): Promise<ImportReport> {
  const { rows, places, wrong } = await readUpload(kind, file, await known(db, district.id))
  if (wrong.length === 0) {
    await db.transaction().execute(async (transaction) => {
      // First the version: two imports into one district take turns here.
      const placeVersion = await bumpPlaceVersion(transaction, district.id, at)
      await savePlaces(transaction, district.id, kind, places)
      const states = {
        before: { placeVersion: placeVersion - 1 },
        after: { placeVersion, rows, places: places.length },
      }
      await audit(transaction, { ...look, ...states }, at)
    })
  }
  return { kind, rows, imported: wrong.length ? 0 : places.length, wrong }
}

async function known(db: Db, districtId: number): Promise<Known> {
  const codes = (places: { code: string }[]) => new Set(places.map(({ code }) => code))
  return {
    subdistricts: codes(await subdistricts(db, districtId)),
    communities: codes(await communities(db, districtId)),
    blocks: codes(await blocks(db, districtId)),
    services: (await catalogue(db, districtId)).catalogue.services,
  }
}
