import type { Kysely } from 'kysely'
import { MOST_STATEMENT_LENGTH } from '../../shared/deliberations/kinds.ts'
import { oneLine, textFault } from '../../shared/deliberations/statement-text.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { Refusal, refuse } from '../refusals.ts'
import { hashOfTicket, mustBeOpen } from './found.ts'
import { lockDeliberation, type Of, type Participant, participantBySeat, type StoredDeliberation } from './queries.ts'
import {
  addStatements,
  currentItem,
  hasItem,
  type NewStatement,
  participantsByTickets,
  proposalIds,
  type Sent,
  sentBefore,
  statementById,
} from './statement-queries.ts'
import { suggestLater } from './suggestions.ts'
import { tellStatements } from './tell-statements.ts'

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
 * roomClosed, unknownItem or sameStatement where it is refused.
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
  item: string | null
}

async function knownOf(tx: Db, of: Of, written: readonly Written[]): Promise<Known> {
  const hashes = written.map(({ ticket }) => hashOfTicket(ticket))
  const ids = written.map(({ id }) => id)
  return {
    people: await participantsByTickets(tx, of, hashes),
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

/** @throws {Refusal} busy */
async function store(tx: Db, of: Of, rows: readonly NewStatement[], at: Date): Promise<void> {
  if (!(await addStatements(tx, of, rows))) throw refuse.busy()
  await suggestLater(tx, of.districtId)
  await tellStatements(
    tx,
    of,
    rows.map(({ id }) => id),
    [],
    at,
  )
}

interface TakenDown {
  id: string
  text: string
  seat?: number
  /** The item under way where none is named; null is none. */
  item?: string | null
}

/**
 * Takes down what somebody says in the room; it is shown at once.
 * @throws {Refusal} roomNotYetOpen, roomClosed, unknownItem, sameStatement, and what `textOf` throws
 */
export async function takeDown(
  db: Kysely<Tables>,
  of: Of,
  taken: TakenDown,
  look: Look,
  at: Date,
): Promise<{ statement: Statement; isNew: boolean }> {
  const id = taken.id.toLowerCase()
  const text = textOf(taken.text)
  const { seat = null } = taken
  return await db.transaction().execute(async (tx) => {
    const found = await lockedDeliberation(tx, of)
    const earlier = (await sentBefore(tx, of.districtId, [id])).get(id)
    const isSame = earlier?.channel === 'desk' && earlier.text === text && earlier.seat === seat
    if (earlier && !(isSame && earlier.deliberation === of.id)) throw refuse.sameStatement()
    const isNew = !earlier
    if (isNew) {
      mustBeOpen(found)
      const item = await itemOf(tx, of, taken.item)
      const who = seat === null ? undefined : await participantBySeat(tx, of, seat)
      const number = found.statements + 1
      const row: NewStatement = {
        ...{ id, number, text, agenda_item_id: item, participant_id: who?.id ?? null, seat, channel: 'desk' },
        ...{ state: 'shown', created_at: at, moderated_by: look.actor, moderated_at: at },
      }
      await store(tx, of, [row], at)
      await audit(tx, { ...look, after: { number } }, at)
    }
    return { statement: (await statementById(tx, of, id))!, isNew }
  })
}

/** The text as it is kept. @throws {Refusal} statementEmpty, statementTooLong, statementMarkup */
function textOf(given: string): string {
  const text = oneLine(given)
  const fault = textFault(text)
  if (fault === 'empty') throw refuse.statementEmpty()
  if (fault === 'too-long') throw refuse.statementTooLong(MOST_STATEMENT_LENGTH)
  if (fault === 'markup' || !isPlainText(text)) throw refuse.statementMarkup()
  return text
}

/** The deliberation, whose row nobody else changes until the transaction ends. @throws {Refusal} unknownDeliberation */
export async function lockedDeliberation(tx: Db, of: Of): Promise<StoredDeliberation> {
  const found = await lockDeliberation(tx, of)
  if (!found) throw refuse.unknownDeliberation()
  return found
}

/** @throws {Refusal} unknownItem */
async function itemOf(tx: Db, of: Of, given: string | null | undefined): Promise<string | null> {
  if (given === undefined) return await currentItem(tx, of)
  if (given !== null && !(await hasItem(tx, of, given))) throw refuse.unknownItem()
  return given
}
