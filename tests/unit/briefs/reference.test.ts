import { describe, expect, it } from 'vitest'
import { compose } from '../../../shared/briefs/compose.ts'
import { type Towards, towardsOf } from '../../../shared/demand/shrink.ts'
import { type Block, partsOf, spoken } from '../../../shared/document.ts'
import { shrunk } from '../../../shared/statistics/beta-binomial.ts'
import { factsOf, plan, sectionOf } from './facts.ts'

/** Elsewhere one in four needs each service, worth 40 answers. */
const prior = { a: 10, b: 30 }
const towards: Towards = Object.fromEntries(plan.services.map((code) => [code, { need: prior, unmet: prior }]))
const district = { services: [], inputs: ['tallies:YX/needs/1/C002@7'] } as never
const voices = (times: number) => [
  { need: ['health'], unmet: ['health'], times },
  { need: [], times },
]
const facts = (times: number, more = {}) => factsOf(voices(times), { districtDemand: district, towards, ...more })

const tableOf = (blocks: Block[]) => blocks.find((block) => block.kind === 'table' && block.code === 'reference')

describe('a community with few answers', () => {
  it('shows its shares drawn towards the others, marked 参考, beside its own', () => {
    const document = compose(facts(10), 'staff')
    const table = tableOf(document.blocks)
    if (table?.kind !== 'table') throw new Error('there is no such table')
    expect(table.columns.map(({ title }) => title)).toEqual([
      '服务',
      '需求率',
      '参考需求率',
      '未满足率',
      '参考未满足率',
    ])
    const [, own, drawn] = table.rows.find(([name]) => name === '健康服务')!
    const { share, low, high } = shrunk(10, 20, prior)
    const percent = (value: number) => (value * 100).toFixed(1)
    expect(partsOf(own!)[0]).toMatchObject({ value: 0.5 })
    expect(spoken(partsOf(drawn!))).toBe(`${percent(share)}%（${percent(low)}–${percent(high)}）`)
    const inputs = expect.arrayContaining(['tallies:YX/needs/1/C002@7'])
    expect(partsOf(drawn!)[0]).toMatchObject({ value: share, source: { of: 'comparison', inputs } })
    expect(sectionOf(document, '居民需求')).toContain('参考')
  })

  it('shows none where there are a hundred answers, no others to look at, or nobody answered', () => {
    for (const given of [facts(50), facts(10, { towards: undefined }), facts(0)])
      expect(tableOf(compose(given, 'staff').blocks)).toBeUndefined()
  })

  it('shows none in the public edition, which would tell of the others', () => {
    expect(tableOf(compose(facts(10), 'public').blocks)).toBeUndefined()
  })
})

it('communities without a prior of their services are drawn towards nothing', () => {
  expect(towardsOf([], {})).toEqual({})
})
