import { afterAll, expect, test } from 'vitest'
import { threadPool } from '../../../server/platform/thread-pool.ts'

/** Does what it is told, be it that it never ends, fills its memory or goes away. */
const thread = `
  import { parentPort } from 'node:worker_threads'
  parentPort.on('message', (order) => {
    const kept = []
    while (order === 'late') continue
    while (order === 'full') kept.push(new Array(1000).fill({}))
    if (order === 'gone') process.exit(3)
    parentPort.postMessage(order === 'wrong' ? { error: 'wrong' } : { result: order })
  })`

const pool = threadPool<string, string>({
  script: new URL(`data:text/javascript,${encodeURIComponent(thread)}`),
  threads: 1,
  mostWaiting: 3,
  limitMs: 5_000,
  idleMs: 1_000,
  maxOldGenerationSizeMb: 32,
  maxYoungGenerationSizeMb: 8,
})
afterAll(() => pool.close())

test.each([
  ['late', 'late'],
  ['full', 'full'],
  ['gone', 'fault'],
  ['wrong', 'fault'],
])('an order that goes %s is given up with the reason, and the next one is done', async (order, why) => {
  const [given, next] = await Promise.allSettled([pool.ask(order), pool.ask('next')])
  expect(given).toMatchObject({ status: 'rejected', reason: { name: 'WorkFailed', why } })
  expect(next).toMatchObject({ status: 'fulfilled', value: 'next' })
})

test('as many wait as may, and one more is refused', async () => {
  const asked = await Promise.allSettled(['1', '2', '3', '4', '5'].map((order) => pool.ask(order)))
  expect(asked.map(({ status }) => status)).toEqual([...Array(4).fill('fulfilled'), 'rejected'])
  expect(asked[4]).toMatchObject({ reason: { code: 'busy' } })
})
