import type { Kysely } from 'kysely'
import { MOST_STATEMENT_LENGTH } from '../../shared/deliberations/kinds.ts'
import { oneLine, textFault } from '../../shared/deliberations/statement-text.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { hashOfTicket, mustBeOpen } from './found.ts'
import {
  lockDeliberation,
  type Of,
  participantBySeat,
  participantByTicket,
  type StoredDeliberation,
} from './queries.ts'
import {
  addStatement,
  currentItem,
  hasItem,
  hasProposal,
  type NewStatement,
  type Sent,
  sentBefore,
  statementById,
} from './statement-queries.ts'
import { suggestLater } from './suggestions.ts'
import { tellStatements } from './tell-statements.ts'

interface Written {
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
 * Takes in what a resident writes on the phone. The same again gets the same number, also once the room is closed: it
 * may have been on its way since.
 * @throws {Refusal} notPresent, roomNotYetOpen, roomClosed, unknownItem, sameStatement, and what `textOf` throws
 */
export async function makeStatement(db: Kysely<Tables>, of: Of, written: Written, at: Date): Promise<Receipt> {
  const id = written.id.toLowerCase()
  const text = textOf(written.text)
  const proposal = written.proposal?.toLowerCase() ?? null
  return await db.transaction().execute(async (tx) => {
    const found = await lockedDeliberation(tx, of)
    const who = await participantByTicket(tx, of, hashOfTicket(written.ticket))
    if (!who) throw refuse.notPresent()
    const isSame = (sent: Sent) => sent.participant === who.id && sent.text === text && sent.proposal === proposal
    const earlier = await earlierNumber(tx, of, id, isSame)
    if (earlier !== undefined) return { statement: id, number: earlier, isNew: false }
    mustBeOpen(found)
    if (who.left_at) throw refuse.notPresent()
    if (proposal !== null && !(await hasProposal(tx, of, proposal))) throw refuse.unknownItem()
    const number = await added(tx, of, {
      ...{ id, text, agenda_item_id: await currentItem(tx, of), proposal_id: proposal },
      ...{ participant_id: who.id, seat: who.seat, channel: 'phone' },
      ...{ state: found.moderated ? 'received' : 'shown', created_at: at },
    })
    await tellStatements(tx, of, [id], [], at)
    return { statement: id, number, isNew: true }
  })
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
    const isSame = (sent: Sent) => sent.channel === 'desk' && sent.text === text && sent.seat === seat
    const isNew = (await earlierNumber(tx, of, id, isSame)) === undefined
    if (isNew) {
      mustBeOpen(found)
      const item = await itemOf(tx, of, taken.item)
      const who = seat === null ? undefined : await participantBySeat(tx, of, seat)
      const number = await added(tx, of, {
        ...{
          id,
          text,
          agenda_item_id: item,
          proposal_id: null,
          participant_id: who?.id ?? null,
          seat,
          channel: 'desk',
        },
        ...{ state: 'shown', created_at: at, moderated_by: look.actor, moderated_at: at },
      })
      await tellStatements(tx, of, [id], [], at)
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

/** The number that was given to the same before. @throws {Refusal} sameStatement where it was not the same */
async function earlierNumber(tx: Db, of: Of, id: string, isSame: (sent: Sent) => boolean): Promise<number | undefined> {
  const sent = await sentBefore(tx, of.districtId, id)
  if (sent && !(sent.deliberation === of.id && isSame(sent))) throw refuse.sameStatement()
  return sent?.number
}

async function added(tx: Db, of: Of, statement: NewStatement): Promise<number> {
  const number = await addStatement(tx, of, statement)
  if (number === undefined) throw refuse.sameStatement()
  await suggestLater(tx, of.districtId)
  return number
}

/** @throws {Refusal} unknownItem */
async function itemOf(tx: Db, of: Of, given: string | null | undefined): Promise<string | null> {
  if (given === undefined) return await currentItem(tx, of)
  if (given !== null && !(await hasItem(tx, of, given))) throw refuse.unknownItem()
  return given
}
