import { MOST_OF_ONE, MOST_STATEMENTS } from '../../shared/deliberations/kinds.ts'
import type { Db } from '../db/database.ts'
import { Refusal } from '../refusal.ts'
import { refuse } from '../refusals.ts'
import { hashOfTicket, lockedDeliberation } from './found.ts'
import { currentItem, type Of, type Participant, type StoredDeliberation } from './queries.ts'
import {
  type NewStatement,
  participantsByTickets,
  proposalIds,
  type Sent,
  saidBy,
  sentBefore,
} from './statement-queries.ts'
import { store, textOf } from './statements.ts'

export interface Written {
  id: string
  ticket: string
  text: string
  proposal?: string
}

export interface Receipt {
  statement: string
  number: number
  isNew: boolean
}

/**
 * As it is stored, judged before anybody waits for the room.
 * @throws {Refusal} statementEmpty, statementTooLong, statementMarkup
 */
export function tidied({ id, ticket, text, proposal }: Written): Written {
  return { id: id.toLowerCase(), ticket, text: textOf(text), proposal: proposal?.toLowerCase() }
}

/**
 * Takes in what residents write on their phones in one room at the same time. The same again gets the same number, also
 * once the room is closed: it may have been on its way since. Each is answered by itself, with notPresent, roomNotYetOpen,
 * roomClosed, unknownItem, tooManyStatements or sameStatement where it is refused.
 * @throws {Refusal} unknownDeliberation; busy where an id is being used elsewhere
 */
export async function makeStatements(
  tx: Db,
  of: Of,
  written: readonly Written[],
  at: Date,
): Promise<(Receipt | Refusal)[]> {
  const found = await lockedDeliberation(tx, of)
  const known = await knownOf(tx, of, written)
  const rows: NewStatement[] = []
  const answers = written.map((one) => {
    const answer = judged(one, found, known)
    if (answer instanceof Refusal || 'number' in answer) return answer
    const full = tooMany(known.said.get(answer.who.id) ?? 0, found.statements + rows.length)
    if (full) return full
    known.said.set(answer.who.id, (known.said.get(answer.who.id) ?? 0) + 1)
    const number = found.statements + rows.length + 1
    const row = rowOf(one, answer.who, { number, found, item: known.item, at })
    rows.push(row)
    known.sent.set(one.id, sentOf(row, of))
    return { statement: one.id, number, isNew: true }
  })
  if (rows.length > 0) await store(tx, of, rows, at)
  return answers
}

interface Known {
  people: Map<string, Participant>
  sent: Map<string, Sent>
  proposals: Set<string>
  /** How many came from whom before. */
  said: Map<string, number>
  item: string | null
}

/** One phone alone could fill the wall, and the room that everybody reads. */
function tooMany(own: number, all: number): Refusal | undefined {
  if (own >= MOST_OF_ONE) return refuse.tooManyStatements(MOST_OF_ONE)
  return all >= MOST_STATEMENTS ? refuse.tooManyStatements(MOST_STATEMENTS) : undefined
}

async function knownOf(tx: Db, of: Of, written: readonly Written[]): Promise<Known> {
  const hashes = written.map(({ ticket }) => hashOfTicket(ticket))
  const ids = written.map(({ id }) => id)
  const people = await participantsByTickets(tx, of, hashes)
  const who = [...people.values()].map(({ id }) => id)
  return {
    people,
    said: await saidBy(tx, of, who),
    sent: await sentBefore(tx, of.districtId, ids),
    proposals: written.some(({ proposal }) => proposal) ? await proposalIds(tx, of) : new Set(),
    item: await currentItem(tx, of),
  }
}

/** The receipt that was given before, why not, or who says something new. */
function judged(
  { id, ticket, text, proposal = null }: Omit<Written, 'proposal'> & { proposal?: string | null },
  found: StoredDeliberation,
  { people, sent, proposals }: Known,
): Receipt | Refusal | { who: Participant } {
  const who = people.get(hashOfTicket(ticket).toString('hex'))
  if (!who) return refuse.notPresent()
  const earlier = sent.get(id)
  if (earlier) {
    const isSame = earlier.participant === who.id && earlier.text === text && earlier.proposal === proposal
    if (!isSame || earlier.deliberation !== found.id) return refuse.sameStatement()
    return { statement: id, number: earlier.number, isNew: false }
  }
  if (found.status === 'planned') return refuse.roomNotYetOpen()
  if (found.status === 'closed') return refuse.roomClosed()
  if (who.left_at) return refuse.notPresent()
  return proposal !== null && !proposals.has(proposal) ? refuse.unknownItem() : { who }
}

function rowOf(
  { id, text, proposal }: Written,
  who: Participant,
  { number, found, item, at }: { number: number; found: StoredDeliberation; item: string | null; at: Date },
): NewStatement {
  return {
    ...{ id, number, text, agenda_item_id: item, proposal_id: proposal ?? null },
    ...{ participant_id: who.id, seat: who.seat, channel: 'phone' },
    ...{ state: found.moderated ? 'received' : 'shown', created_at: at },
  }
}

function sentOf({ id, number, text, proposal_id, participant_id, channel }: NewStatement, of: Of): Sent {
  const [participant, proposal] = [participant_id ?? null, proposal_id ?? null]
  return { id, number, text, channel, seat: null, deliberation: of.id, participant, proposal }
}
