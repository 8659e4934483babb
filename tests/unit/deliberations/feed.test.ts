import { expect, test } from 'vitest'
import type { StoredEvent } from '../../../server/deliberations/event-queries.ts'
import { FAR, feedFrom } from '../../../server/deliberations/feed.ts'

const plain = {
  item: null,
  proposal: null,
  service: null,
  state: 'shown' as const,
  result: null,
  answer: null,
  merged: [],
}
const event = (seq: number, audience: 'all' | 'desk' = 'all', length = 0): StoredEvent => {
  const statement = { ...plain, id: String(seq), number: seq, text: 'x'.repeat(length) }
  return { seq, audience, body: { kind: 'statement', statement } }
}
const speakers = (seq: number): StoredEvent => ({ seq, audience: 'all', body: { kind: 'speakers', speakers: [] } })
const seqs = (bytes: Buffer | undefined) =>
  [...(bytes?.toString() ?? '').matchAll(/^id: (\d+)$/gm)].map(([, n]) => Number(n))

test('everybody is given what they have not seen, the desk with what is its own', () => {
  const feed = feedFrom(10)
  feed.take([event(11), event(12, 'desk'), event(13)])
  expect(feed.seq()).toBe(13)
  expect(seqs(feed.since(10, 'all'))).toEqual([11, 13])
  expect(seqs(feed.since(11, 'desk'))).toEqual([12, 13])
  expect(feed.since(13, 'all')?.length).toBe(0)
  // The same bytes for all who are at the same place.
  expect(feed.since(11, 'all')).toBe(feed.since(11, 'all'))
  feed.take([event(14)])
  expect(seqs(feed.since(11, 'all'))).toEqual([13, 14])
})

test('who is before what is kept, or ahead of it, is not given a part', () => {
  const feed = feedFrom(10)
  feed.take([event(11)])
  expect(feed.since(9, 'all')).toBeUndefined()
  expect(feed.since(12, 'all')).toBeUndefined()
  feed.take(Array.from({ length: FAR }, (_, at) => event(12 + at)))
  expect(feed.since(10, 'all')).toBeUndefined()
  expect(seqs(feed.since(11, 'all')).length).toBe(FAR)
})

test('large events are kept for a shorter while', () => {
  const feed = feedFrom(0)
  feed.take(Array.from({ length: 10 }, (_, at) => event(at + 1, 'all', 1024 * 1024)))
  expect(feed.since(0, 'all')).toBeUndefined()
  expect(seqs(feed.since(7, 'all'))).toEqual([8, 9, 10])
})

test('what was taken the place of meanwhile is not told again', () => {
  const feed = feedFrom(0)
  feed.take([speakers(1), event(2), speakers(3), event(4), speakers(5)])
  expect(seqs(feed.since(0, 'all'))).toEqual([2, 4, 5])
  expect(seqs(feed.since(3, 'all'))).toEqual([4, 5])
})
