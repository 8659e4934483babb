import type { Kysely } from 'kysely'
import type { Dictionary, ThemeCode } from '../../shared/themes/api.ts'
import { dictionaryFaults } from '../../shared/themes/dictionary.ts'
import type { Tables } from '../db/tables.ts'
import { catalogue } from '../places/queries.ts'
import { audit, type Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { dictionaryOf, mergeCode, saveDictionary } from './queries.ts'

export interface Change {
  /** The revision that was edited. */
  base: number
  codes: ThemeCode[]
  merges?: { from: string; into: string }[]
}

/**
 * Puts a changed dictionary in force and moves answers from merged themes.
 * @throws {Refusal} badDictionary, or dictionaryChanged when somebody else was quicker
 */
export async function changeDictionary(
  db: Kysely<Tables>,
  districtId: number,
  { base, codes, merges = [] }: Change,
  look: Look,
  at: Date,
): Promise<number> {
  const services = (await catalogue(db, districtId)).catalogue.services.map(({ code }) => code)
  return await db.transaction().execute(async (one) => {
    const before = await dictionaryOf(one, districtId)
    if (before.revision !== base) throw refuse.dictionaryChanged()
    const merged = codes.map((code) =>
      merges.some(({ from }) => from === code.code) ? { ...code, retired: true } : code,
    )
    const faults = [...dictionaryFaults(before.codes, merged, services), ...mergeFaults(merged, merges)]
    if (faults.length > 0) throw refuse.badDictionary(faults)
    const after: Dictionary = { revision: base + 1, codes: merged }
    if (!(await saveDictionary(one, districtId, base, after, at))) throw refuse.dictionaryChanged()
    for (const { from, into } of merges) await mergeCode(one, districtId, from, into)
    await audit(
      one,
      { ...look, before: changedIn(before.codes, merged), after: { ...changedIn(merged, before.codes), merges } },
      at,
    )
    return after.revision
  })
}

function mergeFaults(codes: ThemeCode[], merges: { from: string; into: string }[]) {
  const from = new Set(merges.map((each) => each.from))
  const known = (code: string) => codes.some((one) => one.code === code)
  return merges
    .filter((each) => !known(each.from) || !known(each.into) || from.has(each.into))
    .map((each) => ({
      at: 'merges',
      rule: 'merge',
      message: `“${each.from}”不能并入“${each.into}”，请重新选择要并入的主题`,
    }))
}

/** What of one dictionary is not the same in the other. */
function changedIn(own: ThemeCode[], others: ThemeCode[]) {
  const known = new Set(others.map((code) => JSON.stringify(code)))
  return { codes: own.filter((code) => !known.has(JSON.stringify(code))) }
}
