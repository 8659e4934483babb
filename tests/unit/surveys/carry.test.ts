import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../../server/surveys/conditions.ts'
import { shippedCatalogue } from '../../../shared/places/catalogue.ts'
import { carriedOn, carrierOf, carry, together } from '../../../shared/surveys/carry.ts'
import { compile } from '../../../shared/surveys/compile.ts'
import type { Json, SurveyDefinition } from '../../../shared/surveys/definition.ts'
import { completed, type Mapping, mappingRefusals, proposal } from '../../../shared/surveys/mapping.ts'
import { questionnaire } from '../../../shared/surveys/questionnaire.ts'
import { signals } from '../../../shared/surveys/signals.ts'
import type { TallyRow } from '../../../shared/surveys/tally.ts'
import { addEntries, unpackCounts } from '../../../shared/surveys/tally.ts'
import type { TallyPlan } from '../../../shared/surveys/tally-plan.ts'
import { respond, seeded } from './random-answers.ts'

const shipped = () => questionnaire(shippedCatalogue().services) as SurveyDefinition
const nothing: Mapping = { questions: {}, choices: {} }

function compiled(definition: Json) {
  const result = compile(definition, compileCondition)
  if (!result.ok) throw new Error(JSON.stringify(result.refusals))
  return result.survey
}

// biome-ignore lint/suspicious/noExplicitAny: a definition is edited as somebody would in a file
const edited = (change: (question: (name: string) => any, definition: any) => void): SurveyDefinition => {
  const copy = JSON.parse(JSON.stringify(shipped()))
  // biome-ignore lint/suspicious/noExplicitAny: the same
  const all = copy.pages.flatMap((page: any) => page.elements)
  change((name) => all.find((one: { name: string }) => one.name === name), copy)
  return copy
}

function counted(plan: TallyPlan, all: Json[], community = 'C001'): TallyRow[] {
  const rows = all.map((answers): TallyRow => {
    const { cell, hits } = signals(plan, answers)
    const entry = ['s', 1, community, cell, 'online', 0, 'kept', 1, hits, plan.indicators] as const
    const counts = unpackCounts(addEntries('', [entry as never]))
    return { community, cell, channel: 'online', proxy: false, review: 'kept', n: 1, counts }
  })
  return together([rows])
}

const inOrder = (rows: TallyRow[]) =>
  rows
    .map(({ counts, ...row }) => ({
      ...row,
      counts: counts.slice(0, counts.findLastIndex((count) => count !== 0) + 1),
    }))
    .sort((a, b) => a.cell - b.cell)

/** What somebody would have answered to the later version, had they seen it. */
function translated(answers: Json, mapping: Mapping, left: string[]): Json {
  const entries = Object.entries(answers).flatMap(([name, value]): [string, unknown][] => {
    const to = mapping.questions[name]
    if (to == null || left.includes(name)) return []
    const choice = (one: unknown) => mapping.choices[name]?.[String(one)] ?? one
    const rows = (one: Json) =>
      Object.fromEntries(Object.entries(one).map(([row, v]) => [mapping.rows?.[name]?.[row] ?? row, choice(v)]))
    if (Array.isArray(value)) return [[to, value.map(choice)]]
    return [[to, typeof value === 'object' ? rows(value as Json) : choice(value)]]
  })
  return Object.fromEntries(entries)
}

function expectCarried(later: SurveyDefinition, said: Mapping, left: string[] = []) {
  const [old, now] = [shipped(), later]
  expect(mappingRefusals(old, now, said)).toEqual([])
  const mapping = completed(old, now, said)
  const [before, after] = [compiled(old), compiled(now)]
  const random = seeded(41)
  const answers = Array.from({ length: 150 }, () => respond(before, old, random))
  const carrying = carrierOf(
    { version: 1, definition: old, plan: before.plan },
    { definition: now, plan: after.plan },
    mapping,
  )
  if (!carrying.ok) throw new Error(carrying.why.join())
  const carried = carry(carrying.carrier, counted(before.plan, answers))
  const recounted = counted(
    after.plan,
    answers.map((one) => translated(one, mapping, left)),
  )
  expect(inOrder(carried)).toEqual(inOrder(recounted))
  return carrying.carrier
}

describe('answers to an earlier version, carried over, are what their answers translated by the mapping would count', () => {
  test('where a misprint was corrected', () => {
    const later = edited((question) => {
      question('needs').title = '您和家人需要社区提供哪些服务（改正）？'
      question('needs').choices[0].text = '养老照料'
    })
    expect(expectCarried(later, nothing).alike).toBe(true)
  })

  test('where services, levels and questions have other names and another order', () => {
    const later = edited((question) => {
      for (const name of ['needs', 'top']) {
        question(name).choices[0].value = 'elders'
        question(name).choices.reverse()
      }
      question('met').rows[0].value = 'elders'
      question('age').choices[0].value = 'youth'
      question('age').demand.outside = question('age').demand.outside?.map((one: string) =>
        one === '14-17' ? 'youth' : one,
      )
      question('elder_care_users').visibleIf = "{needs} contains 'elders'"
      question('circumstances').choices.reverse()
      question('meal_price').choices.reverse()
      question('meal_price').name = 'lunch_price'
    })
    const old = shipped()
    const first = (old.pages as never as { elements: { name: string; choices: { value: string }[] }[] }[])
      .flatMap(({ elements }) => elements)
      .find(({ name }) => name === 'needs')!.choices[0]!.value
    const age = (old.pages as never as { elements: { name: string; choices: { value: string }[] }[] }[])
      .flatMap(({ elements }) => elements)
      .find(({ name }) => name === 'age')!.choices[0]!.value
    const said: Mapping = {
      questions: { meal_price: 'lunch_price' },
      choices: { needs: { [first]: 'elders' }, top: { [first]: 'elders' }, age: { [age]: 'youth' } },
      rows: { met: { [first]: 'elders' } },
    }
    // Its condition names the service by its new value, so that others are asked as far as can be told.
    expect(expectCarried(later, said, ['elder_care_users']).alike).toBe(false)
  })

  test('where a question with other choices, or one that is given up, is counted anew', () => {
    const later = edited((question, definition) => {
      question('meal_price').choices.push({ value: 'free', text: '免费' })
      const use = definition.pages[2]
      use.elements = use.elements.filter(({ name }: { name: string }) => name !== 'meal_times')
      use.elements.push({
        type: 'radiogroup',
        name: 'new_one',
        title: '新的一题',
        choices: ['a', 'b'],
        visibleIf: '{needs} notempty',
      })
    })
    const said = { questions: { meal_times: null }, choices: {} }
    expect(expectCarried(later, said, ['meal_price', 'meal_times']).alike).toBe(true)
  })
})

describe('answers are not carried', () => {
  const why = (later: SurveyDefinition) => {
    const old = shipped()
    const mapping = proposal(old, later)
    const carrying = carrierOf(
      { version: 1, definition: old, plan: compiled(old).plan },
      { definition: later, plan: compiled(later).plan },
      mapping,
    )
    return carrying.ok ? [] : carrying.why
  }

  test('where a service was added, which nobody could ask for before', () => {
    const later = questionnaire([...shippedCatalogue().services, { code: 'parking', zh: '停车' }]) as SurveyDefinition
    expect(why(later).join()).toContain('新增选项“停车”')
  })

  test('where more may come first, or only some are asked', () => {
    expect(why(edited((question) => Object.assign(question('top'), { maxSelectedChoices: 5 }))).join()).toContain(
      '最多5项',
    )
    const some = edited((question) => Object.assign(question('needs'), { visibleIf: "{sex} = 'male'" }))
    expect(why(some).join()).toContain('显示的条件变了')
  })

  test('where the weights rest on other levels', () => {
    expect(why(edited((question) => question('age').choices.splice(2, 1))).join()).toContain('去掉选项')
  })
})

test('three versions one after the other carry as one step does', () => {
  const [a, b] = [shipped(), edited((question) => question('meal_price').choices.reverse())]
  const c = edited((question) => question('meal_times').choices.reverse())
  const side = (definition: SurveyDefinition) => ({ definition, plan: compiled(definition).plan })
  const step = (version: number, from: SurveyDefinition, to: SurveyDefinition) => {
    const carrying = carrierOf({ version, ...side(from) }, side(to), proposal(from, to))
    if (!carrying.ok) throw new Error(carrying.why.join())
    return carrying.carrier
  }
  expect(carriedOn(step(1, a, b), step(2, b, c))).toEqual(step(1, a, c))
})
