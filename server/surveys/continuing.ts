import { carrierOf } from '../../shared/surveys/carry.ts'
import { compile } from '../../shared/surveys/compile.ts'
import type { SurveyDefinition } from '../../shared/surveys/definition.ts'
import { completed, type Mapping, mappingRefusals, proposal } from '../../shared/surveys/mapping.ts'
import type { TallyPlan } from '../../shared/surveys/tally-plan.ts'
import { refuse } from '../refusals.ts'
import { compileCondition } from './conditions.ts'
import type { StoredVersion } from './version-queries.ts'

/** How a version is to follow on the one before. */
export interface Wished {
  mapping?: Mapping
  round?: 'same' | 'new'
}

/** How a version follows on the one before, as it is kept with it. */
export interface Following {
  round: number
  mapping: Mapping | null
  countsOn: boolean
}

/**
 * How a new version follows on the last one. A mapping that was given must speak of everything that does not keep its name;
 * without one, what keeps its name or its words goes on and the rest is given up.
 * @throws {Refusal} mappingRefused
 */
export function following(before: StoredVersion | undefined, definition: SurveyDefinition, wished: Wished): Following {
  const { mapping: said, round = 'same' } = wished
  if (!before) {
    if (said || round === 'new') throw refuse.mappingRefused([noneBefore])
    return { round: 1, mapping: null, countsOn: false }
  }
  const refusals = said ? mappingRefusals(before.definition, definition, said) : []
  if (refusals.length > 0) throw refuse.mappingRefused(refusals)
  const mapping = said ? completed(before.definition, definition, said) : proposal(before.definition, definition)
  if (round === 'new') return { round: before.round + 1, mapping, countsOn: false }
  return { round: before.round, mapping, countsOn: whyNotCounted(before, definition, mapping).length === 0 }
}

const noneBefore = {
  at: 'mapping',
  rule: 'first',
  message: '这份问卷还没有发布过，没有可以对应的上一版，也没有上一轮，请先发布第一版',
}

/** Why answers to one version do not count on in the next; empty where they do. */
export function whyNotCounted(
  before: Pick<StoredVersion, 'version' | 'definition'>,
  definition: SurveyDefinition,
  mapping: Mapping,
): string[] {
  const carrying = carrierOf(
    { version: before.version, definition: before.definition, plan: planOf(before.definition) },
    { definition, plan: planOf(definition) },
    mapping,
  )
  return carrying.ok ? [] : carrying.why
}

function planOf(definition: SurveyDefinition): TallyPlan {
  const compiled = compile(definition, compileCondition)
  if (!compiled.ok) throw new Error('a definition that was published does not compile')
  return compiled.survey.plan
}
