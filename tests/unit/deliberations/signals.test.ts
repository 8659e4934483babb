import { expect, test } from 'vitest'
import { signals, type Voiced, type Weighed } from '../../../shared/deliberations/signals.ts'
import { voicesOf } from '../../../shared/demand/voices.ts'

const weighed = (statement: string, agree: number, disagree: number, more: Partial<Weighed> = {}): Weighed => {
  return { statement, own: true, closedAt: '2026-11-20', agree, disagree, ...more }
}
const evening: Voiced = {
  community: 'C001',
  statements: [
    { id: 'a', service: 'community_meals' },
    { id: 'b', service: 'community_meals' },
    { id: 'c', service: 'culture' },
  ],
  weighed: [weighed('a', 31, 5), weighed('b', 11, 2), weighed('gone', 99, 99)],
  resolved: ['canteen', 'unheard-of'],
}
const serviceOf = (code: string) => (code === 'canteen' ? 'community_meals' : undefined)
const voices = (...voiced: Voiced[]) => Object.fromEntries(voicesOf(signals(voiced, serviceOf)))

test('statements, votes on them and resolutions become signals of a deliberation, without a cell', () => {
  const of = { source: 'deliberation', community: 'C001', service: 'community_meals' }
  expect(signals([evening], serviceOf)).toEqual([
    { ...of, kind: 'need', n: 2 },
    { ...of, kind: 'agree', n: 42 },
    { ...of, kind: 'disagree', n: 7 },
    { ...of, service: 'culture', kind: 'need', n: 1 },
    { ...of, function: 'canteen', kind: 'resolved', n: 1 },
  ])
})

test('they are told by community and service, and several deliberations add up', () => {
  const next = { ...evening, statements: evening.statements.slice(0, 1), resolved: [] }
  expect(voices(evening, next, { ...next, community: 'C002' })).toEqual({
    C001: [
      { service: 'community_meals', statements: 3, agree: 73, disagree: 12, resolved: 1 },
      { service: 'culture', statements: 1, agree: 0, disagree: 0, resolved: 0 },
    ],
    C002: [{ service: 'community_meals', statements: 1, agree: 31, disagree: 5, resolved: 0 }],
  })
})

test('people who voted on a statement twice count once: by its own words, and by the last question', () => {
  const merged = weighed('a', 20, 0, { own: false })
  const later = weighed('a', 33, 1, { closedAt: '2026-11-21' })
  const agreed = (...on: Weighed[]) => voices({ ...evening, weighed: on }).C001![0]!.agree
  expect(agreed(merged, weighed('a', 31, 5))).toBe(31)
  expect(agreed(later, weighed('a', 31, 5), merged)).toBe(33)
  expect(agreed(merged)).toBe(20)
  expect(agreed()).toBe(0)
})
