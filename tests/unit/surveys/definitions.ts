import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Json, SurveyDefinition } from '../../../shared/surveys/definition.ts'

/** Every compiled type and every kind of condition in one definition. */
export const kitchenSink: SurveyDefinition = {
  title: '什么都有',
  pages: [
    {
      name: 'p1',
      elements: [
        { type: 'html', name: 'intro', html: '<p>说明</p>' },
        { type: 'radiogroup', name: 'live', choices: ['here', 'away', 3], showOtherItem: true, isRequired: true },
        { type: 'checkbox', name: 'likes', choices: ['a', 'b', 'c', 'd'], showNoneItem: true, showOtherItem: true },
        {
          type: 'dropdown',
          name: 'best',
          choices: ['a', 'b', { value: 'c', text: '丙', visibleIf: "{live} = 'here'" }, 'd'],
          choicesVisibleIf: '{likes} contains {item}',
          requiredIf: '{likes.length} > 1',
        },
        { type: 'boolean', name: 'often', visibleIf: "{live} <> 'away' and {live} notempty" },
        { type: 'boolean', name: 'kind', valueTrue: 'yes', valueFalse: 'no', isRequired: true },
        { type: 'rating', name: 'stars', rateMin: 0, rateMax: 10, visibleIf: '{often} = true' },
        {
          type: 'rating',
          name: 'mood',
          rateValues: [1, 2, { value: 9, text: '好' }],
          isRequired: true,
          requiredIf: '{stars} > 4',
        },
      ],
    },
    {
      name: 'p2',
      visibleIf: '{kind} = "yes" or {stars} >= 5',
      elements: [
        {
          type: 'panel',
          name: 'family',
          visibleIf: '{likes} anyof ["a", "b"]',
          elements: [
            { type: 'text', name: 'people', inputType: 'number', min: 0, max: 12 },
            {
              type: 'panel',
              name: 'young',
              visibleIf: '{people} > 2',
              elements: [{ type: 'text', name: 'born', inputType: 'date', requiredIf: '{people} > 5' }],
            },
            {
              type: 'text',
              name: 'mail',
              inputType: 'email',
              visibleIf: '{people} * 2 + 1 > 9 or {young_names[0].name} notempty',
            },
          ],
        },
        {
          type: 'matrix',
          name: 'grid',
          rows: ['a', 'b', { value: 'c', visibleIf: "{likes} contains 'd'" }, 'd'],
          rowsVisibleIf: '{likes} contains {item}',
          columns: [0, 50, 100],
          eachRowRequired: true,
        },
        {
          type: 'matrix',
          name: 'thin',
          rows: ['a', 'b'],
          columns: ['x', 'y'],
          rowsVisibleIf: '{best} = {item}',
          hideIfRowsEmpty: true,
        },
        {
          type: 'tagbox',
          name: 'tags',
          choices: ['t1', 't2', 't3', 't4'],
          minSelectedChoices: 2,
          maxSelectedChoices: 3,
          visibleIf: '{grid.a} < 60',
        },
        { type: 'ranking', name: 'order', choices: ['o1', 'o2', 'o3'], visibleIf: '{tags} allof ["t1", "t2"]' },
        {
          type: 'checkbox',
          name: 'few',
          choices: [
            { value: 'f1', visibleIf: '{often} = false' },
            { value: 'f2', visibleIf: '{people} >= 6' },
          ],
          hideIfChoicesEmpty: true,
        },
      ],
    },
    {
      name: 'p3',
      elements: [
        {
          type: 'paneldynamic',
          name: 'young_names',
          maxPanelCount: 5,
          visibleIf: '{often} = true or {kind} = "no"',
          templateElements: [
            { type: 'text', name: 'name', maxLength: 20, isRequired: true },
            {
              type: 'radiogroup',
              name: 'school',
              choices: ['kinder', 'primary', 'none'],
              visibleIf: '{panel.name} notempty',
            },
            {
              type: 'checkbox',
              name: 'after',
              choices: ['sport', 'art', 'sleep'],
              visibleIf: '{panel.school} <> "none"',
              choicesVisibleIf: '{item} <> "sleep" or {panel.school} = "kinder"',
              requiredIf: '{stars} > 6',
            },
          ],
        },
        {
          type: 'comment',
          name: 'why',
          visibleIf: '{live-Comment} notempty or iif({stars} > 3, true, false)',
          requiredIf: '{mood} = 9',
        },
        { type: 'text', name: 'off', visible: false },
        { type: 'comment', name: 'last', showCommentArea: true, visibleIf: '!({why} empty)' },
      ],
    },
  ],
}

const oracle = resolve(import.meta.dirname, '../../..', process.env.ORACLE_DATA ?? '../shared/data', 'oakland')

/** Fields of one line of a CSV file with quoted commas. */
function fields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    (quoted ?? bare ?? '').trim(),
  )
}

function table(name: string): string[][] {
  return readFileSync(join(oracle, name), 'utf8').trim().split(/\r?\n/).slice(1).map(fields)
}

/** The questionnaire of Oakland's budget survey with conditions of our own, or one like it where the data is absent. */
export function cityDefinition(): SurveyDefinition {
  if (!existsSync(oracle)) {
    console.info('Oakland data absent: using a questionnaire of our own in its place')
    return { title: '城市预算', pages: [{ name: 'only', elements: ownCity() }] }
  }
  const options = table('rmap.csv')
  const several = new Set(['q5', 'q6'])
  const elements = table('qmap.csv').map(([name = '', title]) => {
    const choices = options.filter(([question]) => question === name).map(([, label]) => label)
    if (choices.length === 0) return { type: 'comment', name, title, maxLength: 2_000 }
    return { type: several.has(name) ? 'checkbox' : 'radiogroup', name, title, choices, showOtherItem: true }
  })
  return { title: 'City budget', pages: [{ name: 'only', elements: elements.map(conditional) }] }
}

function ownCity(): Json[] {
  const questions = Array.from({ length: 19 }, (_, index) => `q${index + 1}`)
  return questions.map((name, index) => {
    const choices = name === 'q1' ? ['Yes', 'No'] : ['Excellent, really', 'Good', 'Poor', 'Affordable housing']
    return conditional({
      type: index % 4 === 0 && index > 0 ? 'checkbox' : 'radiogroup',
      name,
      choices,
      showOtherItem: true,
    })
  })
}

const added: Record<string, object> = {
  q2: { visibleIf: "{q1} = 'Yes'" },
  q3: { requiredIf: "{q2} = 'Poor' or {q2} = 'Good'" },
  q5: { visibleIf: '{q2} notempty', isRequired: true },
  q6: { visibleIf: "{q5} contains 'Affordable housing'" },
  q11: { visibleIf: "{q5} contains 'Affordable housing' or {q5.length} > 3" },
  q13: { visibleIf: "{q12} <> 'Maybe'" },
  q15: { visibleIf: "{q14} notempty and {q1} <> 'No'", requiredIf: '{q16} notempty' },
}

function conditional(question: Json & { name: string }): Json {
  return { ...question, ...added[question.name] }
}
