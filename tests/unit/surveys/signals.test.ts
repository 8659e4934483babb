import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { extraServices, shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json, SurveyDefinition } from '../../../shared/surveys/definition.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import { signals } from '../../../shared/surveys/signals.ts'
import {
  addHits,
  answeredIndex,
  BASE,
  cellLevels,
  cellOf,
  choiceIndex,
  eachPair,
  groupIndex,
  indicatorIndex,
  pairIndex,
  type TallyPlan,
} from '../../../shared/surveys/tally-plan.ts'
import { respond, seeded } from './random-answers.ts'

function compiledOf(definition: SurveyDefinition) {
  const compiled = compile(definition, compileCondition)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
  return compiled.survey
}

const services = ['care', 'meals']
const small: SurveyDefinition = {
  title: '小',
  pages: [
    {
      elements: [
        {
          type: 'dropdown',
          name: 'band',
          title: { default: 'How old are you?', 'zh-cn': '您多大年纪？' },
          choices: [{ value: 'young', text: '年轻' }, 'old', { value: 'secret', text: { 'zh-cn': '不说' } }],
          demand: { role: 'stratum', variable: 'age', outside: ['secret'] },
        },
        {
          type: 'checkbox',
          name: 'kids',
          choices: [{ value: 'tiny', text: '有婴儿' }, 'pupil'],
          showNoneItem: true,
          demand: { role: 'stratum' },
        },
        { type: 'checkbox', name: 'want', choices: services, showNoneItem: true, demand: { role: 'need' } },
        { type: 'radiogroup', name: 'care_met', choices: ['0', '50', '75'], demand: { role: 'met', service: 'care' } },
        { type: 'radiogroup', name: 'meals_met', choices: [0, 50, 51], demand: { role: 'met', service: 'meals' } },
        { type: 'checkbox', name: 'first', choices: services, demand: { role: 'top' } },
        { type: 'checkbox', name: 'hard', choices: ['alone'], showNoneItem: true, demand: { role: 'group' } },
      ],
    },
  ],
}

/** Every position at which a response counts, pairs of indicators among them. */
function everyHit(plan: TallyPlan, answers: Json): number[] {
  const { hits } = signals(plan, answers)
  const pairs: number[] = []
  eachPair(plan.indicators, hits, (at) => pairs.push(at))
  return [...hits, ...pairs]
}

describe('a small questionnaire, counted by hand', () => {
  const { plan } = compiledOf(small)
  const counts = (answers: Json) => {
    const made = Array<number>(plan.length).fill(0)
    addHits(made, everyHit(plan, answers))
    return made
  }

  test('has two services, one group, seven indicators and eight cells', () => {
    expect(plan.services).toEqual(['care', 'meals'])
    expect(plan.groups).toEqual(['alone'])
    expect(plan.indicators).toBe(7)
    expect(plan.cells).toBe(8)
    expect(plan.outside).toEqual(['age:secret', 'age:missing', 'kids:missing'])
    expect(plan.variables).toEqual([
      { name: 'age', levels: ['young', 'old'] },
      { name: 'tiny', levels: ['yes', 'no'] },
      { name: 'pupil', levels: ['yes', 'no'] },
    ])
    // 1 base, 7 indicators, 21 pairs; 3 bands, 3 kids, none of want, 3 + 3 of met, none of hard; 7 questions.
    expect(plan.length).toBe(1 + 7 + 21 + (3 + 3 + 1 + 3 + 3 + 0 + 1) + 7)
  })

  test('knows the weighting variables by the words of their questions and choices', () => {
    expect(plan.titles).toEqual({
      age: { title: '您多大年纪？', levels: { young: '年轻', old: 'old', secret: '不说' } },
      tiny: { title: '有婴儿', levels: { yes: '选了“有婴儿”', no: '没选“有婴儿”' } },
      pupil: { title: 'pupil', levels: { yes: '选了“pupil”', no: '没选“pupil”' } },
      kids: { title: 'kids', levels: { tiny: '有婴儿', pupil: 'pupil', none: '以上都不是' } },
    })
  })

  test('a need met by half is unmet, one met by more is not', () => {
    const made = counts({
      band: 'old',
      kids: ['pupil'],
      want: services,
      care_met: '50',
      meals_met: 51,
      first: ['meals'],
      hard: ['alone'],
    })
    expect(made[BASE]).toBe(1)
    expect(made[indicatorIndex(plan, 'need', 'care')]).toBe(1)
    expect(made[indicatorIndex(plan, 'unmet', 'care')]).toBe(1)
    expect(made[indicatorIndex(plan, 'unmet', 'meals')]).toBe(0)
    expect(made[indicatorIndex(plan, 'top', 'care')]).toBe(0)
    expect(made[indicatorIndex(plan, 'top', 'meals')]).toBe(1)
    expect(made[groupIndex(plan, 'alone')]).toBe(1)
    expect(made[pairIndex(plan, indicatorIndex(plan, 'unmet', 'care'), indicatorIndex(plan, 'need', 'care'))]).toBe(1)
    expect(made[pairIndex(plan, indicatorIndex(plan, 'need', 'care'), indicatorIndex(plan, 'unmet', 'meals'))]).toBe(0)
    expect(made[pairIndex(plan, groupIndex(plan, 'alone'), indicatorIndex(plan, 'top', 'meals'))]).toBe(1)
    expect(made[choiceIndex(plan, 'band', 'old')]).toBe(1)
    expect(made[choiceIndex(plan, 'meals_met', '51')]).toBe(1)
    expect(made[answeredIndex(plan, 'kids')]).toBe(1)
    // 2 needs + 1 unmet + 1 top + 1 group = 5 indicators, hence 10 pairs; 4 choices (old, pupil, 50, 51); 7 questions.
    expect(made.reduce((sum, n) => sum + n, 0)).toBe(1 + 5 + 10 + 4 + 7)
  })

  test('a service that is not needed is never unmet', () => {
    const made = counts({ want: ['meals'], care_met: '0', meals_met: 0 })
    expect(made[indicatorIndex(plan, 'unmet', 'care')]).toBe(0)
    expect(made[indicatorIndex(plan, 'unmet', 'meals')]).toBe(1)
  })

  test('都不需要 counts in the base and hits no service', () => {
    const made = counts({ want: ['none'] })
    expect(made[BASE]).toBe(1)
    expect(made[choiceIndex(plan, 'want', 'none')]).toBe(1)
    expect(made.slice(1, 8)).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  test.each<[Json, number]>([
    [{ band: 'young', kids: ['tiny', 'pupil'] }, 0],
    [{ band: 'young', kids: ['tiny'] }, 1],
    [{ band: 'young', kids: ['none'] }, 3],
    [{ band: 'old', kids: ['none'] }, 7],
    [{ band: 'secret', kids: ['none'] }, -1],
    [{ kids: ['none'] }, -2],
    [{ band: 'old' }, -3],
  ])('%j falls in cell %i', (answers, cell) => {
    expect(signals(plan, answers).cell).toBe(cell)
  })

  test('a cell names its levels and levels name their cell', () => {
    expect(cellLevels(plan, 6)).toEqual({ age: 'old', tiny: 'no', pupil: 'yes' })
    for (let cell = 0; cell < plan.cells; cell++) expect(cellOf(plan, cellLevels(plan, cell))).toBe(cell)
    expect(cellLevels(plan, -1)).toEqual({})
  })

  test('what is not counted has no place', () => {
    expect(() => indicatorIndex(plan, 'need', 'moon')).toThrow(RangeError)
    expect(() => groupIndex(plan, 'none')).toThrow(RangeError)
    expect(() => choiceIndex(plan, 'band', 'moon')).toThrow(RangeError)
    expect(() => pairIndex(plan, 1, 1)).toThrow(RangeError)
    expect(() => pairIndex(plan, BASE, 1)).toThrow(RangeError)
  })
})

test('every place in the counts belongs to exactly one figure', () => {
  const { plan } = compiledOf(questionnaire(shippedCatalogue(extraServices).services))
  const places = [BASE]
  for (const service of plan.services)
    for (const kind of ['need', 'unmet', 'top'] as const) places.push(indicatorIndex(plan, kind, service))
  for (const group of plan.groups) places.push(groupIndex(plan, group))
  for (let i = 1; i <= plan.indicators; i++)
    for (let j = i + 1; j <= plan.indicators; j++) places.push(pairIndex(plan, i, j))
  for (const { question, value, row } of plan.choices) places.push(choiceIndex(plan, question, value, row))
  for (const question of plan.answered) places.push(answeredIndex(plan, question))
  expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length: plan.length }, (_, index) => index))
})

describe('the shipped questionnaire', () => {
  const definition = questionnaire(shippedCatalogue().services)
  const survey = compiledOf(definition)
  const { plan } = survey
  const random = seeded(5)
  const responses = Array.from({ length: 1_500 }, () => respond(survey, definition, random))

  test('is weighted by age × sex and three child flags, 64 cells, elsewhere and unstated outside', () => {
    expect(plan.cells).toBe(4 * 2 * 2 * 2 * 2)
    expect(plan.weighting).toEqual({
      scope: 'community',
      cap: 5,
      margins: [['age', 'sex'], ['parent_0_3'], ['parent_4_6'], ['parent_7_12']],
    })
    expect(plan.outside).toEqual(
      expect.arrayContaining(['residence:elsewhere', 'age:14-17', 'age:unstated', 'sex:unstated']),
    )
  })

  test('tallies equal a recount of the raw answers, indicator by indicator and pair by pair', () => {
    const counts = Array<number>(plan.length).fill(0)
    for (const answers of responses) {
      const hits = everyHit(plan, answers)
      expect(new Set(hits).size).toBe(hits.length)
      addHits(counts, hits)
    }
    const list = (answers: Json, name: string) => (answers[name] ?? []) as string[]
    const says: Record<string, (answers: Json, service: string) => boolean> = {
      need: (answers, service) => list(answers, 'needs').includes(service),
      unmet: (answers, service) =>
        [0, 25, 50].includes((answers.met as Record<string, number> | undefined)?.[service] ?? 100),
      top: (answers, service) => list(answers, 'top').includes(service),
    }
    const asked = (['need', 'unmet', 'top'] as const).flatMap((kind) =>
      plan.services.map((service) => ({ kind, service })),
    )
    const columns = [
      ...asked.map(({ kind, service }) => ({
        at: indicatorIndex(plan, kind, service),
        yes: responses.map((one) => says[kind]?.(one, service)),
      })),
      ...plan.groups.map((group) => ({
        at: groupIndex(plan, group),
        yes: responses.map((one) => list(one, 'circumstances').includes(group)),
      })),
    ]
    const count = (flags: (boolean | undefined)[]) => flags.filter(Boolean).length
    for (const { at, yes } of columns) expect(counts[at]).toBe(count(yes))
    for (const [i, left] of columns.entries()) {
      for (const right of columns.slice(i + 1)) {
        expect(counts[pairIndex(plan, left.at, right.at)]).toBe(
          count(left.yes.map((yes, person) => yes && right.yes[person])),
        )
      }
    }
    expect(counts[BASE]).toBe(responses.filter(({ needs }) => needs !== undefined).length)
    expect(counts[choiceIndex(plan, 'meal_price', 'under_10')]).toBe(
      responses.filter((one) => one.meal_price === 'under_10').length,
    )
    expect(counts[choiceIndex(plan, 'met', '25', 'health')]).toBe(
      responses.filter((one) => (one.met as Json | undefined)?.health === 25).length,
    )
  })

  test('every response falls in the cell of its own levels, or outside for its own reason', () => {
    for (const answers of responses) {
      const { cell } = signals(plan, answers)
      const outside =
        answers.residence === 'elsewhere' ||
        ['14-17', 'unstated'].includes(String(answers.age)) ||
        answers.sex === 'unstated'
      expect(cell < 0).toBe(outside)
      if (cell < 0) {
        const [variable = '', level] = plan.outside[-cell - 1]?.split(':') ?? []
        expect(answers[variable]).toBe(level)
      } else expect(cellLevels(plan, cell)).toMatchObject({ age: answers.age, sex: answers.sex })
    }
  })

  test('a response taken away leaves the counts as they were', () => {
    const counts = Array<number>(plan.length).fill(0)
    for (const sign of [1, -1] as const)
      for (const one of responses.slice(0, 50)) addHits(counts, everyHit(plan, one), sign)
    expect(counts.every((n) => n === 0)).toBe(true)
  })
})
