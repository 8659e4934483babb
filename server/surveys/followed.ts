import { facesOf } from '../../shared/surveys/faces.ts'
import { nextOf } from '../../shared/surveys/mapping.ts'
import type { Db } from '../db/database.ts'
import { whyNotCounted } from './continuing.ts'
import { storedVersion } from './version-queries.ts'

/** How a version that was published follows on the one before. */
export interface Followed {
  round: number
  countsOn?: boolean
  why?: string[]
  givenUp?: { name: string; title: string }[]
}

export async function followed(db: Db, districtId: number, survey: string, version: number): Promise<Followed> {
  const stored = await storedVersion(db, districtId, survey, version)
  const before = await storedVersion(db, districtId, survey, version - 1)
  const { round = 1, mapping, countsOn = false, definition } = stored ?? {}
  if (!definition || !before || !mapping) return { round }
  const givenUp = facesOf(before.definition)
    .filter(({ name }) => nextOf(mapping.questions, name) === null)
    .map(({ name, title }) => ({ name, title }))
  const why = round === before.round ? whyNotCounted(before, definition, mapping) : []
  return { round, countsOn, givenUp, ...(why.length > 0 && { why }) }
}
