import { createHmac, hash } from 'node:crypto'
import type { Submission } from '../../shared/surveys/api.ts'

/** SHA-256 of everything that was sent to a survey, whatever the order of its keys: two sendings with the same hash are one answer. */
export function contentHash(survey: string, submission: Submission): Buffer {
  const content = sorted({ survey, ...submission, id: submission.id.toLowerCase() })
  return hash('sha256', JSON.stringify(content), 'buffer')
}

/** Tells two devices apart within one survey, and says nothing without the server's key. */
export function deviceHash(key: string, survey: string, device: string): string {
  return createHmac('sha256', key).update(`${survey} ${device}`).digest('base64url')
}

/** The same record with its keys in order, also inside. Without a prototype, so that no key means anything to JavaScript. */
function sorted(record: object): object {
  const copy = Object.create(null)
  for (const name of Object.keys(record).sort()) copy[name] = sortedValue((record as Record<string, unknown>)[name])
  return copy
}

function sortedValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value)) return sorted(value)
  return typeof value[0] === 'object' ? value.map(sortedValue) : value
}
