import { type Question, SurveyModel } from 'survey-core'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { extraServices, shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile, type Shown } from '../../../shared/surveys/compile.ts'
import type { Json, SurveyDefinition } from '../../../shared/surveys/definition.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import { cityDefinition, kitchenSink } from './definitions.ts'
import { scatter, seeded } from './random-answers.ts'

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

/** Hands answers to a Model (one for all sets, since making one costs tens of milliseconds) and reads what it shows. */
function modelShows(model: SurveyModel, answers: Json): { shown: Shown[]; settled: Json } {
  model.data = answers
  const questions = model.getAllQuestions(false, false, false)
  const reachable = questions.filter((question) => question.isVisible && question.isParentVisible)
  return { shown: reachable.flatMap((question) => shownBy(question, question.name)), settled: model.data as Json }
}

function compiledOf(definition: SurveyDefinition) {
  const compiled = compile(definition, compileCondition)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals, null, 2))
  return compiled.survey
}

/** 5,000 answer sets in all; the definition with everything costs SurveyJS the most. */
const definitions: [string, SurveyDefinition, number][] = [
  ['the shipped questionnaire', questionnaire(shippedCatalogue(extraServices).services), 1_600],
  ['a definition with everything', kitchenSink, 1_000],
  ["a city's budget survey", cityDefinition(), 2_400],
]

describe.each(definitions)('%s', (_name, definition, sets) => {
  test(`over ${sets} random answer sets, shows and requires what SurveyJS does and refuses answers to what it hides`, {
    timeout: 600_000,
  }, () => {
    const survey = compiledOf(definition)
    const random = seeded(20_261)
    const model = new SurveyModel(definition)
    let refusals = 0
    for (let round = 0; round < sets; round++) {
      const { shown, settled } = modelShows(model, scatter(definition, random, random()))
      expect(survey.shown(settled).map(sorted), JSON.stringify(settled)).toEqual(shown)
      const hidden = hiddenAnswers(shown, settled)
      expect(refusedAsHidden(survey, settled), JSON.stringify(settled)).toEqual(hidden)
      refusals += hidden.length
    }
    expect(refusals).toBeGreaterThan(sets / 10)
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
