import { SurveyModel } from 'survey-core'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json, SurveyDefinition } from '../../../shared/surveys/definition.ts'
import { handOver, toBeFilled } from '../../../shared/surveys/handover.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import { cityDefinition } from './definitions.ts'
import { type Random, respond, scatter, seeded } from './random-answers.ts'

interface Rows {
  visibleRows?: { name: string | number }[]
  columns?: { value: unknown }[]
}

/** Types answers into questions that are shown, as a person would. */
function type(model: SurveyModel, answers: Json, onlyEmpty: boolean) {
  for (const [key, value] of Object.entries(answers)) {
    const name = key.replace(/-Comment$/, '')
    const question = model.getQuestionByName(name)
    if (!question.isVisible || !question.isParentVisible) continue
    if (key !== name) model.setComment(name, String(value))
    else if (!onlyEmpty || question.isEmpty()) model.setValue(name, value)
  }
}

/** Fills what is left in the matrices' shown rows with their first choice, which is 0 in the shipped questionnaire. */
function fillRows(model: SurveyModel) {
  for (const question of model.getAllQuestions().filter((each) => each.getType() === 'matrix' && each.isVisible)) {
    const { visibleRows = [], columns = [] } = question as unknown as Rows
    const first = Object.fromEntries(visibleRows.map(({ name }) => [name, columns[0]?.value]))
    question.value = { ...first, ...question.value }
  }
}

function shownRows(model: SurveyModel): Record<string, string[]> {
  const matrices = model.getAllQuestions().filter((question) => question.getType() === 'matrix')
  return Object.fromEntries(
    matrices.map((one) => [one.name, ((one as unknown as Rows).visibleRows ?? []).map(({ name }) => String(name))]),
  )
}

function changeOfMind(model: SurveyModel, definition: SurveyDefinition, answer: () => Json, random: Random) {
  type(model, answer(), false)
  type(model, scatter(definition, random, 0.2), false)
  for (let again = 0; again < 3; again++) type(model, answer(), true)
  fillRows(model)
}

describe.each<[string, SurveyDefinition]>([
  ['the shipped questionnaire', questionnaire(shippedCatalogue().services)],
  ["a city's budget survey", cityDefinition()],
])('%s', (_name, definition) => {
  test('whatever SurveyJS lets a person submit after changes of mind is admitted', { timeout: 300_000 }, () => {
    const compiled = compile(definition, compileCondition)
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
    const { survey } = compiled
    const random = seeded(99)
    let submitted = 0
    for (let person = 0; person < 60; person++) {
      const model = new SurveyModel(toBeFilled(definition))
      changeOfMind(model, definition, () => respond(survey, definition, random, 0), random)
      if (!model.validate(true) || !model.tryComplete()) continue
      submitted++
      const answers = JSON.parse(JSON.stringify(handOver(model.data, shownRows(model))))
      expect(survey.admit(answers), JSON.stringify(answers)).toEqual([])
    }
    expect(submitted).toBeGreaterThan(30)
  })
})

test('rows that are no longer shown stay behind, shown zeros do not', () => {
  const answers = { met: { health: 0, culture: 0, fitness: 75 }, age: '80+' }
  expect(handOver(answers, { met: ['health', 'fitness'] })).toEqual({ met: { health: 0, fitness: 75 }, age: '80+' })
  expect(handOver(answers, { met: [] })).toEqual({ age: '80+' })
})
