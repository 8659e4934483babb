import type { Room } from '../../shared/deliberations/room.ts'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusals.ts'
import { deliberationById, type Of } from './queries.ts'
import { roomHead, roomItems, roomProposals, roomQuestions, roomSpeakers, roomStatements } from './room-queries.ts'

/**
 * The room as it stands. The number is read first: what changes while the rest is read is told again by events, which put
 * whole things in the place of what was there. @throws {Refusal} unknownDeliberation
 */
export async function roomOf(db: Db, of: Of): Promise<Room> {
  const found = await deliberationById(db, of)
  if (!found) throw refuse.unknownDeliberation()
  return {
    seq: found.sequence,
    head: await roomHead(db, found),
    items: await roomItems(db, of),
    speakers: await roomSpeakers(db, of),
    statements: await roomStatements(db, of),
    proposals: await roomProposals(db, of),
    questions: await roomQuestions(db, of),
  }
}
