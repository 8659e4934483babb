import { createHash, createHmac } from 'node:crypto'
import type { Submission } from '../../shared/surveys/api.ts'

/** SHA-256 of everything that was sent to a survey, whatever the order of its keys: two sendings with the same hash are one answer. */
export function contentHash(survey: string, submission: Submission): Buffer {
  const text = canonical({ survey, ...submission, id: submission.id.toLowerCase() })
  return createHash('sha256').update(text).digest()
}

/** Tells two devices apart within one survey, and says nothing without the server's key. */
export function deviceHash(key: string, survey: string, device: string): string {
  return createHmac('sha256', key).update(`${survey} ${device}`).digest('base64url')
}

/** JSON with sorted keys. Only for values that were admitted, which are never deep. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const record = value as Record<string, unknown>
  const fields = Object.keys(record).sort()
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(record[name])}`).join(',')}}`
}
