import { isDeepStrictEqual } from 'node:util'
import { type Question, SurveyModel } from 'survey-core'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { extraServices, shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile, type Shown } from '../../../shared/surveys/compile.ts'
import type { Json, SurveyDefinition } from '../../../shared/surveys/definition.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import { cityDefinition, kitchenSink } from './definitions.ts'
import { type Random, redraw, scatter, seeded } from './random-answers.ts'

interface Choices {
  visibleChoices?: { value: string | number }[]
  visibleRows?: { name: string | number }[]
  panels?: { questions: Question[] }[]
}

/** What survey-core itself shows, in the words of `Shown`. */
function shownBy(question: Question, name: string): Shown[] {
  if (!question.isVisible) return []
  const { visibleChoices, visibleRows, panels } = question as unknown as Choices
  const type = question.getType()
  const rows = type === 'matrix' ? visibleRows?.map((row) => row.name) : undefined
  const choices = ['rating', 'matrix'].includes(type) ? undefined : visibleChoices?.map(({ value }) => value)
  const offered = rows ?? choices
  const within = (panels ?? []).flatMap((panel, index) =>
    panel.questions.flatMap((inner) => shownBy(inner, `${name}[${index}].${inner.name}`)),
  )
  return [{ name, required: question.isRequired, ...(offered && { offered: [...offered].sort() }) }, ...within]
}

const ANEW = 100

/**
 * Gives the Model its next set of answers: every hundredth is drawn anew, the others differ from the one before in one answer.
 * Handing a Model a whole set takes it several times as long as changing one answer of it.
 */
function next(model: SurveyModel, definition: SurveyDefinition, round: number, random: Random): void {
  if (round % ANEW === 0) {
    model.data = scatter(definition, random, random())
    return
  }
  const { name, value, words } = redraw(definition, random)
  model.setValue(name, value ?? null)
  if (model.getComment(name) !== words) model.setComment(name, words)
}

/** What the Model shows, and the answers that it holds. */
function modelShows(model: SurveyModel): { shown: Shown[]; settled: Json } {
  const questions = model.getAllQuestions(false, false, false)
  const reachable = questions.filter((question) => question.isVisible && question.isParentVisible)
  return { shown: reachable.flatMap((question) => shownBy(question, question.name)), settled: model.data as Json }
}

function compiledOf(definition: SurveyDefinition) {
  const compiled = compile(definition, compileCondition)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals, null, 2))
  return compiled.survey
}

const SETS = 5_000
const definitions: [string, SurveyDefinition][] = [
  ['the shipped questionnaire', questionnaire(shippedCatalogue(extraServices).services)],
  ['a definition with everything', kitchenSink],
  ["a city's budget survey", cityDefinition()],
]

describe.each(definitions)('%s', (_name, definition) => {
  test(`over ${SETS} random answer sets, shows and requires what SurveyJS does and refuses answers to what it hides`, {
    timeout: 600_000,
  }, () => {
    const survey = compiledOf(definition)
    const random = seeded(20_261)
    const model = new SurveyModel(definition)
    // With a listener it looks at every condition after every change: by itself it misses that {likes.length} hangs on likes.
    model.onExpressionRunning.add(() => undefined)
    let refusals = 0
    for (let round = 0; round < SETS; round++) {
      next(model, definition, round, random)
      const { shown, settled } = modelShows(model)
      const hidden = hiddenAnswers(shown, settled)
      const ours = { shown: survey.shown(settled).map(sorted), hidden: refusedAsHidden(survey, settled) }
      // Told apart only where they differ: that takes longer than looking.
      if (!isDeepStrictEqual(ours, { shown, hidden })) expect(ours, JSON.stringify(settled)).toEqual({ shown, hidden })
      refusals += hidden.length
    }
    expect(refusals).toBeGreaterThan(SETS / 10)
  })
})

function sorted({ offered, ...rest }: Shown): Shown {
  return { ...rest, ...(offered && { offered: offered.toSorted() }) }
}

function hiddenAnswers(shown: Shown[], answers: Json): string[] {
  const seen = new Set(shown.map(({ name }) => name))
  const names = Object.keys(answers).filter((name) => !name.endsWith('-Comment'))
  return names.filter((name) => !seen.has(name)).sort()
}

function refusedAsHidden(survey: ReturnType<typeof compiledOf>, answers: Json): string[] {
  const hidden = survey.admit(answers).filter(({ rule, at }) => rule === 'hidden' && !at.includes('['))
  return [...new Set(hidden.map(({ at }) => at))].sort()
}
