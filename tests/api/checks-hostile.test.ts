import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../checks/house.ts'
import { s3 } from '../checks/s3.ts'
import { s6 } from '../checks/s6.ts'
import { s7 } from '../checks/s7.ts'

/** Servers are started and killed here, which takes its time on a machine that does other things too. */
const PATIENCE_MS = 150_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

test(
  'uploads that are not what they say are refused by name and leave nothing behind',
  async () => {
    expect((await s7(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'words that a spreadsheet program would run stay words in every table that leaves the house',
  async () => {
    expect((await s6(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'calls bent and broken in every way are refused by name, and nothing wrong is taken in',
  async () => {
    expect((await s3(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
