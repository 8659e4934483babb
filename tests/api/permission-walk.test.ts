import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../checks/house.ts'
import { s1 } from '../checks/s1.ts'

/** A server of its own, and some thousands of calls. */
const PATIENCE_MS = 300_000

let house: House
beforeAll(async () => {
  house = await openHouse(1)
})
afterAll(() => house?.close())

test(
  'everybody gets their own part of every call, and what is not theirs is answered as if it were not there',
  async () => {
    const { figures, complaints } = await s1(house, 'test')
    expect(complaints).toEqual([])
    const figure = (name: string) => figures.find((each) => each.figure === name)?.value
    expect(figure('operations_not_walked')).toBe(0)
  },
  PATIENCE_MS,
)
