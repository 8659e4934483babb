import { isDeepStrictEqual } from 'node:util'
import type { Submission } from '../../shared/surveys/api.ts'

/** What a person sent, apart from the id and the device: two sendings with the same content are one answer. */
export interface Content {
  survey: string
  version: number
  community: string
  channel: Submission['channel']
  proxy: boolean
  /** Moments in UTC, as JavaScript writes them. */
  startedAt: string
  submittedAt: string
  consentVersion: string
  /** JSON. */
  answers: string
  slip: string | null
}

/** @throws {RangeError} for times that are none, and for answers nested too deep to be written */
export function contentOf(survey: string, submission: Submission): Content {
  const { version, community, channel, proxy, startedAt, submittedAt, consentVersion, answers, slip } = submission
  return {
    survey,
    version,
    community,
    channel,
    proxy,
    startedAt: new Date(startedAt).toISOString(),
    submittedAt: new Date(submittedAt).toISOString(),
    consentVersion,
    answers: JSON.stringify(answers),
    slip: slip ?? null,
  }
}

const plain = [
  'survey',
  'version',
  'community',
  'channel',
  'proxy',
  'startedAt',
  'submittedAt',
  'consentVersion',
  'slip',
] as const

/** Whatever the order of the keys in the answers. */
export function sameContent(one: Content, other: Content): boolean {
  if (plain.some((field) => one[field] !== other[field])) return false
  return one.answers === other.answers || isDeepStrictEqual(JSON.parse(one.answers), JSON.parse(other.answers))
}
