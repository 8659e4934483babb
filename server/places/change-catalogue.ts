import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import type { Catalogue, District } from '../../shared/places/api.ts'
import { catalogueFaults } from '../../shared/places/catalogue-check.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { addCatalogue, bumpPlaceVersion, catalogue } from './queries.ts'

/**
 * Puts a changed catalogue in force as a new version, earlier ones being kept. `base` is the version that was edited.
 * @throws {Refusal} badCatalogue, or catalogueChanged when somebody else was quicker
 */
export async function changeCatalogue(
  db: Kysely<Tables>,
  district: District,
  base: number,
  changed: Catalogue,
  look: Look,
  at: Date,
): Promise<number> {
  const faults = catalogueFaults(changed)
  if (faults.length) throw refuse.badCatalogue(faults)
  return db.transaction().execute(async (transaction) => {
    await bumpPlaceVersion(transaction, district.id, at)
    const { version, catalogue: before } = await catalogue(transaction, district.id)
    if (version !== base) throw refuse.catalogueChanged()
    if (!(await addCatalogue(transaction, district.id, base + 1, changed, at))) throw refuse.catalogueChanged()
    const states = {
      before: { version, ...lacking(before, changed) },
      after: { version: base + 1, ...lacking(changed, before) },
    }
    await audit(transaction, { ...look, ...states }, at)
    return base + 1
  })
}

/** What of one catalogue does not stand in the other, word for word. */
function lacking(one: Catalogue, other: Catalogue): Catalogue {
  const alone = <T>(own: T[], others: T[]) => own.filter((each) => !others.some((its) => isDeepStrictEqual(each, its)))
  return { services: alone(one.services, other.services), rules: alone(one.rules, other.rules) }
}
