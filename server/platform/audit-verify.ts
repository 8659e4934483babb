import type { Db } from '../db/database.ts'
import { type AuditEntry, entriesAfter } from './audit.ts'
import { hashOf, START } from './audit-chain.ts'
import type { NotedHead } from './audit-heads.ts'

/** One place where the record is not what it was. */
export type Break =
  /** What the entry says is not what was hashed. */
  | { kind: 'changed'; entry: AuditEntry }
  /** It does not hang on the one before it: something was put in, taken out or hashed anew there. */
  | { kind: 'unlinked'; entry: AuditEntry }
  /** Numbers from `seq` to `until` are not there, although later ones are. */
  | { kind: 'missing'; seq: number; until: number }
  /** The entry is another one than was noted outside the database, although the chain may be whole. */
  | { kind: 'rewritten'; entry: AuditEntry; head: NotedHead }
  /** The entry that was noted outside the database is not there. */
  | { kind: 'cut'; head: NotedHead }

export interface Verdict {
  entries: number
  breaks: Break[]
  /** When the first entry was made. */
  since?: Date
}

const PAGE = 5_000

/** Reads the whole chain of a district and compares it with itself and with the heads noted outside. */
export async function verifyChain(db: Db, districtId: number, heads: readonly NotedHead[]): Promise<Verdict> {
  const verdict: Verdict = { entries: 0, breaks: [] }
  const noted = new Map<number, NotedHead[]>()
  for (const head of heads) noted.set(head.seq, [...(noted.get(head.seq) ?? []), head])
  let last = { seq: 0, hash: START as Buffer }
  for (let page = await entriesAfter(db, districtId, 0, PAGE); page.length > 0; ) {
    for (const entry of page) {
      verdict.breaks.push(...breaksAt(entry, last, noted.get(entry.seq) ?? []))
      noted.delete(entry.seq)
      last = entry
    }
    verdict.since ??= page[0]?.at
    verdict.entries += page.length
    page = await entriesAfter(db, districtId, last.seq, PAGE)
  }
  verdict.breaks.push(...[...noted.values()].flat().map((head) => ({ kind: 'cut' as const, head })))
  return verdict
}

function breaksAt(entry: AuditEntry, last: { seq: number; hash: Buffer }, noted: NotedHead[]): Break[] {
  const breaks: Break[] = []
  const gap = entry.seq !== last.seq + 1
  if (gap) breaks.push({ kind: 'missing', seq: last.seq + 1, until: entry.seq - 1 })
  // Judged by its own word for the entry before, so that one change is told once and not for all that follow.
  if (!hashOf(entry.previous, entry).equals(entry.hash)) breaks.push({ kind: 'changed', entry })
  if (!gap && !entry.previous.equals(last.hash)) breaks.push({ kind: 'unlinked', entry })
  const rewritten = noted.filter(({ hash }) => !hash.equals(entry.hash))
  return [...breaks, ...rewritten.map((head) => ({ kind: 'rewritten' as const, entry, head }))]
}
