import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json } from '../../../shared/surveys/definition.ts'
import {
  changeAt,
  editable,
  elementAt,
  entriesOf,
  insertAt,
  move,
  readersOf,
  removeAt,
  sheetsOf,
  textOf,
  withText,
} from '../../../shared/surveys/edit.ts'
import {
  addChoice,
  addService,
  choicesIn,
  codesIn,
  moveChoice,
  removeChoice,
  removeService,
  renameChoice,
} from '../../../shared/surveys/edit-choices.ts'
import { type Kind, kinds, newQuestion } from '../../../shared/surveys/edit-kinds.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'

const shipped = editable(questionnaire(shippedCatalogue().services))
const names = (definition: Json) => entriesOf(definition).map(({ name }) => name)
const entry = (definition: Json, name: string) => entriesOf(definition).find((one) => one.name === name)!
const problems = (definition: Json) => {
  const compiled = compile(definition, compileCondition)
  return compiled.ok ? [] : compiled.refusals
}

describe('a definition that is edited', () => {
  test('asks the same as before once its questions are on pages', () => {
    const panel = { type: 'panel', name: 'p', title: '一组', questions: [{ type: 'text', name: 'b' }] }
    const loose = { title: '散', questions: [{ type: 'text', name: 'a' }, panel] }
    const [sheet] = sheetsOf(editable(loose))
    expect(sheet?.entries.map(({ name, place, panels }) => [name, place, panels])).toEqual([
      ['a', [0, 0], []],
      ['b', [0, 1, 0], ['一组']],
    ])
    expect(editable(editable(loose))).toEqual(editable(loose))
    expect(problems(shipped)).toEqual([])
  })

  test('keeps every question wherever one is moved, and moving back undoes it', () => {
    const places = entriesOf(shipped).map(({ place }) => place)
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(-1 as const, 1 as const), (place, step) => {
        const moved = move(shipped, place, step)
        expect(names(moved.definition).sort()).toEqual(names(shipped).sort())
        expect(elementAt(moved.definition, moved.place)).toEqual(elementAt(shipped, place))
        const back = move(moved.definition, moved.place, -step as 1 | -1)
        if (moved.place !== place) expect(back.definition).toEqual(shipped)
      }),
    )
  })

  test('goes over the edge of a page to the next one, and stays within its panel', () => {
    const definition = { pages: [{ elements: [{ name: 'a' }] }, { elements: [] }] }
    const moved = move(definition, [0, 0], 1)
    expect([names(moved.definition), moved.place]).toEqual([['a'], [1, 0]])
    expect(move(moved.definition, [1, 0], 1)).toEqual(moved)
    const panel = { pages: [{ elements: [{ type: 'panel', elements: [{ name: 'a' }] }] }] }
    expect(move(panel, [0, 0, 0], -1).definition).toEqual(panel)
  })

  test('takes one of every kind, and can be published with it', () => {
    const made = (Object.keys(kinds) as Kind[]).map((kind, at) => {
      let code = 0
      return newQuestion(kind, `q${at}`, () => `c${++code}`)
    })
    const all = made.reduce((now, question) => insertAt(now, [3, 0], question), shipped)
    expect(names(all)).toHaveLength(names(shipped).length + made.length)
    expect(problems(all)).toEqual([])
    expect(made.reduce((now) => removeAt(now, [3, 0]), all)).toEqual(shipped)
  })

  test('is left alone where nothing stands', () => {
    for (const place of [[], [9], [0, 99], [0, 1, 2, 3]]) {
      expect(removeAt(shipped, place)).toEqual(shipped)
      expect(changeAt(shipped, place, () => ({ name: 'x' }))).toEqual(shipped)
    }
  })

  test('says which questions read another', () => {
    expect(readersOf(shipped, 'circumstances_consent').map(({ name }) => name)).toEqual(['circumstances'])
    expect(readersOf(shipped, 'needs').map(({ name }) => name)).toContain('meal_times')
    expect(readersOf(shipped, 'sex')).toEqual([])
  })

  test('keeps its other languages when words are changed', () => {
    const text = { default: 'Age', 'zh-cn': '年龄', en: 'Age' }
    expect(withText({ title: text }, 'title', '您的年龄')).toEqual({ title: { ...text, 'zh-cn': '您的年龄' } })
    expect(withText({ title: '甲', description: '乙' }, 'description', '')).toEqual({ title: '甲' })
    expect([textOf(text), textOf(undefined), textOf(5)]).toEqual(['年龄', '', '5'])
  })
})

describe('choices', () => {
  const age = entry(shipped, 'age').json

  test('get other words and another order and keep their codes', () => {
    const renamed = renameChoice(moveChoice(age, 'choices', 0, 1), 'choices', 0, '成年')
    expect(choicesIn(renamed, 'choices').slice(0, 2)).toEqual([
      { value: '18-34', text: '成年' },
      { value: '14-17', text: '14～17 岁' },
    ])
    expect(renameChoice({ choices: ['a'] }, 'choices', 0, '甲')).toEqual({ choices: [{ value: 'a', text: '甲' }] })
    expect(moveChoice(age, 'choices', 0, -1)).toBe(age)
  })

  test('that go are no longer left out of the weighting', () => {
    const left = removeChoice(age, 'choices', 0)
    expect(left.demand).toEqual({ role: 'stratum', outside: ['unstated'] })
    expect(problems(changeAt(shipped, entry(shipped, 'age').place, () => left))).toEqual([])
    expect(choicesIn(addChoice(left, 'choices', { value: 'x', text: '新' }), 'choices').at(-1)?.value).toBe('x')
  })

  test('that are services come and go wherever services are asked about', () => {
    const more = addService(shipped, { value: 'pets', text: '宠物' })
    expect([choicesIn(entry(more, 'met').json, 'rows'), choicesIn(entry(more, 'top').json, 'choices')]).toEqual([
      expect.arrayContaining([{ value: 'pets', text: '宠物' }]),
      expect.arrayContaining([{ value: 'pets', text: '宠物' }]),
    ])
    expect(problems(more)).toEqual([])
    expect(removeService(more, 'pets')).toEqual(shipped)
    expect(codesIn(more).has('pets')).toBe(true)
  })
})
