import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { districtByCode } from './queries.ts'

/** A made-up code that cannot be one is turned away before it costs a query. */
const codePattern = /^[A-Z]{2,4}$/

/**
 * Finds districts by code and remembers them: id, code and name of a district never change. Only codes that exist are
 * remembered, so that made-up ones cannot fill the memory.
 */
export function districtFinder(db: Db): (code: string) => Promise<District> {
  const known = new Map<string, District>()
  return async (code) => {
    const before = known.get(code)
    if (before) return before
    const found = codePattern.test(code) ? await districtByCode(db, code) : undefined
    if (!found) throw refuse.unknownDistrict()
    known.set(code, found)
    return found
  }
}
