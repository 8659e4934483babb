import { describe, expect, it } from 'vitest'
import { compose } from '../../../shared/briefs/compose.ts'
import type { Block } from '../../../shared/document.ts'
import { planOf, rowsOf, type Voice } from '../demand/plan.ts'
import { factsOf, sectionOf } from './facts.ts'

const services = ['elder_care', 'health', 'culture']
const plan = planOf(services)

function brief(voices: (Voice & { times?: number })[], audience: 'staff' | 'public' = 'public') {
  const survey = { code: 'needs', title: '需求调查', version: 1, plan, questions: [] }
  return compose(factsOf([], { survey, tallies: rowsOf(plan, voices) }), audience)
}

const codes = (blocks: Block[]) => blocks.flatMap((block) => ('code' in block ? [block.code] : []))

describe('a brief of a community in which nobody needs anything', () => {
  const document = brief([
    { age: '18-34', times: 30 },
    { age: '60-79', times: 30 },
  ])

  it('says so in a sentence, with no table of noughts and no rating', () => {
    expect(sectionOf(document, '居民需求').trim()).toBe(
      '参加统计的60份答卷中，没有居民表示需要问卷所列的服务，因此不列需求率和优先度。',
    )
    expect(codes(document.blocks)).not.toContain('quadrant')
  })

  it('does not call anything what an age band needs most', () => {
    const text = sectionOf(document, '分人群需求')
    expect(text).not.toContain('最需要')
    expect(text).toBe('各年龄段都没有居民表示需要问卷所列的服务。')
  })

  it('does not say that what does not exist covers the need', () => {
    const text = sectionOf(document, '现有设施与缺口')
    expect(text).not.toContain('已能覆盖需求')
    expect(text).toContain('服务对象中没有人表示需要养老服务、健康服务和文化休闲，这些服务暂不计缺口。')
    expect(codes(document.blocks)).not.toContain('gaps-chart')
  })

  it('reads the same to the staff', () => {
    const staff = brief([{ age: '60-79', times: 60 }], 'staff')
    expect(sectionOf(staff, '居民需求')).toContain('没有居民表示需要问卷所列的服务')
    expect(codes(staff.blocks)).not.toContain('priority')
  })
})

describe('a public brief in which few need each thing', () => {
  const document = brief([...services.map((service) => ({ need: [service], times: 4 })), { age: '60-79', times: 20 }])

  it('gives the ranges and leaves out charts and tables in which nothing could stand', () => {
    const text = sectionOf(document, '居民需求')
    expect(text).toContain('各项服务需要或不需要的一方人数较少，为保护填答居民，只列人数范围或不公开，优先度暂不公布。')
    expect(text).toContain('1–9人')
    expect(text).not.toContain('满分')
    expect(codes(document.blocks)).not.toContain('priority')
    expect(codes(document.blocks)).not.toContain('needs-chart')
    expect(codes(document.blocks)).not.toContain('quadrant')
  })

  it('says nothing of what nobody in a band needs most', () => {
    expect(sectionOf(document, '分人群需求')).not.toContain('最需要')
  })
})

describe('a public brief of six answers', () => {
  const document = brief([{ need: ['health'], times: 6 }])

  it('lists whom services are for and what there is, without columns in which nothing could stand', () => {
    const text = sectionOf(document, '现有设施与缺口')
    expect(text).toContain('参加统计的答卷较少，各项服务的需求率和缺口暂不公开。')
    expect(text).not.toContain('不公开 0')
    expect(text).not.toContain('暂无')
    expect(text).toContain('各项服务的对象与现有设施能力')
  })

  it('gives one sentence where every reason is withheld', () => {
    const text = sectionOf(document, '功能建议与理由')
    expect(text.match(/具体数字不公开|理由暂不公开/g)).toHaveLength(1)
    expect(codes(document.blocks)).not.toContain('left-out')
  })
})
