import { createHash } from 'node:crypto'

/** An entry as it is chained; `before` and `after` are JSON as it was written. */
export interface Chained {
  district: number
  seq: number
  at: Date
  actor: string
  action: string
  subject: string
  before: string | null
  after: string | null
  purpose: string | null
  from: string | null
}

/** What stands before the first entry of a chain. */
export const START = Buffer.alloc(32)

/** SHA-256 over the hash of the entry before and everything that this one says, in one fixed spelling. */
export function hashOf(previous: Buffer, entry: Chained): Buffer {
  const { district, seq, at, actor, action, subject, before, after, purpose, from } = entry
  const words = [previous.toString('hex'), district, seq, at, actor, action, subject]
  return createHash('sha256')
    .update(JSON.stringify([...words, before, after, purpose, from]))
    .digest()
}

/** Text as PostgreSQL can keep it and gives it back: without NUL and without halves of characters. */
export function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', ''), 'utf8').toString('utf8')
}
