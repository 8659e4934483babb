import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWishes, type Wishes } from './wishes-district.ts'

let house: Wishes
beforeAll(async () => {
  house = await openWishes()
})
afterAll(() => house?.stop())

test('a wish that is posted and approved is on the board', async () => {
  const { wish } = await house.open()
  const { rows } = await house.look(`select state, number, revision from wishes where id = '${wish}'`)
  expect(rows).toEqual([{ state: 'open', number: 1, revision: 2 }])
})
