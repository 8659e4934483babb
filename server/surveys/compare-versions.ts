import type { Kysely } from 'kysely'
import { compareVersions } from '../../shared/surveys/compare.ts'
import { compile } from '../../shared/surveys/compile.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { facesOf } from '../../shared/surveys/faces.ts'
import { composed, type Mapping, nextOf, proposal, saidOf, valuesOf } from '../../shared/surveys/mapping.ts'
import type { DraftCompared, VersionsCompared } from '../../shared/surveys/versions-api.ts'
import type { Tables } from '../db/tables.ts'
import { refuse } from '../refusals.ts'
import { compileCondition } from './conditions.ts'
import { whyNotCounted } from './continuing.ts'
import { draftOf } from './draft-queries.ts'
import { publishedSurvey } from './published.ts'

/** Where nobody said how questions continue, they are compared by the names and words that stayed. @throws {Refusal} unknownSurvey, unknownVersion, versionsInOrder */
export async function versionsCompared(
  db: Kysely<Tables>,
  districtId: number,
  survey: string,
  asked: { from?: number; to?: number },
): Promise<VersionsCompared> {
  const now = await publishedSurvey(db, districtId, survey, asked.to)
  const to = now.version
  const { from = Math.max(1, to - 1) } = asked
  if (from > to) throw refuse.versionsInOrder()
  const before = await publishedSurvey(db, districtId, survey, from)
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
  const counts = from === to || now.carried.some(({ version }) => version === from)
  const questions = compareVersions(before.definition, now.definition, mapping)
  return { from, to, mapping: said ? saidOf(said) : null, questions, why: counts ? [] : why }
}

/**
 * The draft of a survey beside its current version, as questions would continue if nobody said anything.
 * @throws {Refusal} unknownDraft, unknownSurvey, surveyNotPublishable
 */
export async function draftCompared(db: Kysely<Tables>, districtId: number, survey: string): Promise<DraftCompared> {
  const draft = await draftOf(db, districtId, survey)
  if (!draft) throw refuse.unknownDraft()
  const { definition: before, version } = await publishedSurvey(db, districtId, survey)
  const compiled = compile(draft.definition, compileCondition)
  if (!compiled.ok) throw refuse.surveyNotPublishable(compiled.refusals)
  const now = draft.definition as SurveyDefinition
  const mapping = proposal(before, now)
  return {
    from: version,
    revision: draft.revision,
    mapping: saidOf(mapping),
    questions: compareVersions(before, now, mapping),
    choices: choicesWithout(before, now, mapping),
    why: whyNotCounted({ version, definition: before }, now, mapping),
  }
}

function choicesWithout(before: SurveyDefinition, now: SurveyDefinition, mapping: Mapping): DraftCompared['choices'] {
  const next = new Map(facesOf(now).map((face) => [face.name, face]))
  return facesOf(before).flatMap(({ name, options }) => {
    const to = next.get(nextOf(mapping.questions, name) ?? '')
    const nexts = valuesOf(mapping.choices, name)
    const kept = new Set(Object.values(nexts ?? {}))
    const lost = options.filter(({ value }) => nextOf(nexts, value) === null)
    const fresh = (to?.options ?? []).filter(({ value }) => !kept.has(value))
    const plain = (list: { value: string; text: string }[]) => list.map(({ value, text }) => ({ value, text }))
    return to && lost.length > 0 ? [{ question: name, lost: plain(lost), fresh: plain(fresh) }] : []
  })
}
