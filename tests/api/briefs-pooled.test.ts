import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { definition } from '../load/answers.ts'
import { figureAt } from '../unit/briefs/figures.ts'
import { type OpenBriefs, openBriefs, read } from './briefs-district.ts'

/** A survey that is weighted over the whole district, to margins that the definition names. */
const women = 0.7
const pooled = {
  ...definition,
  weighting: {
    scope: 'district',
    cap: 5,
    margins: [['sex']],
    targets: { sex: { female: women, male: 1 - women } },
  },
}

let district: OpenBriefs
beforeAll(async () => {
  district = await openBriefs()
  const { status, body } = await district.publish({ title: '全区调查', definition: pooled })
  if (status !== 201) throw new Error(JSON.stringify(body))
  await district.send('C001', 70, { version: 2 })
  await district.send('C002', 50, { version: 2 })
})
afterAll(() => district?.stop())

interface Answers {
  residence: string
  age: string
  sex: string
  needs: string[]
}

/** Everybody's weight is the target of their sex over its share among all who answered, wherever they live. */
function expected(community: string, service: string): number {
  const ages = ['18-34', '35-59', '60-79', '80+']
  const everybody = district.sent.map((one) => ({ community: one.community, ...(one.answers as Answers) }))
  const people = everybody.filter(({ residence, age, sex }) => {
    return residence === 'here' && ages.includes(age) && sex !== 'unstated'
  })
  const weight = (sex: string) => {
    const share = people.filter((one) => one.sex === sex).length / people.length
    return (sex === 'female' ? women : 1 - women) / share
  }
  const own = people.filter((one) => one.community === community)
  const sum = (some: typeof own) => some.reduce((total, { sex }) => total + weight(sex), 0)
  return sum(own.filter(({ needs }) => needs.includes(service))) / sum(own)
}

for (const audience of ['staff', 'public']) {
  test(`the ${audience} brief of a survey weighted over the whole district uses those weights, and keeps them with its facts`, async () => {
    const entry = await district.edition('S1', audience)
    const document = read(await district.file(entry))
    const { plan } = JSON.parse(
      (await district.pool.query("SELECT facts FROM briefs WHERE site_code = 'S1' AND audience = $1", [audience]))
        .rows[0].facts,
    ).survey
    for (const service of ['community_meals', 'health', 'culture']) {
      const at = plan.services.indexOf(service)
      const { value } = figureAt(document, 'demand', 'services', at, 'need', 'p')
      expect(value).toBeCloseTo(expected('C001', service), 6)
    }
  })
}

test('first results rest on the last public brief, however many answer after it', async () => {
  const results = async () => {
    const url = '/api/districts/YX/communities/C001/results'
    return (await district.call('GET', url, undefined, {}, '10.1.1.1')).body as unknown as { n: number | null }
  }
  const { n } = await results()
  expect(n).toBeGreaterThan(30)
  await district.send('C001', 30, { version: 2 })
  await sleep(5_100)
  expect((await results()).n).toBe(n)
})

test('a survey weighted by a variable of its own says so in the words of its question', async () => {
  const [first, ...others] = definition.pages as { elements: object[] }[]
  const housing = {
    type: 'radiogroup',
    name: 'housing',
    title: '您的住房是？',
    choices: [
      { value: 'own', text: '自己的' },
      { value: 'rent', text: '租的' },
      { value: 'secret', text: '不愿说' },
    ],
    demand: { role: 'stratum', outside: ['secret'] },
  }
  const own = {
    ...definition,
    weighting: {
      scope: 'district',
      margins: [['housing'], ['sex']],
      targets: { housing: { own: 3, rent: 1 }, sex: { male: 1, female: 1 } },
    },
    pages: [{ ...first, elements: [...first!.elements, housing] }, ...others],
  }
  const { status, body } = await district.publish({ title: '住房调查', definition: own }, 'housing')
  if (status !== 201) throw new Error(JSON.stringify(body))
  for (const [at, answer] of ['secret', undefined, ...Array(60).fill(['own', 'rent']).flat()].entries()) {
    const made = district.make({ community: 'C003', proxy: false })
    const answers = { ...(made.answers as object), residence: 'here', age: '35-59', sex: at % 2 ? 'male' : 'female' }
    const sent = { ...made, answers: answer ? { ...answers, housing: answer } : answers }
    const reply = await district.call('POST', '/api/districts/YX/surveys/housing/responses', sent)
    if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
  }
  await district.folded()
  const text = JSON.stringify(read(await district.file(await district.edition('S4'))))
  expect(text).toContain('按“您的住房是？”、性别逐项迭代加权')
  expect(text).toContain('对“您的住房是？”答“不愿说”')
  expect(text).toContain('没有回答“您的住房是？”')
  expect(text).not.toMatch(/housing:|、housing|按housing/)
})
