import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { extraServices, shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json } from '../../../shared/surveys/definition.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import { kitchenSink } from './definitions.ts'

function refusalsOf(definition: unknown): string[] {
  const compiled = compile(definition, compileCondition)
  return compiled.ok ? [] : compiled.refusals.map(({ at, rule }) => `${at} ${rule}`)
}

const choices = ['a', 'b']
const sound: Json = { type: 'radiogroup', name: 'sound', choices }

const refused: [string, Json, string][] = [
  ['a file', { type: 'file', name: 'q' }, 'unsupported-type'],
  ['a signature', { type: 'signaturepad', name: 'q' }, 'unsupported-type'],
  ['a dynamic matrix', { type: 'matrixdynamic', name: 'q' }, 'unsupported-type'],
  ['an expression', { type: 'expression', name: 'q' }, 'unsupported-type'],
  ['a made-up type', { type: '__proto__', name: 'q' }, 'unsupported-type'],
  ['defaultValueExpression', { type: 'text', name: 'q', defaultValueExpression: '{sound}' }, 'unsupported-property'],
  [
    'setValueIf',
    { type: 'text', name: 'q', setValueIf: '{sound} = 1', setValueExpression: '2' },
    'unsupported-property',
  ],
  ['resetValueIf', { type: 'text', name: 'q', resetValueIf: '{sound} = 1' }, 'unsupported-property'],
  ['enableIf', { type: 'text', name: 'q', enableIf: '{sound} = 1' }, 'unsupported-property'],
  ['valueName', { type: 'text', name: 'q', valueName: 'z' }, 'unsupported-property'],
  ['a misspelt property', { type: 'text', name: 'q', visibleIff: '{sound} = 1' }, 'unsupported-property'],
  ['a mask', { type: 'text', name: 'q', maskType: 'numeric' }, 'unsupported-property'],
  [
    'choices from the network',
    { type: 'dropdown', name: 'q', choices, choicesByUrl: { url: 'http://x' } },
    'unsupported-property',
  ],
  [
    'choices from another question',
    { type: 'checkbox', name: 'q', choicesFromQuestion: 'sound' },
    'unsupported-property',
  ],
  [
    'a choice that can be disabled',
    { type: 'checkbox', name: 'q', choices: [{ value: 'a', enableIf: '1 = 1' }] },
    'unsupported',
  ],
  ['clearIfInvisible', { type: 'text', name: 'q', clearIfInvisible: 'none' }, 'unsupported'],
  ['a time', { type: 'text', name: 'q', inputType: 'time' }, 'unsupported'],
  ['a limit that moves', { type: 'text', name: 'q', inputType: 'date', min: '=today()' }, 'unsupported'],
  [
    'a regular expression',
    { type: 'text', name: 'q', validators: [{ type: 'regex', regex: '(a+)+$' }] },
    'unsupported',
  ],
  ['an unknown validator', { type: 'text', name: 'q', validators: [{ type: 'mine' }] }, 'unsupported'],
  [
    'an expression as a validator',
    { type: 'text', name: 'q', validators: [{ type: 'expression', expression: '1' }] },
    'unsupported',
  ],
  [
    'check boxes in a matrix',
    { type: 'matrix', name: 'q', rows: ['a'], columns: ['b'], cellType: 'checkbox' },
    'unsupported',
  ],
  ['a condition that does not parse', { type: 'text', name: 'q', visibleIf: '{sound} = = 1' }, 'condition'],
  ['a condition on nothing', { type: 'text', name: 'q', visibleIf: '{soundd} = 1' }, 'condition'],
  ['a condition on the day', { type: 'text', name: 'q', visibleIf: 'today() > 5' }, 'condition'],
  ['an asynchronous condition', { type: 'text', name: 'q', visibleIf: "displayValue('sound') = 'a'" }, 'condition'],
  ['an unknown function', { type: 'text', name: 'q', requiredIf: 'steal({sound})' }, 'condition'],
  ['a condition on a property', { type: 'text', name: 'q', visibleIf: '{$sound.isVisible} = true' }, 'condition'],
  ['a condition that is no text', { type: 'text', name: 'q', visibleIf: { a: 1 } }, 'unsupported'],
  ['no choices', { type: 'radiogroup', name: 'q' }, 'choices'],
  ['the same choice twice', { type: 'radiogroup', name: 'q', choices: ['a', 'A'] }, 'choices'],
  ['a choice that is 5 and "5"', { type: 'radiogroup', name: 'q', choices: [5, '5'] }, 'choices'],
  [
    'ten thousand choices',
    { type: 'radiogroup', name: 'q', choices: Array.from({ length: 10_000 }, (_, i) => i) },
    'too-large',
  ],
  ['an object as a choice', { type: 'radiogroup', name: 'q', choices: [{ value: { a: 1 } }] }, 'choices'],
  ['a row that shadows an object', { type: 'matrix', name: 'q', rows: ['toString'], columns: [1] }, 'choices'],
  ['a wrong role', { type: 'text', name: 'q', demand: { role: 'boss' } }, 'demand'],
  ['need as a text', { type: 'text', name: 'q', demand: { role: 'need' } }, 'demand'],
  ['top of services nobody asks for', { type: 'checkbox', name: 'q', choices, demand: { role: 'top' } }, 'demand'],
  [
    'an outside level that is no choice',
    { type: 'radiogroup', name: 'q', choices, demand: { role: 'stratum', outside: ['z'] } },
    'demand',
  ],
]

describe('publication', () => {
  test.each(refused)('refuses %s and names the question', (_what, question, rule) => {
    expect(refusalsOf({ pages: [{ name: 'p', elements: [sound, question] }] })).toContain(`q ${rule}`)
  })

  test.each([
    ['q.a'],
    ['__proto__'],
    ['constructor'],
    ['item'],
    ['a-Comment'],
    [''],
    ['x×y'],
    ['{q}'],
    ['x'.repeat(65)],
  ])('refuses the question name %j', (name) => {
    expect(refusalsOf({ pages: [{ elements: [{ type: 'text', name }] }] })).toContain(`${name} name`)
  })

  test('refuses names that differ only in case', () => {
    const elements = [sound, { type: 'text', name: 'Sound' }]
    expect(refusalsOf({ pages: [{ elements }] })).toEqual(['Sound duplicate-name'])
  })

  test.each<[string, Json]>([
    ['triggers', { triggers: [{ type: 'setvalue' }] }],
    ['calculated values', { calculatedValues: [{ name: 'x', expression: '1' }] }],
    ['values kept at hidden questions', { clearInvisibleValues: 'none' }],
    ['a time limit', { timeLimit: 60 }],
    ['其他 stored as a value', { storeOthersAsComment: false }],
  ])('refuses %s of the survey', (_what, property) => {
    expect(refusalsOf({ pages: [{ elements: [sound] }], ...property }).join()).toMatch(/^survey unsupported/)
  })

  test.each<[unknown]>([
    [null],
    [[]],
    ['x'],
    [{}],
    [{ pages: 'x' }],
    [{ pages: [null] }],
    [{ pages: [{ elements: [7, null] }] }],
  ])('refuses %j without throwing', (definition) => {
    expect(refusalsOf(definition).length).toBeGreaterThan(0)
  })

  test('refuses panels nested beyond any sense without running out of stack', () => {
    let element: Json = sound
    for (let depth = 0; depth < 5_000; depth++) element = { type: 'panel', name: `p${depth}`, elements: [element] }
    expect(refusalsOf({ pages: [{ elements: [element] }] }).join()).toContain('element')
  })

  test('accepts the shipped questionnaire with and without services of the district', () => {
    expect(refusalsOf(questionnaire(shippedCatalogue().services))).toEqual([])
    expect(refusalsOf(questionnaire(shippedCatalogue(extraServices).services))).toEqual([])
    expect(refusalsOf(questionnaire([{ code: 'parking', zh: '停车' }]))).toEqual([])
  })

  test('accepts a definition with every supported type and condition', () => {
    expect(refusalsOf(kitchenSink)).toEqual([])
  })
})

describe('how far a need is met', () => {
  const need = { type: 'checkbox', name: 'needs', choices: ['care'], demand: { role: 'need' } }
  const met = (question: Json) =>
    refusalsOf({
      pages: [{ elements: [need, { name: 'q', demand: { role: 'met', service: 'care' }, ...question }] }],
    })

  test.each<[string, Json]>([
    ['stars from 1 to 5, all of which would count as unmet', { type: 'rating' }],
    ['words, none of which would', { type: 'radiogroup', choices: ['no', 'half', 'yes'] }],
    ['more than all of it', { type: 'dropdown', choices: [0, 50, 100, 200] }],
  ])('is refused as %s', (_what, question) => {
    expect(met(question)).toEqual(['q demand'])
  })

  test.each<[string, Json]>([
    ['numbers', { type: 'radiogroup', choices: [0, 25, 50, 75, 100] }],
    ['texts', { type: 'dropdown', choices: ['0', '50', '100'] }],
    ['steps of a scale', { type: 'rating', rateMin: 0, rateMax: 100, rateStep: 25 }],
    ['numbers with 不知道', { type: 'radiogroup', choices: [0, 100], showDontKnowItem: true }],
  ])('may be given in percent as %s', (_what, question) => {
    expect(met(question)).toEqual([])
  })

  test('is refused for a matrix whose columns are no percentages', () => {
    const matrix = { type: 'matrix', name: 'q', rows: ['care'], columns: [1, 2, 3], demand: { role: 'met' } }
    expect(refusalsOf({ pages: [{ elements: [need, matrix] }] })).toEqual(['q demand'])
  })
})

describe('weighting', () => {
  const stratum = (name: string, count: number) => ({
    type: 'radiogroup',
    name,
    choices: Array.from({ length: count }, (_, index) => `${name}${index}`),
    demand: { role: 'stratum' },
  })
  const withStrata = (sizes: number[], weighting?: unknown) => {
    const elements = sizes.map((size, index) => stratum(`v${index}`, size))
    return refusalsOf({ pages: [{ elements }], ...(weighting !== undefined && { weighting }) })
  }

  test('allows 256 cells inside communities and not one more', () => {
    expect(withStrata([16, 16])).toEqual([])
    expect(withStrata([257])).toEqual(['weighting cells'])
  })

  test('allows 1,024 cells over the district, enough for 4 × 7 × 5 × 3', () => {
    expect(withStrata([4, 7, 5, 3], { scope: 'district', margins: [['v0'], ['v1', 'v2'], ['community']] })).toEqual([])
    expect(withStrata([25, 41], { scope: 'district', margins: [] })).toEqual(['weighting cells'])
  })

  test.each<[string, unknown]>([
    ['a variable nobody asks about', { margins: [['v9']] }],
    ['the community as a variable inside communities', { margins: [['community']] }],
    ['a scope of its own', { scope: 'galaxy' }],
    ['a cap that forbids any weight', { cap: 1 }],
    ['margins that are no lists', { margins: 'v0' }],
    ['targets for another margin', { margins: [['v0']], targets: { v1: { v10: 1 } } }],
    ['targets for levels that do not exist', { margins: [['v0']], targets: { v0: { z: 1 } } }],
    ['negative targets', { margins: [['v0']], targets: { v0: { v00: -1, v01: 2 } } }],
    ['a list', []],
  ])('refuses %s', (_what, weighting) => {
    expect(withStrata([2, 2], weighting)).toContain('weighting weighting')
  })

  test('takes targets for margins that cross variables', () => {
    const targets = { 'v0×v1': { 'v00×v10': 0.25, 'v00×v11': 0.25, 'v01×v10': 0.25, 'v01×v11': 0.25 } }
    expect(withStrata([2, 2], { margins: [['v0', 'v1']], targets })).toEqual([])
  })
})
