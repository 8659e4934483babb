import type { Kysely } from 'kysely'
import { compareVersions } from '../../shared/surveys/compare.ts'
import { composed, type Mapping, proposal, saidOf } from '../../shared/surveys/mapping.ts'
import type { VersionsCompared } from '../../shared/surveys/versions-api.ts'
import type { Tables } from '../db/tables.ts'
import { refuse } from '../refusals.ts'
import { whyNotCounted } from './continuing.ts'
import { publishedSurvey } from './published.ts'

/** Where nobody said how questions continue, they are compared by the names and words that stayed. @throws {Refusal} unknownSurvey, unknownVersion, versionsInOrder */
export async function versionsCompared(
  db: Kysely<Tables>,
  districtId: number,
  survey: string,
  { from, to }: { from: number; to: number },
): Promise<VersionsCompared> {
  if (from >= to) throw refuse.versionsInOrder()
  const before = await publishedSurvey(db, districtId, survey, from)
  const now = await publishedSurvey(db, districtId, survey, to)
  let said: Mapping | null | undefined
  for (let version = from + 1; version <= to && said !== null; version += 1) {
    const { mapping } = version === to ? now : await publishedSurvey(db, districtId, survey, version)
    said = said && mapping ? composed(said, mapping) : mapping
  }
  const mapping = said ?? proposal(before.definition, now.definition)
  const why = [
    ...(before.round === now.round ? [] : ['两版不在同一轮，各轮的答卷分开统计']),
    ...(said ? [] : ['发布时没有写明题目的对应关系']),
    ...whyNotCounted({ version: from, definition: before.definition }, now.definition, mapping),
  ]
  const counts = now.carried.some(({ version }) => version === from)
  const questions = compareVersions(before.definition, now.definition, mapping)
  return { from, to, mapping: said ? saidOf(said) : null, questions, why: counts ? [] : why }
}
