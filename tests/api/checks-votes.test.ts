import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../checks/house.ts'
import { r7 } from '../checks/r7.ts'
import { r8 } from '../checks/r8.ts'
import { r12 } from '../checks/r12.ts'

/** A server is started here, which takes its time on a machine that does other things too. */
const PATIENCE_MS = 150_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

test(
  'wishes on which all press at once, that are given back and run out meanwhile, are held by one each at every moment',
  async () => {
    expect((await r7(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'votes that are tried again, changed and cut off by the closing leave one last word each, and none from after it',
  async () => {
    expect((await r8(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'whatever four clients do to votes, questions and claims at once could have happened one after the other',
  async () => {
    expect((await r12(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
