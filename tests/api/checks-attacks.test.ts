import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Check } from '../checks/check.ts'
import { type House, openHouse } from '../checks/house.ts'
import { s12 } from '../checks/s12.ts'

/** Servers are started and killed here, which takes its time on a machine that does other things too. */
const PATIENCE_MS = 150_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const checks: [promise: string, check: Check][] = [
  [
    'what people said and who they are stands in no log and no refusal, and whoever was kept out stands there once',
    s12,
  ],
]

test.each(checks)(
  '%s',
  async (_promise, check) => {
    expect((await check(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
