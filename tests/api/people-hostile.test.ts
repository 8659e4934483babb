import { afterAll, beforeAll, expect, test } from 'vitest'
import { forget } from '../../server/people/forget.ts'
import { stranger } from '../../server/people/passwords.ts'
import type { Slip } from '../../shared/people/api.ts'
import { staff } from '../setup/app.ts'
import { administrator, at, type Browser, begin, gap, type House, openHouse, password } from './people-district.ts'

let house: House
let admin: Browser
let slip: Slip
beforeAll(async () => {
  house = await openHouse({ publicUrl: 'http://yixu.example' })
  admin = await administrator(house)
  slip = await admin.add('officer1', at('officer', 'S01'))
  await begin(house, slip)
})
afterAll(() => house?.stop())

const forgive = () => house.look('delete from sign_in_attempts')

test('five failures lock an account for five minutes, also for the right password; others go on', async () => {
  const codes: string[] = []
  for (let i = 0; i < 6; i += 1) codes.push((await house.browser().signIn('officer1', 'Wrong-pass-1')).body.code)
  expect(codes).toEqual([...Array(5).fill('wrong_sign_in'), 'too_many_tries'])
  const locked = await house.browser().call('POST', '/sign-in', { username: ' OFFICER1', password })
  expect(locked).toMatchObject({ status: 429, body: { code: 'too_many_tries' } })
  expect(locked.body.message).toContain('5 分钟')
  expect((await house.browser().signIn('admin', password)).status).toBe(200)
  await house.look(`update sign_in_attempts set until = now() where key like 'account:%'`)
  expect((await house.browser().signIn('officer1', password)).status).toBe(200)
  await forgive()
})

test('an account that does not exist is locked in the same words', async () => {
  const known: unknown[] = []
  const unknown: unknown[] = []
  for (let i = 0; i < 7; i += 1) {
    known.push((await house.browser().signIn('officer1', 'Wrong-pass-1')).body)
    unknown.push((await house.browser().signIn('nobody-here', 'Wrong-pass-1')).body)
  }
  expect(unknown).toEqual(known)
  await forgive()
})

test('of many guesses at once no more are looked at than of many in a row', async () => {
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => house.browser().signIn('officer1', 'Wrong-pass-1')),
  )
  expect(replies.filter(({ status }) => status === 401)).toHaveLength(5)
  await forgive()
})

test('an address that fails at many accounts is held up, whatever it says about where it comes from', async () => {
  await house.look('delete from sign_in_attempts')
  const from = house.browser('10.6.6.6')
  expect((await from.signIn('guess-0', 'x')).status).toBe(401)
  await house.look(`update sign_in_attempts set tries = 100 where key like 'source:%'`)
  const headers = { 'x-forwarded-for': '10.7.7.7', 'x-real-ip': '10.7.7.8', forwarded: 'for=10.7.7.9' }
  const held = await from.call('POST', '/sign-in', { username: 'officer1', password }, headers)
  expect(held).toMatchObject({ status: 429, body: { code: 'too_many_tries' } })
  expect((await house.browser('10.8.8.8').signIn('officer1', password)).status).toBe(200)
  await forgive()
})

test('the time of an answer does not tell whether there is such an account', async () => {
  // One hash takes a hundred times what tells accounts apart, and varies by more: it is counted, the rest is measured.
  const { passwords } = house.app.people
  const { verify } = passwords
  const hashed: string[] = []
  passwords.verify = async ({ hash }) => !hashed.push(hash)
  const ask = (username: string) => house.browser().signIn(username, 'Wrong-pass-1')
  const forget = async () => void (await forgive())
  expect(
    await gap(
      () => ask('officer1'),
      () => ask('nobody-here'),
      forget,
    ),
    // Far below one hash of a password, far above what a busy machine adds; the five milliseconds are a matter of a quiet one.
  ).toBeLessThan(50)
  passwords.verify = verify
  expect(new Set(hashed.map((hash) => hash.length))).toEqual(new Set([stranger.length]))
  expect(hashed.length % 48).toBe(0)
})

test('a session that somebody brings along is not the one that is opened', async () => {
  const one = house.browser()
  one.cookies.set('yixu', 'planted.value')
  await one.signIn('officer1', password)
  const first = one.cookies.get('yixu')
  expect(first).not.toBe('planted.value')
  await one.signIn('officer1', password)
  expect(one.cookies.get('yixu')).not.toBe(first)
  one.cookies.set('yixu', `${first!.slice(0, -6)}AAAAAA`)
  expect((await one.call('GET', '/me')).status).toBe(401)
})

test('cookies keep to our pages and away from scripts', async () => {
  const payload = { username: 'officer1', password }
  const reply = await house.app.inject({ method: 'POST', url: '/api/sign-in', payload })
  expect(reply.headers['set-cookie']).toEqual([expect.stringMatching(/^yixu=.*Path=\/; HttpOnly; SameSite=Strict$/)])
})

test('behind https the cookie is bound to host and encryption', async () => {
  const https = await openHouse({ publicUrl: 'https://yixu.example' })
  const given = { district: 'YX', username: 'admin', name: '周主任', password }
  const { headers } = await https.app.inject({ method: 'POST', url: '/api/setup', payload: given })
  expect(headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-yixu=.*HttpOnly; Secure; SameSite=Strict$/)])
  await https.stop()
})

test('no change is made for another site, whatever call it is', async () => {
  const { paths } = (await house.app.inject('/openapi.json')).json()
  const calls = Object.entries<Record<string, unknown>>(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method.toUpperCase(), path.replace('/api', '')] as const),
  )
  const changes = calls.filter(([method]) => method !== 'GET')
  expect(changes.length).toBeGreaterThan(20)
  const values: Record<string, string> = { district: 'YX', person: slip.person }
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': '', origin: 'https://evil.example' },
    { 'sec-fetch-site': '', origin: 'null' },
    { 'sec-fetch-site': '' },
  ]
  const before = (await admin.call('GET', '/districts/YX/people')).body
  for (const [method, path] of changes) {
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x')
    for (const headers of foreign) {
      const { status, body } = await admin.call(method, url, {}, { ...headers })
      expect([method, url, status, body.code]).toEqual([method, url, 403, 'cross_site'])
    }
  }
  expect((await admin.call('GET', '/districts/YX/people')).body).toEqual(before)
})

test('a browser that says its origin alone is believed where it is ours', async () => {
  for (const origin of ['http://localhost:80', 'http://yixu.example']) {
    const headers = { 'sec-fetch-site': '', origin }
    const { status } = await admin.call('POST', '/me/second-factor', { password: 'x' }, headers)
    expect([origin, status]).toEqual([origin, 401])
  }
  await forgive()
})

test('what a body must not hold is refused by name and changes nothing', async () => {
  const grants = [at('secretary', 'C001')]
  const given = { username: 'smuggler', name: '某某', grants }
  const smuggled: [string, string, object][] = [
    ['POST', '/districts/YX/people', { ...given, district_id: 2 }],
    ['POST', '/districts/YX/people', { ...given, role: 'administrator' }],
    ['POST', '/districts/YX/people', { ...given, status: 'active' }],
    ['POST', '/districts/YX/people', { ...given, administrator: true }],
    ['POST', '/districts/YX/people', { ...given, grants: [{ ...grants[0], district_id: 2 }] }],
    ['PUT', `/districts/YX/people/${slip.person}/status`, { status: 'active', grants }],
    ['PUT', `/districts/YX/people/${slip.person}/grants`, { grants: [{ ...grants[0], person_id: slip.person }] }],
    ['POST', '/sign-in', { username: 'officer1', password, userId: slip.person }],
    ['PUT', '/me/password', { current: password, password: 'Other-Pass-1', username: 'officer1' }],
  ]
  for (const [method, url, body] of smuggled) {
    const reply = await admin.call(method, url, body)
    expect([url, JSON.stringify(body), reply.status, reply.body.code]).toEqual([
      url,
      JSON.stringify(body),
      400,
      'bad_request',
    ])
  }
  const { rows } = await house.look(`select count(*)::int as n from people where username = 'smuggler'`)
  expect(rows[0]).toEqual({ n: 0 })
})

test('ids of another district lead nowhere', async () => {
  const url = (district: string) => `/districts/${district}/people`
  const far = await house
    .browser()
    .call('POST', url('LH'), { username: 'far', name: '远方', grants: [at('auditor')] }, staff)
  expect(far.status).toBe(201)
  const id = far.body.person
  const absent = '11111111-1111-4111-8111-111111111111'
  for (const district of ['YX', 'LH'])
    for (const person of [id, absent]) {
      for (const [method, rest, body] of [
        ['PUT', 'grants', { grants: [at('auditor')] }],
        ['PUT', 'status', { status: 'disabled' }],
        ['POST', 'slip', undefined],
        ['GET', 'sessions', undefined],
        ['DELETE', 'sessions/x', undefined],
      ] as const) {
        const reply = await admin.call(method, `${url(district)}/${person}/${rest}`, body)
        const code = district === 'LH' ? 'unknown_district' : 'unknown_person'
        expect([district, rest, reply.status, reply.body.code]).toEqual([district, rest, 404, code])
      }
    }
  expect((await admin.call('GET', url('LH'))).status).toBe(404)
})

test('somebody idle for half an hour, or busy for twelve hours, is signed out', async () => {
  for (const [change, status] of [
    ["expires_at = now() - interval '1 second'", 401],
    ["created_at = now() - interval '12 hours 1 second'", 401],
    ['ip_address = null', 200],
  ] as const) {
    const one = house.browser()
    await one.signIn('officer1', password)
    await house.look(`update auth_session set ${change} where user_id = '${slip.person}'`)
    expect([change, (await one.call('GET', '/me')).status]).toEqual([change, status])
  }
  const { rows } = await house.look(
    `select date_trunc('second', max(expires_at - updated_at) + interval '0.5 second')::text as idle from auth_session where user_id = '${slip.person}'`,
  )
  expect(rows[0]!.idle).toBe('00:30:00')
})

test('another process’s sign-out is felt within five seconds', async () => {
  const one = house.browser()
  await one.signIn('officer1', password)
  expect((await one.call('GET', '/me')).status).toBe(200)
  await house.look(`delete from auth_session where user_id = '${slip.person}'`)
  await new Promise((resolve) => setTimeout(resolve, 4_500))
  expect((await one.call('GET', '/me')).status).toBe(401)
})

test('while the database is away, whoever is signed in is told so and not turned out', async () => {
  const one = house.browser()
  await one.signIn('officer1', password)
  const { pool } = house.app.pg
  const held = await Promise.all(Array.from({ length: 10 }, () => pool.connect()))
  const { status, body } = await one.call('GET', '/me')
  for (const client of held) client.release()
  expect([status, body.code]).toEqual([503, 'database_away'])
  expect((await one.call('GET', '/me')).status).toBe(200)
})

test('what no longer opens or counts anything is forgotten in the night, and nothing else', async () => {
  const one = house.browser()
  await one.signIn('officer1', password)
  await one.signIn('nobody-here', 'x')
  const left = async () =>
    (
      await house.look(
        'select (select count(*) from auth_session)::int as s, (select count(*) from sign_in_attempts)::int as a',
      )
    ).rows[0]
  const before = await left()
  expect(before!.a).toBeGreaterThan(0)
  await forget(house.app.db, new Date())
  expect((await left())!.s).toBeGreaterThan(0)
  expect((await one.call('GET', '/me')).status).toBe(200)
  await forget(house.app.db, new Date(Date.now() + 86_400_000))
  expect(await left()).toEqual({ s: 0, a: 0 })
})

test('the code of an authenticator cannot be guessed', async () => {
  const one = house.browser()
  await one.signIn('admin', password)
  const codes: string[] = []
  for (let i = 0; i < 7; i += 1) codes.push((await one.call('POST', '/sign-in/second', { code: '000000' })).body.code)
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('wrong_code'))
  expect(codes.slice(5)).not.toContain('wrong_code')
  expect((await house.browser().call('POST', '/sign-in/second', { code: '000000' })).body.code).toBe('sign_in_again')
})
