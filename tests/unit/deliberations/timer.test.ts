import { expect, test } from 'vitest'
import { timing } from '../../../shared/deliberations/timer.ts'

const start = '2026-11-22T11:00:00.000Z'
const after = (seconds: number) => timing(start, 600, new Date(Date.parse(start) + seconds * 1000))

test.each([
  [0, { words: '还剩 10:00', isOver: false, share: 0 }],
  [348, { words: '还剩 4:12', isOver: false, share: 0.58 }],
  [600, { words: '还剩 0:00', isOver: false, share: 1 }],
  [607, { words: '已超时 7 秒', isOver: true, share: 1 }],
  [665, { words: '已超时 1 分 05 秒', isOver: true, share: 1 }],
  // The clock of the screen may be a little behind the server's.
  [-2, { words: '还剩 10:00', isOver: false, share: 0 }],
])('after %i of 600 seconds', (seconds, words) => {
  expect(after(seconds)).toEqual(words)
})
