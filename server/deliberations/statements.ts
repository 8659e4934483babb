import type { Kysely } from 'kysely'
import { MOST_STATEMENT_LENGTH } from '../../shared/deliberations/kinds.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import { oneLine, textFault } from '../../shared/one-line.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { refuse } from '../refusals.ts'
import { lockedDeliberation, mustBeOpen } from './found.ts'
import { currentItem, type Of, participantBySeat } from './queries.ts'
import { addStatements, hasItem, type NewStatement, sentBefore, statementById } from './statement-queries.ts'
import { suggestLater } from './suggestions.ts'
import { tellStatements } from './tell-statements.ts'

/** @throws {Refusal} busy */
export async function store(tx: Db, of: Of, rows: readonly NewStatement[], at: Date): Promise<void> {
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
export function textOf(given: string): string {
  const text = oneLine(given)
  const fault = textFault(text, MOST_STATEMENT_LENGTH)
  if (fault === 'empty') throw refuse.statementEmpty()
  if (fault === 'too-long') throw refuse.statementTooLong(MOST_STATEMENT_LENGTH)
  if (fault === 'markup' || !isPlainText(text)) throw refuse.statementMarkup()
  return text
}

/** @throws {Refusal} unknownItem */
async function itemOf(tx: Db, of: Of, given: string | null | undefined): Promise<string | null> {
  if (given === undefined) return await currentItem(tx, of)
  if (given !== null && !(await hasItem(tx, of, given))) throw refuse.unknownItem()
  return given
}
