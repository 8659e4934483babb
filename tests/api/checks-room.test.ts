import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../checks/house.ts'
import { r11 } from '../checks/r11.ts'

/** Servers are started and stopped here, which takes its time on a machine that does other things too. */
const PATIENCE_MS = 150_000

let house: House
beforeAll(async () => {
  house = await openHouse(1)
})
afterAll(() => house?.close())

test(
  'screens that follow a room through a restart are all back, and show what is in the database',
  async () => {
    expect((await r11(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
