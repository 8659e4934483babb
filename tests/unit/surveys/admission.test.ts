import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json } from '../../../shared/surveys/definition.ts'

function surveyOf(...elements: Json[]) {
  const compiled = compile({ title: '试', pages: [{ name: 'p', elements }] }, compileCondition)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
  return compiled.survey
}

/** The rules by which an answer to the single question `q` is refused. */
function rules(question: Json, answer: unknown, beside: Json = {}): string[] {
  const survey = surveyOf({ name: 'q', title: '题', ...question })
  return survey.admit({ ...(answer !== undefined && { q: answer }), ...beside }).map(({ rule }) => rule)
}

const list = { choices: ['a', 'b', 3, { value: 'd', text: '丁' }] }

const cases: [string, Json, unknown[], [unknown, string][]][] = [
  [
    'radiogroup',
    { type: 'radiogroup', ...list },
    ['a', 3, 'd'],
    [
      ['x', 'choice'],
      ['3', 'choice'],
      [['a'], 'choice'],
      [null, 'choice'],
      ['丁', 'choice'],
      [true, 'choice'],
    ],
  ],
  [
    'dropdown with numbers',
    { type: 'dropdown', choices: ['none yet'], choicesMin: 1, choicesMax: 9, choicesStep: 2 },
    [1, 9, 'none yet'],
    [
      [2, 'choice'],
      [11, 'choice'],
      ['1', 'choice'],
    ],
  ],
  [
    'checkbox',
    { type: 'checkbox', ...list, showNoneItem: true, maxSelectedChoices: 2 },
    [['a'], ['b', 3], ['none']],
    [
      [['a', 'b', 'd'], 'max'],
      [['a', 'a'], 'duplicate'],
      [['none', 'a'], 'exclusive'],
      [[], 'choice'],
      ['a', 'choice'],
      [{ 0: 'a' }, 'choice'],
      [['a', null], 'choice'],
      [[['a']], 'choice'],
    ],
  ],
  [
    'tagbox with a smallest number',
    { type: 'tagbox', ...list, minSelectedChoices: 2, showDontKnowItem: true },
    [['a', 'b'], ['dontknow']],
    [
      [['a'], 'min'],
      [undefined, 'min'],
    ],
  ],
  [
    'rating',
    { type: 'rating', rateMin: 0, rateMax: 2, rateStep: 0.5 },
    [0, 1.5, 2],
    [
      [99, 'choice'],
      [0.4, 'choice'],
      ['1', 'choice'],
      [-1, 'choice'],
    ],
  ],
  [
    'boolean',
    { type: 'boolean' },
    [true, false],
    [
      ['true', 'choice'],
      [1, 'choice'],
    ],
  ],
  [
    'boolean with words',
    { type: 'boolean', valueTrue: 'yes', valueFalse: 'no' },
    ['yes', 'no'],
    [
      [true, 'choice'],
      ['YES', 'choice'],
    ],
  ],
  [
    'number',
    { type: 'text', inputType: 'number', min: 0, max: 10, step: 0.1 },
    [0, 0.3, 10],
    [
      ['5', 'number'],
      [11, 'range'],
      [-0.1, 'range'],
      [0.25, 'step'],
      [Number.NaN, 'number'],
      [Number.POSITIVE_INFINITY, 'number'],
    ],
  ],
  [
    'number without limits',
    { type: 'text', inputType: 'number' },
    [-5, 1e12],
    [
      [1e300, 'range'],
      [[1], 'number'],
    ],
  ],
  [
    'date',
    { type: 'text', inputType: 'date' },
    ['2024-02-29', '1900-01-01'],
    [
      ['2023-02-29', 'date'],
      ['9999-01-01', 'date'],
      ['2024-13-01', 'date'],
      ['2024-1-1', 'date'],
      ['2024-01-01T00:00:00Z', 'date'],
      ['0001-01-01', 'date'],
      [20240101, 'date'],
      ['2100-02-29', 'date'],
    ],
  ],
  [
    'date within limits',
    { type: 'text', inputType: 'date', min: '2026-01-01', max: '2026-12-31' },
    ['2026-01-01'],
    [
      ['2025-12-31', 'range'],
      ['2027-01-01', 'range'],
    ],
  ],
  [
    'e-mail',
    { type: 'text', inputType: 'email' },
    ['a.b+c@example.org.cn'],
    [
      ['nobody', 'email'],
      ['a@b', 'email'],
      ['a b@c.d', 'email'],
      [`${'a'.repeat(250)}@b.cn`, 'length'],
    ],
  ],
  [
    'plain text',
    { type: 'text' },
    ['好', '🚗'.repeat(200), ' '],
    [
      ['好'.repeat(201), 'length'],
      ['🚗'.repeat(201), 'length'],
      ['a\u0000b', 'characters'],
      ['\ud800', 'characters'],
      ['\u0007', 'characters'],
      ['', 'empty'],
      [5, 'text'],
      [['x'], 'text'],
      [{ toString: 1 }, 'text'],
    ],
  ],
  [
    'text with a validator',
    { type: 'text', maxLength: 300, validators: [{ type: 'text', minLength: 2, maxLength: 5 }] },
    ['两字', '五个字好吗'],
    [
      ['一', 'min'],
      ['六个字也不行', 'length'],
    ],
  ],
  [
    'comment',
    { type: 'comment' },
    ['第一行\n第二行\t好', '好'.repeat(2_000)],
    [
      ['好'.repeat(2_001), 'length'],
      ['\udfff', 'characters'],
    ],
  ],
  [
    'matrix',
    { type: 'matrix', rows: ['r1', { value: 2, text: '二' }], columns: [0, 'x'] },
    [{ r1: 0 }, { r1: 'x', 2: 0 }],
    [
      [{ r1: '0' }, 'choice'],
      [{ r3: 0 }, 'row'],
      [{}, 'empty'],
      [[0], 'shape'],
      [{ r1: [0] }, 'choice'],
      [JSON.parse('{"__proto__":0}'), 'row'],
      [{ constructor: 0 }, 'row'],
    ],
  ],
  [
    'matrix that wants each row',
    { type: 'matrix', rows: ['r1', 'r2'], columns: [1], eachRowRequired: true },
    [{ r1: 1, r2: 1 }],
    [
      [{ r1: 1 }, 'each-row'],
      [undefined, 'each-row'],
    ],
  ],
  [
    'ranking',
    { type: 'ranking', choices: ['x', 'y', 'z'] },
    [['z', 'x', 'y']],
    [
      [['x', 'y'], 'ranking'],
      [['x', 'y', 'y'], 'duplicate'],
      [['x', 'y', 'w'], 'choice'],
    ],
  ],
  [
    'ranking of some',
    { type: 'ranking', choices: ['x', 'y', 'z'], selectToRankEnabled: true, maxSelectedChoices: 2 },
    [['y'], ['z', 'x']],
    [[['x', 'y', 'z'], 'max']],
  ],
  [
    'dynamic panel',
    {
      type: 'paneldynamic',
      minPanelCount: 1,
      maxPanelCount: 2,
      keyName: 'n',
      templateElements: [
        { type: 'text', name: 'n', isRequired: true },
        { type: 'radiogroup', name: 'k', choices: ['u', 'v'], visibleIf: "{panel.n} = 'go'" },
      ],
    },
    [[{ n: 'a' }], [{ n: 'go', k: 'u' }, { n: 'b' }]],
    [
      [[{}], 'required'],
      [undefined, 'required'],
      [[{ n: 'a', k: 'u' }], 'hidden'],
      [[{ n: 'go', k: 'w' }], 'choice'],
      [[{ n: 'a' }, { n: 'a' }], 'duplicate'],
      [[{ n: 'a' }, { n: 'b' }, { n: 'c' }], 'max'],
      [[{ n: 'a', z: 1 }], 'unknown'],
      [{ n: 'a' }, 'shape'],
      [['a'], 'shape'],
      [[], 'shape'],
    ],
  ],
]

describe.each(cases)('%s', (_type, question, good, bad) => {
  test.each(good.map((answer) => [answer]))('admits %j', (answer) => {
    expect(rules(question, answer)).toEqual([])
  })
  test.each(bad)('refuses %j by the rule %s', (answer, rule) => {
    expect(rules(question, answer)).toContain(rule)
  })
})

test('html takes no answer', () => {
  expect(rules({ type: 'html', html: '<p>x</p>' }, 'x')).toEqual(['unknown'])
})

describe('其他 and remarks', () => {
  const other = { type: 'checkbox', choices: ['a'], showOtherItem: true }

  test('其他 needs words beside it, and words need 其他', () => {
    expect(rules(other, ['other'], { 'q-Comment': '修车' })).toEqual([])
    expect(rules(other, ['other'])).toEqual(['other'])
    expect(rules(other, ['other'], { 'q-Comment': '  ' })).toEqual(['other'])
    expect(rules(other, ['a'], { 'q-Comment': '修车' })).toEqual(['hidden'])
    expect(rules(other, ['other'], { 'q-Comment': 5 })).toEqual(['text'])
  })

  test('a remark may stand beside any answer where the question has a place for it', () => {
    expect(rules({ type: 'rating', showCommentArea: true }, 3, { 'q-Comment': '还行' })).toEqual([])
    expect(rules({ type: 'rating' }, 3, { 'q-Comment': '还行' })).toEqual(['unknown'])
  })
})

describe('required', () => {
  test('nothing, or nothing but blanks, is no answer', () => {
    expect(rules({ type: 'text', isRequired: true }, undefined)).toEqual(['required'])
    expect(rules({ type: 'text', isRequired: true }, ' \n')).toEqual(['required'])
    expect(rules({ type: 'boolean', isRequired: true }, false)).toEqual([])
  })

  test('requiredIf decides over isRequired, and a hidden question is never required', () => {
    const survey = surveyOf(
      { type: 'boolean', name: 'car' },
      { type: 'text', name: 'plate', isRequired: true, requiredIf: '{car} = true' },
      { type: 'text', name: 'brand', isRequired: true, visibleIf: '{car} = true' },
    )
    expect(survey.admit({ car: false })).toEqual([])
    expect(survey.admit({ car: true }).map(({ at, rule }) => `${at} ${rule}`)).toEqual([
      'plate required',
      'brand required',
    ])
  })
})

describe('conditions', () => {
  test('hide by page and panel as by question', () => {
    const compiled = compile(
      {
        pages: [
          { name: 'one', elements: [{ type: 'radiogroup', name: 'go', choices: ['page', 'panel', 'both'] }] },
          {
            name: 'two',
            visibleIf: "{go} = 'page' or {go} = 'both'",
            elements: [
              { type: 'panel', name: 'box', visibleIf: "{go} = 'both'", elements: [{ type: 'text', name: 'inner' }] },
              { type: 'text', name: 'outer' },
            ],
          },
        ],
      },
      compileCondition,
    )
    const admit = compiled.ok ? compiled.survey.admit : () => []
    const refused = (answers: Json) => admit(answers).map(({ at }) => at)
    expect(refused({ go: 'both', inner: 'x', outer: 'y' })).toEqual([])
    expect(refused({ go: 'page', inner: 'x', outer: 'y' })).toEqual(['inner'])
    expect(refused({ go: 'panel', outer: 'y' })).toEqual(['outer'])
  })

  test('two questions that hide each other cannot both be answered', () => {
    const survey = surveyOf(
      { type: 'text', name: 'left', visibleIf: '{right} empty' },
      { type: 'text', name: 'right', visibleIf: '{left} empty' },
    )
    expect(survey.admit({ left: 'x' })).toEqual([])
    expect(survey.admit({ left: 'x', right: 'y' }).map(({ at }) => at)).toEqual(['left', 'right'])
  })
})

test('a refusal names the question by its title and says what to do', () => {
  const survey = surveyOf({
    type: 'checkbox',
    name: 'top',
    title: '最盼望哪几项',
    choices: ['a', 'b', 'c', 'd'],
    maxSelectedChoices: 3,
  })
  expect(survey.admit({ top: ['a', 'b', 'c', 'd'] })).toEqual([
    { at: 'top', rule: 'max', message: '“最盼望哪几项”最多可以选 3 项，请取消多选的项' },
  ])
})
