import { afterAll, beforeAll, expect, test } from 'vitest'
import { administrator, at, type Browser, begin, gap, type House, openHouse } from './people-district.ts'

let house: House
let admin: Browser
const courier = '13800000001'
const resident = '13800000002'
beforeAll(async () => {
  house = await openHouse()
  admin = await administrator(house)
  const given = { username: 'courier1', name: '王跑跑', phone: courier, grants: [at('courier', 'C001')] }
  await admin.call('POST', '/districts/YX/people', given)
})
afterAll(() => house?.stop())

const forgive = () => house.look('delete from sign_in_attempts')
const ask = (phone: string, one = house.browser()) => one.call('POST', '/sign-in/phone', { district: 'yx', phone })
const enter = (phone: string, code: string, one = house.browser()) =>
  one.call('POST', '/sign-in/phone/code', { district: 'YX', phone, code })

/** The code in the newest message to a phone. */
async function received(phone: string): Promise<string> {
  const messages = await house.app.sms.outbox(1)
  const { text } = messages.filter((message) => message.phone === phone).sort((a, b) => +b.createdAt - +a.createdAt)[0]!
  return text.match(/\d{6}/)![0]
}

test('a courier signs in with the code from a message, once', async () => {
  expect((await ask(courier)).body).toEqual({ done: true })
  const code = await received(courier)
  const one = house.browser()
  expect(await enter(courier, code, one)).toMatchObject({
    status: 200,
    body: { username: 'courier1', name: '王跑跑', must: null, hasPassword: false, grants: [at('courier', 'C001')] },
  })
  expect((await one.call('GET', '/me')).status).toBe(200)
  expect(await enter(courier, code)).toMatchObject({ status: 401, body: { code: 'wrong_code' } })
})

test('a resident gets an account with the first code, finds it again with the next, and is not among the staff', async () => {
  const ids = new Set()
  for (let i = 0; i < 2; i += 1) {
    await forgive()
    await ask(resident)
    const { status, body } = await enter(resident, await received(resident))
    expect([status, body.grants, body.must]).toEqual([200, [], null])
    ids.add(body.id)
  }
  expect(ids.size).toBe(1)
  const listed = (await admin.call('GET', '/districts/YX/people')).body
  expect(listed.map(({ username }: { username: string }) => username)).toEqual(['admin', 'courier1'])
})

test('a code takes five tries and no sixth, however they come', async () => {
  await forgive()
  await ask(resident)
  const code = await received(resident)
  const wrong = code === '123456' ? '654321' : '123456'
  const tries = await Promise.all(Array.from({ length: 12 }, () => enter(resident, wrong)))
  expect(tries.every(({ status }) => status === 401)).toBe(true)
  expect(await enter(resident, code)).toMatchObject({ status: 401, body: { code: 'wrong_code' } })
  const { rows } = await house.look('select tries from phone_codes')
  expect(rows).toEqual([{ tries: 5 }])
})

test('one phone gets one message a minute and five an hour, from wherever they are asked for', async () => {
  await forgive()
  const statuses: number[] = []
  for (let i = 0; i < 7; i += 1) {
    statuses.push((await ask('13800000003', house.browser(`10.0.1.${i}`))).status)
    await house.look(`update sign_in_attempts set until = now() where key like 'phone-minute:%'`)
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  await forgive()
  expect((await ask('13800000004')).status).toBe(200)
  expect(await ask('13800000004')).toMatchObject({ status: 429, body: { code: 'too_many_tries' } })
})

test('one address gets sixty messages an hour', async () => {
  await forgive()
  const one = house.browser('10.0.2.1')
  await ask('13800000005', one)
  await house.look(`update sign_in_attempts set tries = 60 where key like 'source-sends:%'`)
  expect((await ask('13800000006', one)).status).toBe(429)
  expect((await ask('13800000006', house.browser('10.0.2.2'))).status).toBe(200)
})

test('what is answered and how long it takes does not tell whose phone it is', async () => {
  let n = 13900001000
  const asked = async (phone: string) => expect((await ask(phone)).body).toEqual({ done: true })
  const forget = async () => void (await forgive())
  expect(
    await gap(
      () => asked(courier),
      () => asked(String(n++)),
      forget,
    ),
    // Far below one hash of a password, far above what a busy machine adds; the five milliseconds are a matter of a quiet one.
  ).toBeLessThan(50)
})

test('whoever may do more than a courier needs the password', async () => {
  await forgive()
  const phone = '13800000007'
  const given = { username: 'secretary1', name: '李书记', phone, grants: [at('secretary', 'C001')] }
  const slip = (await admin.call('POST', '/districts/YX/people', given)).body
  await begin(house, slip)
  await ask(phone)
  const one = house.browser()
  expect(await enter(phone, await received(phone), one)).toMatchObject({
    status: 401,
    body: { code: 'password_instead' },
  })
  expect(one.cookies.size).toBe(0)
})

test('codes and phones are nowhere in the database to be read', async () => {
  await forgive()
  await ask('13811112222')
  const code = await received('13811112222')
  for (const table of ['people', 'phone_codes', 'text_messages', 'sign_in_attempts', 'auth_verification']) {
    const { rows } = await house.look(`select coalesce(string_agg(t::text, ' '), '') as all from ${table} t`)
    expect(rows[0]!.all).not.toContain('13811112222')
    expect(rows[0]!.all).not.toMatch(new RegExp(`\\b${code}\\b`))
  }
})
