import type { Kysely } from 'kysely'
import type { District } from '../../shared/places/api.ts'
import { ownNotice } from '../../shared/surveys/notice.ts'
import type { Tables } from '../db/tables.ts'
import type { Look } from '../platform/audit.ts'
import { refuse } from '../refusals.ts'
import { publish } from './publish.ts'
import { latestSurvey } from './queries.ts'
import { retentionOf } from './retention-queries.ts'
import { storedVersion } from './version-queries.ts'

/**
 * Publishes the current version as it is, as the first of a new round. `seen` is the version that was looked at.
 * @returns the new version
 * @throws {Refusal} unknownSurvey, versionMoved, surveyNotPublishable
 */
export async function beginRound(
  db: Kysely<Tables>,
  district: District,
  survey: string,
  seen: number,
  look: Look,
  at: Date,
): Promise<number> {
  const head = await latestSurvey(db, district.id, survey)
  if (!head) throw refuse.unknownSurvey()
  const { definition } = (await storedVersion(db, district.id, survey, head.version))!
  // Only a notice of its own may say another time than the shipped one.
  const { days } = await retentionOf(db, district.id, survey, head.version)
  const draft = { title: head.title, definition, ...(ownNotice(definition) && { retentionDays: days }) }
  return await publish(db, district, survey, { ...draft, round: 'new' }, look, at, async (_tx, before) => {
    if (before !== seen || head.version !== seen) throw refuse.versionMoved()
  })
}
