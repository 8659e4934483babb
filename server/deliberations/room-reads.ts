import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { lastEvent } from './event-queries.ts'
import type { Of } from './queries.ts'
import { roomOf } from './room.ts'

const KEPT_MS = 1_000

export interface RoomReads {
  /** The room as JSON, as new as its last event. @throws {Refusal} unknownDeliberation */
  read(db: Db, of: Of): Promise<Buffer>
}

/** A hall that scans the code at the same time has the room read once. */
export function roomReads(): RoomReads {
  const reads = new Map<string, Promise<Buffer>>()
  return {
    async read(db, of) {
      const last = await lastEvent(db, of)
      if (last === undefined) throw refuse.unknownDeliberation()
      const key = `${of.districtId}:${of.id}:${last}`
      const known = reads.get(key)
      if (known) return await known
      const reading = roomOf(db, of).then((room) => Buffer.from(JSON.stringify(room)))
      reads.set(key, reading)
      const forget = () => reads.delete(key)
      reading.then(() => setTimeout(forget, KEPT_MS).unref(), forget)
      return await reading
    },
  }
}
