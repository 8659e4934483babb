import type { AuditLine } from '../../shared/people/audit-api.ts'
import type { AuditEntry } from '../platform/audit.ts'

/** An entry of the record as it is shown. */
export function lineOf({ seq, at, actor, action, subject, before, after, purpose, from }: AuditEntry): AuditLine {
  const state = (text: string | null) => (text === null ? null : JSON.parse(text))
  const states = { before: state(before), after: state(after) }
  return { seq, at: at.toISOString(), actor, action, subject, ...states, purpose, from }
}
