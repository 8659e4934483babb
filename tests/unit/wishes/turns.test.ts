import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { turnsOf } from '../../../server/wishes/turns.ts'

test('the same thing is seen to go on until it has ended, also where it fails, and few things go on at once', async () => {
  const turns = turnsOf(2)
  let now = 0
  let most = 0
  const work = async () => {
    now += 1
    most = Math.max(most, now)
    await sleep(5)
    now -= 1
  }
  const all = ['a', 'b', 'c', 'd', 'e'].map((thing) => turns.take(thing, work))
  expect(turns.ahead('e')).toBeDefined()
  await turns.ahead('e')
  await Promise.all(all)
  expect([most, now, turns.ahead('a'), turns.ahead('e')]).toEqual([2, 0, undefined, undefined])
  const failing = turns.take('a', () => Promise.reject(new Error('no')))
  await turns.ahead('a')
  await expect(failing).rejects.toThrow('no')
  expect(await turns.take('a', async () => 'again')).toBe('again')
})
