import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import {
  type Clause,
  readCondition,
  type Said,
  sayCondition,
  topicOf,
  writeCondition,
} from '../../../shared/surveys/condition-words.ts'
import { walk } from '../../../shared/surveys/definition.ts'
import { editable, entriesOf } from '../../../shared/surveys/edit.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'

const extra = [
  { type: 'rating', name: 'score', title: '打几分', rateMax: 5 },
  { type: 'text', name: 'people', title: '几口人', inputType: 'number' },
  { type: 'boolean', name: 'lift', title: '有电梯吗' },
  {
    type: 'dropdown',
    name: '楼龄',
    title: '楼龄',
    choices: [
      { value: 10, text: '十年' },
      { value: '20+', text: '二十年' },
    ],
  },
]
const shipped = editable(questionnaire(shippedCatalogue().services))
const definition = { ...shipped, pages: [...(shipped.pages as object[]), { name: 'more', elements: extra }] }
const topics = entriesOf(definition).flatMap((entry) => topicOf(entry) ?? [])

const clause: fc.Arbitrary<Clause> = fc.constantFrom(...topics).chain(({ name, asks, choices }) =>
  fc.constantFrom(...asks).chain((ask): fc.Arbitrary<Clause> => {
    if (ask === 'answered' || ask === 'unanswered') return fc.constant({ question: name, asks: ask })
    const values =
      choices.length > 0 ? fc.constantFrom(...choices.map(({ value }) => value)) : fc.integer({ min: -5, max: 99 })
    return values.map((value) => ({ question: name, asks: ask, value }))
  }),
)
const said: fc.Arbitrary<Said> = fc
  .record({
    joined: fc.constantFrom('and' as const, 'or' as const),
    clauses: fc.array(clause, { minLength: 1, maxLength: 4 }),
  })
  .map(({ joined, clauses }) => ({ joined: clauses.length === 1 ? 'and' : joined, clauses }))

describe('a condition in words', () => {
  test('is written and read back as it was said, and SurveyJS understands it', () => {
    fc.assert(
      fc.property(said, (words) => {
        const expression = writeCondition(words)
        expect(readCondition(expression, topics)).toEqual(words)
        expect(() => compileCondition(expression)({})).not.toThrow()
        expect(sayCondition(words, topics)).toMatch(/^当“.*时才问$/)
      }),
      { numRuns: 500 },
    )
  })

  test('means what it says', () => {
    const holds = (words: Said, answers: object) => compileCondition(writeCondition(words))(answers as never)
    const meals: Said = { joined: 'and', clauses: [{ question: 'needs', asks: 'has', value: 'community_meals' }] }
    expect([holds(meals, { needs: ['community_meals'] }), holds(meals, { needs: ['health'] })]).toEqual([true, false])
    const either: Said = { joined: 'or', clauses: [...meals.clauses, { question: 'people', asks: 'least', value: 3 }] }
    expect([holds(either, { people: 3 }), holds(either, { people: 2 })]).toEqual([true, false])
    const lift: Said = { joined: 'and', clauses: [{ question: 'lift', asks: 'is', value: false }] }
    expect([holds(lift, { lift: false }), holds(lift, { lift: true })]).toEqual([true, false])
    expect(sayCondition(either, topics)).toBe(
      '当“您和家人需要社区提供哪些服务？”选了“社区助餐（社区食堂、送餐上门）”，或者“几口人”不小于 3时才问',
    )
  })

  test('covers every condition of the shipped questionnaire', () => {
    const own = walk(questionnaire(shippedCatalogue().services)).asked.flatMap(({ visibleIf }) => visibleIf)
    expect(own.length).toBeGreaterThan(5)
    for (const expression of own) expect(readCondition(expression, topics), expression).toBeDefined()
  })

  test('is given up where words would say something else: the expression stays as it is', () => {
    for (const expression of [
      "{needs} contains 'health' and {age} = '80+' or {sex} = 'male'",
      "({needs} contains 'health')",
      "{nobody} = 'x'",
      "{age} = 'no such band'",
      "{needs} = 'health'",
      "{needs} anyof ['health']",
      '{needs.length} > 2',
      "iif({age} = '80+', true, false)",
      '{people} + 1 >= 3',
      "{sex} contains 'ma'",
      "{age} = '80+' and",
      'not {lift}',
      '',
    ])
      expect(readCondition(expression, topics), expression).toBeUndefined()
  })
})
