import type { KeyboardEvent } from 'react'
import type { Kind } from '../../shared/deliberations/kinds.ts'
import type { Statement } from '../../shared/deliberations/statements-api.ts'
import type { Asking } from './desk-statement.tsx'
import type { Moderation } from './use-moderation.ts'

export interface StatementWork {
  moderation: Moderation
  finish(doing: Promise<boolean>, leaves: boolean): Promise<void>
  /** Whether a statement that becomes this leaves the list that is shown. */
  leavesBy(after: Partial<Statement>): boolean
  ask(asking: Asking | undefined): void
  statements: readonly Statement[]
  services: readonly { code: string; zh: string }[]
  kind: Kind
}

export const isOnWall = ({ state }: Statement): boolean => state === 'shown' || state === 'discussed'

export function approve(statement: Statement, { moderation, finish, leavesBy }: StatementWork): void {
  void finish(moderation.set(statement, 'shown'), leavesBy({ state: 'shown' }))
}

export function code(
  statement: Statement,
  service: string | null,
  { moderation, finish, leavesBy }: StatementWork,
): void {
  void finish(moderation.code(statement, service), leavesBy({ service }))
}

/** Takes it out of what it was merged into, or out of it what was merged into it last. */
export function split(statement: Statement, { moderation, finish, leavesBy, statements }: StatementWork): void {
  const inside = statements.filter(({ mergedInto }) => mergedInto === statement.id).at(-1)
  if (statement.mergedInto) void finish(moderation.merge(statement, null), leavesBy({ state: 'shown' }))
  else if (inside) void finish(moderation.merge(inside, null), false)
}

/** One key each, while a statement and nothing inside it has the focus. */
export function keyWork(
  event: KeyboardEvent,
  statement: Statement,
  work: StatementWork,
  move: (by: number) => void,
): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const does = keys(statement, work, move)[key] ?? serviceKey(key, statement, work)
  if (!does) return
  event.preventDefault()
  does()
}

function keys(
  statement: Statement,
  work: StatementWork,
  move: (by: number) => void,
): Record<string, (() => void) | undefined> {
  const { id, suggested, service, state } = statement
  const waits = state === 'received' || state === 'rejected'
  const ask = (what: Asking['what']) => () => work.ask({ id, what })
  return {
    ...{ j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1) },
    a: waits ? () => approve(statement, work) : undefined,
    r: waits || state === 'shown' ? ask('reject') : undefined,
    m: state === 'received' || state === 'shown' ? ask('merge') : undefined,
    e: isOnWall(statement) ? ask('result') : undefined,
    s: () => split(statement, work),
    Enter: suggested && !service ? () => code(statement, suggested, work) : undefined,
  }
}

function serviceKey(key: string, statement: Statement, work: StatementWork): (() => void) | undefined {
  if (!/^[0-9]$/.test(key)) return undefined
  const service = key === '0' ? null : work.services[Number(key) - 1]?.code
  return service === undefined ? undefined : () => code(statement, service, work)
}
