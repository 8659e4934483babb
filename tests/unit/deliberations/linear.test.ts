import { expect, test } from 'vitest'
import { type Done, explained, type Model } from '../../checks/linear.ts'

type Op = { put: number } | 'get'

/** Something that holds one number. */
const register: Model<number, Op, number> = {
  start: 0,
  step: (state, op) => (op === 'get' ? { state, answer: state } : { state: op.put, answer: op.put }),
}
const done = (op: Op, answer: number, begun: number, ended: number): Done<Op, number> => ({ op, answer, begun, ended })
const end = (...clients: Done<Op, number>[][]) => explained(register, clients, () => true)

test('what overlaps may have happened in any order, what does not only in its own', () => {
  const first = done({ put: 1 }, 1, 0, 4)
  expect(end([first], [done('get', 0, 1, 2)])).toBe(1)
  expect(end([first], [done('get', 1, 1, 2), done('get', 1, 3, 5)])).toBe(1)
  expect(end([first], [done('get', 1, 1, 2), done('get', 0, 3, 5)])).toBeUndefined()
  expect(end([first], [done('get', 0, 5, 6)])).toBeUndefined()
})

test('an order must also end where it ended', () => {
  const both = [[done({ put: 1 }, 1, 0, 2)], [done({ put: 2 }, 2, 1, 3)]]
  expect(explained(register, both, (state) => state === 1)).toBe(1)
  expect(explained(register, both, (state) => state === 3)).toBeUndefined()
})
