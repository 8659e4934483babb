import { setImmediate as turn } from 'node:timers/promises'
import type { Db } from '../db/database.ts'
import { isPlainText } from '../platform/plain-text.ts'
import { contextIn } from '../platform/sealed-columns.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { invitedAndAbsent } from './attendance-queries.ts'
import type { Of } from './queries.ts'

/** So many names are opened before others get their turn. */
const AT_ONCE = 100

export const sealName = (secrets: Secrets, districtId: number, participant: string, name: string): Buffer =>
  secrets.seal(name, contextIn('participants', 'name', districtId, participant))

export const openName = (
  secrets: Secrets,
  table: 'participants' | 'invitees',
  districtId: number,
  { id, name }: { id: string; name: Buffer },
): string => secrets.open(name, contextIn(table, 'name', districtId, id))

/** A line that can be stored; undefined where nothing is written. @throws {Refusal} badRequest */
export function plain(at: string, given: string | undefined): string | undefined {
  const text = given?.trim()
  if (!text) return undefined
  if (!isPlainText(text)) throw refuse.badRequest([{ at, rule: 'text', message: '里面有无法保存的字符，请重新输入。' }])
  return text
}

/** Does something with each, without keeping the process from its other work where there are many. */
export async function eachInTurn<E, R>(all: readonly E[], work: (one: E) => R): Promise<R[]> {
  const made: R[] = []
  for (const [at, one] of all.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await turn()
    made.push(work(one))
  }
  return made
}

/** Spaces and the width of letters do not tell people apart. */
export const sameName = (name: string): string => name.normalize('NFKC').replace(/\s/g, '')

/** Whom on the roster somebody of this name is, where nobody has signed in as them. */
export async function invitedAs(db: Db, secrets: Secrets, of: Of, name: string | undefined): Promise<string | null> {
  if (!name) return null
  const wanted = sameName(name)
  const rows = await invitedAndAbsent(db, of)
  const names = await eachInTurn(rows, (one) => openName(secrets, 'invitees', of.districtId, one))
  return rows[names.findIndex((one) => sameName(one) === wanted)]?.id ?? null
}
