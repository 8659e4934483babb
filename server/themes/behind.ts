import type { Db } from '../db/database.ts'
import { roundsOf } from '../surveys/round-queries.ts'
import { tallyVersions } from '../surveys/tally-queries.ts'
import { dictionaryOf } from './queries.ts'
import { hasOld, markOf, type SurveyOf } from './renew-queries.ts'

/** How often the tallies of a survey have changed: moves with every answer that comes or goes. */
export async function changesOf(db: Db, { districtId, survey }: SurveyOf): Promise<number> {
  let changes = 0
  for (const { version } of await roundsOf(db, districtId, survey))
    for (const one of (await tallyVersions(db, districtId, survey, version)).values()) changes += one
  return changes
}

/** Whether answers came, or the dictionary changed, since the open answers were read last. */
export async function isBehind(db: Db, of: SurveyOf): Promise<boolean> {
  const mark = await markOf(db, of)
  if ((mark?.counted ?? 0) !== (await changesOf(db, of))) return true
  return await hasOld(db, of, (await dictionaryOf(db, of.districtId)).revision)
}
