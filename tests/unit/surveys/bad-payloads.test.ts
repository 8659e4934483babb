import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json, SurveyDefinition } from '../../../shared/surveys/definition.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import { kitchenSink } from './definitions.ts'
import { respond, seeded } from './random-answers.ts'

function compiledOf(definition: SurveyDefinition) {
  const compiled = compile(definition, compileCondition)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
  return compiled.survey
}

const shipped = questionnaire(shippedCatalogue().services)
const survey = compiledOf(shipped)
const valid: Json = {
  answering: 'self',
  residence: 'here',
  age: '60-79',
  sex: 'female',
  children: ['none'],
  elders: ['elder_60_79'],
  needs: ['elder_care', 'community_meals', 'health', 'fitness'],
  met: { elder_care: 0, community_meals: 50, health: 75, fitness: 100 },
  top: ['elder_care', 'community_meals', 'health'],
  elder_care_users: ['self'],
  meal_times: ['lunch'],
  meal_price: '10_15',
  circumstances_consent: 'yes',
  circumstances: ['living_alone'],
  suggestion: '多放几把椅子',
}

const deep = JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`)

const bad: [string, unknown][] = [
  ['four where three are allowed', { ...valid, top: ['elder_care', 'community_meals', 'health', 'fitness'] }],
  ['a top that was not ticked', { ...valid, top: ['culture'] }],
  ['a service that is not asked', { ...valid, needs: [...(valid.needs as string[]), 'casino'] }],
  ['met for a service that was not ticked', { ...valid, met: { ...(valid.met as Json), culture: 0 } }],
  ['met out of range', { ...valid, met: { ...(valid.met as Json), health: 99 } }],
  ['met as text', { ...valid, met: { ...(valid.met as Json), health: '75' } }],
  ['none beside others', { ...valid, needs: ['none', 'health'] }],
  ['the same choice twice', { ...valid, needs: ['health', 'health'] }],
  ['one value for a list', { ...valid, needs: 'health' }],
  ['a list for one value', { ...valid, age: ['60-79'] }],
  ['a number for a code', { ...valid, age: 60 }],
  ['an unknown age band', { ...valid, age: '0-13' }],
  ['circumstances without consent', { ...valid, circumstances_consent: 'no' }],
  ['a follow-up of a service not chosen', { ...valid, after_school_times: ['weekend'] }],
  ['a required answer missing', { ...valid, sex: undefined }],
  ['null for an answer', { ...valid, sex: null }],
  ['an unknown question', { ...valid, phone: '13800000000' }],
  ['a remark where there is no place for one', { ...valid, 'suggestion-Comment': 'x' }],
  ['a text too long', { ...valid, suggestion: '好'.repeat(501) }],
  ['a NUL', { ...valid, suggestion: 'a\u0000b' }],
  ['half an emoji', { ...valid, suggestion: '\ud83d' }],
  ['an object for a text', { ...valid, suggestion: { $ne: '' } }],
  ['a number for a text', { ...valid, suggestion: 7 }],
  ['__proto__ as a question', JSON.parse(JSON.stringify(valid).replace('{', '{"__proto__":{"admin":true},'))],
  ['constructor as a question', { ...valid, constructor: { prototype: {} } }],
  ['__proto__ as a row', { ...valid, met: JSON.parse('{"__proto__":0}') }],
  ['deep nesting', { ...valid, suggestion: deep }],
  ['deep nesting in a list', { ...valid, needs: deep }],
  ['ten thousand choices', { ...valid, needs: Array(10_000).fill('health') }],
  ['ten thousand questions', Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`q${index}`, 1]))],
  ['a list for the answers', [valid]],
  ['nothing', null],
  ['a text for the answers', JSON.stringify(valid)],
  ['no answers at all', {}],
]

describe('the shipped questionnaire', () => {
  test('admits a whole answer', () => {
    expect(survey.admit(valid)).toEqual([])
  })

  test.each(bad)('refuses %s, with a place, a rule and a Chinese message', (_what, answers) => {
    const details = survey.admit(answers)
    expect(details.length).toBeGreaterThan(0)
    expect(details.length).toBeLessThanOrEqual(60)
    for (const { at, rule, message } of details) {
      expect(at.length).toBeGreaterThan(0)
      expect(at.length).toBeLessThanOrEqual(100)
      expect(rule).toMatch(/^[a-z-]+$/)
      expect(message).toMatch(/\p{Script=Han}/u)
      expect(message.length).toBeLessThan(200)
    }
  })

  test('leaves what it judges as it was', () => {
    const before = structuredClone(valid)
    survey.admit(valid)
    expect(valid).toEqual(before)
  })
})

/** Judges admitted answers once more, written from the definition alone and sharing nothing with the compiler. */
function onlyAllowedValues(definition: SurveyDefinition, answers: Json): boolean {
  const questions = new Map<string, Json>()
  const visit = (elements: unknown) => {
    for (const element of (elements ?? []) as Json[]) {
      if (element.type === 'panel' || element.elements) visit(element.elements)
      else questions.set(String(element.name), element)
    }
  }
  visit(definition.pages)
  return Object.entries(answers).every(([name, value]) => {
    if (name.endsWith('-Comment')) return typeof value === 'string' && questions.has(name.slice(0, -8))
    const question = questions.get(name)
    return question !== undefined && allowed(question, value)
  })
}

function valuesIn(list: unknown): unknown[] {
  return ((list ?? []) as unknown[]).map((item) => (typeof item === 'object' && item ? (item as Json).value : item))
}

function allowed(question: Json, value: unknown): boolean {
  const special = [question.showNoneItem && 'none', question.showOtherItem && 'other'].filter(Boolean)
  const choices = [...valuesIn(question.choices), ...special]
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return choices.includes(value)
    case 'checkbox':
    case 'tagbox':
    case 'ranking': {
      const most = Number(question.maxSelectedChoices ?? 99)
      const given = value as unknown[]
      return (
        Array.isArray(value) &&
        given.length <= most &&
        new Set(given).size === given.length &&
        given.every((one) => choices.includes(one))
      )
    }
    case 'boolean':
      return value === (question.valueTrue ?? true) || value === (question.valueFalse ?? false)
    case 'rating':
      return question.rateValues
        ? valuesIn(question.rateValues).includes(value)
        : Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10
    case 'matrix':
      return Object.entries(value as Json).every(([row, column]) => {
        return valuesIn(question.rows).map(String).includes(row) && valuesIn(question.columns).includes(column)
      })
    case 'paneldynamic':
      return (value as Json[]).every((entry) =>
        onlyAllowedValues({ title: '', pages: [{ elements: question.templateElements }] }, entry),
      )
    case 'text':
      if (question.inputType === 'number') return typeof value === 'number' && value >= 0 && value <= 12
      if (question.inputType === 'date')
        return !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && String(value).length === 10
      return typeof value === 'string' && value.length <= 400
    default:
      return question.type === 'comment' && typeof value === 'string' && value.length <= 4_000
  }
}

const nasty = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    1e308,
    'true',
    [],
    {},
    [[]],
    '\u0000',
    '\ud800',
    '9999-01-01',
    'none',
    ['none'],
    'other',
    ['other'],
  ),
)

test('every diligent respondent of the shipped questionnaire is admitted', () => {
  const random = seeded(11)
  for (let person = 0; person < 1_000; person++) expect(survey.admit(respond(survey, shipped, random))).toEqual([])
})

describe.each([
  ['the shipped questionnaire', shipped],
  ['a definition with everything', kitchenSink],
])('mutated answers to %s', (_name, definition) => {
  const judge = compiledOf(definition)
  const { admit, shown } = judge
  const tries = Array.from({ length: 400 }, (_, index) => respond(judge, definition, seeded(index)))
  const starts = tries.filter((answers) => admit(answers).length === 0)
  const names = [...new Set(starts.flatMap((start) => Object.keys(start)))]
  const key = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'q', 'live-Comment'),
    fc.string(),
  )
  const change = fc.oneof(
    fc.record({ kind: fc.constant('put'), key, value: nasty }),
    fc.record({ kind: fc.constant('drop'), key, value: nasty }),
    fc.record({ kind: fc.constant('into'), key, value: nasty }),
  )

  test('never make it throw, and whatever it admits has only allowed values at questions that are shown', () => {
    let admitted = 0
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.array(change, { minLength: 1, maxLength: 3 }), (start, changes) => {
        const answers = structuredClone(start)
        for (const { kind, key: at, value } of changes) {
          if (kind === 'drop') delete answers[at]
          else if (kind === 'into' && typeof answers[at] === 'object' && answers[at]) Object.assign(answers[at], value)
          else Object.defineProperty(answers, at, { value, enumerable: true, configurable: true, writable: true })
        }
        if (admit(answers).length > 0) return
        admitted++
        const visible = new Set(shown(answers).map(({ name }) => name))
        for (const name of Object.keys(answers)) expect(visible).toContain(name.replace(/-Comment$/, ''))
        expect(onlyAllowedValues(definition, answers), JSON.stringify(answers)).toBe(true)
      }),
      { numRuns: 5_000, seed: 42 },
    )
    expect(admitted).toBeGreaterThan(50)
  })
})
