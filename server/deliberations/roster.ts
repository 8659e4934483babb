import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { type Numbered, readRoster, rosterFaults } from '../../shared/deliberations/roster.ts'
import type { Table } from '../../shared/places/table.ts'
import type { Tables } from '../db/tables.ts'
import { audit, type Look } from '../platform/audit.ts'
import { contextIn } from '../platform/sealed-columns.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { sameName } from './names.ts'
import { rosterOf } from './planned.ts'
import { lockDeliberation, type Of } from './queries.ts'
import { tell } from './tell.ts'

/** A longer list helps nobody: the rest shows once these are put right. */
const FAULTS_SHOWN = 500

/** The lines of an uploaded sheet. @throws {Refusal} badRoster */
export function linesIn(table: Table): Numbered[] {
  const read = readRoster(table)
  if ('faults' in read) throw refuse.badRoster(read.faults.slice(0, FAULTS_SHOWN))
  return read.lines
}

/**
 * Puts a roster in the place of the one before, or changes nothing. Whoever was on it already stays who they were.
 * @throws {Refusal} badRoster, unknownDeliberation, wrongStatus
 */
export async function saveRoster(
  { db, secrets }: { db: Kysely<Tables>; secrets: Secrets },
  of: Of,
  lines: readonly Numbered[],
  look: Look,
  at: Date,
): Promise<void> {
  const faults = rosterFaults(lines)
  if (faults.length > 0) throw refuse.badRoster(faults.slice(0, FAULTS_SHOWN))
  const { districtId } = of
  await db.transaction().execute(async (one) => {
    const found = await lockDeliberation(one, of)
    if (!found) throw refuse.unknownDeliberation()
    if (found.status === 'closed') throw refuse.wrongStatus('议事会已经结束，应到名单不能再改。')
    const before = await rosterOf(one, secrets, of)
    const known = new Map(before.map(({ id, ...who }) => [keyOf(who), id]))
    const rows = lines.map(({ name, compound, seat }, position) => {
      const id = known.get(keyOf({ name, compound })) ?? randomUUID()
      const sealed = secrets.seal(name.trim(), contextIn('invitees', 'name', districtId, id))
      const rest = { compound: compound?.trim() || null, seat: seat ?? null, position }
      return { district_id: districtId, deliberation_id: of.id, id, name: sealed, ...rest }
    })
    await replace(one, of, rows)
    await tell(one, of, [{ kind: 'desk', about: 'plan' }], at)
    await audit(one, { ...look, before: { people: before.length }, after: { people: rows.length } }, at)
  })
}

const keyOf = ({ name, compound }: { name: string; compound?: string | null }): string =>
  `${sameName(name)} ${sameName(compound ?? '')}`

type Row = { district_id: number; deliberation_id: string; id: string; name: Buffer } & {
  compound: string | null
  seat: number | null
  position: number
}

/** Larger statements are no faster. */
const ROWS_A_STATEMENT = 500

async function replace(db: Kysely<Tables>, { districtId, id }: Of, rows: Row[]): Promise<void> {
  await db.deleteFrom('invitees').where('district_id', '=', districtId).where('deliberation_id', '=', id).execute()
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT)
    await db
      .insertInto('invitees')
      .values(rows.slice(from, from + ROWS_A_STATEMENT))
      .execute()
}
