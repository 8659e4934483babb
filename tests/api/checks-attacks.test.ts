import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Check } from '../checks/check.ts'
import { type House, openHouse } from '../checks/house.ts'
import { s4 } from '../checks/s4.ts'
import { s5 } from '../checks/s5.ts'
import { s8 } from '../checks/s8.ts'
import { s11 } from '../checks/s11.ts'
import { s12 } from '../checks/s12.ts'
import { s14 } from '../checks/s14.ts'

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
  [
    'what the house is built from is pinned, licensed and runs nothing on its own, and an old database is called old',
    s14,
  ],
  ['SQL in every place where words may stand finds nothing and changes nothing', s4],
  ['those who send slowly, much or in twisted words are refused and keep nobody waiting', s11],
  ['addresses that people write are never asked for anything', s8],
  ['scripts stored in every text are words on every page', s5],
]

test.each(checks)(
  '%s',
  async (_promise, check) => {
    expect((await check(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
