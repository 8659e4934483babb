import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../checks/house.ts'
import { s9 } from '../checks/s9.ts'
import { s10 } from '../checks/s10.ts'
import { s13 } from '../checks/s13.ts'
import { s15 } from '../checks/s15.ts'

/** Servers are started and killed here, which takes its time on a machine that does other things too. */
const PATIENCE_MS = 150_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

test(
  'sessions end everywhere when they should, cannot be planted and are of no use to other sites',
  async () => {
    expect((await s10(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'guessing gets nobody in, answers tell nobody apart, and caps on messages hold whatever a visitor says',
  async () => {
    expect((await s9(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'answers that were brushed in are put before a person, honest ones are not, and every total is there either way',
  async () => {
    expect((await s13(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'what is held about somebody is handed over whole, and once erased is found nowhere',
  async () => {
    expect((await s15(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
