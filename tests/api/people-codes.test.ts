import { afterAll, beforeAll, expect, test } from 'vitest'
import { oneTimeCode } from '../setup/people.ts'
import { type House, openHouse, password } from './people-district.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.stop())

test('a code of an authenticator opens the door once, also the one that set it up', async () => {
  const one = house.browser()
  await one.call('POST', '/setup', { district: 'YX', username: 'admin', name: '周主任', password })
  const { secret } = (await one.call('POST', '/me/second-factor', { password })).body
  const [first, second] = [oneTimeCode(secret, Date.now()), oneTimeCode(secret, Date.now() + 30_000)]
  expect((await one.call('PUT', '/me/second-factor', { code: first })).status).toBe(200)
  const sessions = async () => (await house.look('select count(*)::int as n from auth_session')).rows[0].n
  const before = await sessions()
  const enter = async (code: string) => {
    const other = house.browser()
    await other.signIn('admin', password)
    return await other.call('POST', '/sign-in/second', { code })
  }
  expect(await enter(first)).toMatchObject({ status: 401, body: { code: 'wrong_code' } })
  expect((await enter(second)).status).toBe(200)
  expect(await enter(second)).toMatchObject({ status: 401, body: { code: 'wrong_code' } })
  expect(await sessions()).toBe(before + 1)
})
