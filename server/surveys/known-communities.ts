import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, forDistrict } from '../db/database.ts'
import { communities } from '../places/queries.ts'

interface Known {
  codes: Set<string>
  readAt: number
}

const SOONEST_MS = 250
const STALE_MS = 60_000

/**
 * Answers whether a community exists. Codes that are known cost nothing; unknown ones are looked for together and at most
 * four times a second, so that made-up codes cannot keep the database busy while a community just imported is found.
 */
export function communityFinder(db: Db): (districtId: number, code: string) => Promise<boolean> {
  const known = new Map<number, Known>()
  const reading = new Map<number, Promise<Known>>()

  async function read(districtId: number, waitMs: number): Promise<Known> {
    try {
      await sleep(waitMs)
      const found = await communities(forDistrict(db, districtId), districtId)
      const fresh = { codes: new Set(found.map(({ code }) => code)), readAt: performance.now() }
      known.set(districtId, fresh)
      return fresh
    } finally {
      reading.delete(districtId)
    }
  }

  function refresh(districtId: number, last: Known | undefined): Promise<Known> {
    const waitMs = last ? Math.max(0, last.readAt + SOONEST_MS - performance.now()) : 0
    const running = reading.get(districtId) ?? read(districtId, waitMs)
    reading.set(districtId, running)
    return running
  }

  return async (districtId, code) => {
    const last = known.get(districtId)
    const fresh = last !== undefined && performance.now() - last.readAt < STALE_MS
    if (last && fresh && last.codes.has(code)) return true
    return (await refresh(districtId, last)).codes.has(code)
  }
}
