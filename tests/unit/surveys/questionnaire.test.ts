import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { extraServices, shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'

const services = shippedCatalogue(extraServices).services
const compiled = compile(questionnaire(services), compileCondition)
if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
const { survey } = compiled

describe('the shipped questionnaire', () => {
  test('is short: about fifteen questions, and fewer for somebody with few needs', () => {
    const questions = survey.questions.filter(({ type }) => type !== 'html')
    expect(questions.length).toBeGreaterThanOrEqual(14)
    expect(questions.length).toBeLessThanOrEqual(17)
    const shown = survey.shown({ needs: ['none'] }).filter(({ name }) => name !== 'notice')
    expect(shown.map(({ name }) => name)).toEqual(
      'answering residence age sex children elders needs circumstances_consent suggestion'.split(' '),
    )
  })

  test('asks for every service of the district, in the order given', () => {
    expect(survey.plan.services).toEqual(services.map(({ code }) => code))
    expect(survey.plan.met.map(({ service }) => service)).toEqual(survey.plan.services)
  })

  test('asks how far a need is met, and what comes first, only of the services ticked', () => {
    const shown = survey.shown({ needs: ['health', 'fitness'] })
    for (const name of ['met', 'top'])
      expect(shown.find((one) => one.name === name)?.offered).toEqual(['health', 'fitness'])
  })

  test('asks the follow-ups of a service only of whoever needs it', () => {
    const names = (needs: string[]) => survey.shown({ needs }).map(({ name }) => name)
    expect(names(['community_meals'])).toEqual(expect.arrayContaining(['meal_times', 'meal_price']))
    expect(names(['community_meals'])).not.toContain('elder_care_users')
    expect(names(['after_school'])).toContain('after_school_times')
  })

  test('asks about circumstances only after a yes of its own, and never requires it', () => {
    const at = (answers: object) => survey.shown({ ...answers }).find(({ name }) => name === 'circumstances')
    expect(at({})).toBeUndefined()
    expect(at({ circumstances_consent: 'no' })).toBeUndefined()
    expect(at({ circumstances_consent: 'yes' })?.required).toBe(false)
    expect(survey.shown({}).find(({ name }) => name === 'circumstances_consent')?.required).toBe(false)
    expect(survey.plan.groups).toEqual(['living_alone', 'low_income', 'disability'])
  })

  test('offers nobody under 14 an age band, and everybody a way not to say', () => {
    const choices = (name: string) =>
      survey.questions.find((one) => one.name === name)?.choices.map(({ value }) => value)
    expect(choices('age')).toEqual(['14-17', '18-34', '35-59', '60-79', '80+', 'unstated'])
    expect(choices('sex')).toContain('unstated')
  })

  test('is written in Chinese throughout', () => {
    for (const { title, choices, rows } of survey.questions.filter(({ type }) => type !== 'html')) {
      expect(title).toMatch(/\p{Script=Han}/u)
      for (const { text } of [...choices, ...rows]) expect(text).toMatch(/\p{Script=Han}/u)
    }
  })
})
