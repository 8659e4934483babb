import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../checks/house.ts'
import { r3 } from '../checks/r3.ts'
import { r4 } from '../checks/r4.ts'
import { r18 } from '../checks/r18.ts'
import { s2 } from '../checks/s2.ts'

/** Servers are started and killed here, which takes its time on a machine that does other things too. */
const PATIENCE_MS = 150_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

test('somebody who writes SQL as the application sees and changes nothing of another district', async () => {
  expect((await s2(house, 'test')).complaints).toEqual([])
})

test(
  'the same answer five times at once is one row and one receipt, also after a restart; other content is refused',
  async () => {
    expect((await r4(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'people who hang up in the middle of a submission leave nothing open and lose nothing',
  async () => {
    expect((await r18(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'a server told to stop finishes the answers on their way and leaves nothing to recover',
  async () => {
    expect((await r3(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
