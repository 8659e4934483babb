import { describe, expect, test } from 'vitest'
import { compose } from '../../../shared/briefs/compose.ts'
import type { Facts } from '../../../shared/briefs/facts.ts'
import { rowsOf } from '../demand/plan.ts'
import { factsOf, plan, sectionOf } from './facts.ts'

const kept = rowsOf(plan, [
  ...Array.from({ length: 40 }, () => ({ need: ['health'] })),
  ...Array.from({ length: 20 }, () => ({ need: ['culture'] })),
])
const excluded = rowsOf(
  plan,
  Array.from({ length: 12 }, () => ({ need: ['elder_care'] })),
).map((row) => {
  return { ...row, review: 'excluded' as const }
})
const reviewed: Facts['reviewed'] = {
  ...{ flagged: 15, open: 2, excluded: 12 },
  signs: [
    { sign: 'device', n: 12, excluded: 11 },
    { sign: 'fast', n: 4, excluded: 1 },
  ],
}
const facts = factsOf([], { tallies: [...kept, ...excluded], reviewed })
const quality = (of: Facts, audience: 'staff' | 'public') => sectionOf(compose(of, audience), '调查情况与数据质量')

describe('says of flagged answers', () => {
  test('how many there were, what was excluded and why, and how the first three needs would read with all', () => {
    const text = quality(facts, 'staff')
    expect(text).toContain('提示了有疑点的答卷15份')
    expect(text).toContain('排除12份，尚未复核2份')
    expect(text).toContain('同一设备多份 12 11')
    expect(text).toContain('如果把排除的答卷也计入（共72份）')
    expect(text).toMatch(/健康服务55\.6%.*不计入时66\.7%/)
    expect(text).toMatch(/养老服务16\.7%.*不计入时0\.0%/)
  })

  test('to the public only in tens, and nothing from which single answers could be told', () => {
    const text = quality(facts, 'public')
    expect(text).toContain('提示了有疑点的答卷10–19份')
    expect(text).toContain('排除10–19份，尚未复核1–9份')
    expect(text).toContain('答得太快 1–9 1–9')
    expect(text).not.toContain('如果把排除的答卷也计入')
  })

  test('nothing where there are none, nor in a brief that was frozen before they were looked at', () => {
    const { reviewed: _, ...before } = facts
    expect(quality(before, 'staff')).not.toContain('疑点')
  })
})
