import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse } from '../checks/house.ts'
import { r1 } from '../checks/r1.ts'
import { r2 } from '../checks/r2.ts'
import { r5 } from '../checks/r5.ts'
import { r6 } from '../checks/r6.ts'
import { r9 } from '../checks/r9.ts'
import { r10 } from '../checks/r10.ts'
import { r13 } from '../checks/r13.ts'

/** Servers are started and killed here, which takes its time on a machine that does other things too. */
const PATIENCE_MS = 150_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

test(
  'a server killed under load has every answer that got a receipt, exactly once',
  async () => {
    expect((await r1(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'a database killed under load is back by itself, and nobody hears anything worse than to wait',
  async () => {
    expect((await r2(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'answers to one survey that come all at once neither block nor refuse one another',
  async () => {
    expect((await r6(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'people who answer at a steady rate, and phones that send what they kept, all get their receipts',
  async () => {
    expect((await r9(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'five times as many people as usual lose nothing that was acknowledged, and it passes',
  async () => {
    expect((await r10(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'while something in the database holds every connection, people are told to come again, and then all goes on',
  async () => {
    expect((await r13(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'after all that every tally is what a recount of the answers says',
  async () => {
    expect((await r5(house, 'test')).complaints).toEqual([])
  },
  PATIENCE_MS,
)
