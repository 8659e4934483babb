import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Slip } from '../../shared/people/api.ts'
import { staff } from '../setup/app.ts'
import {
  administrator,
  at,
  type Browser,
  begin,
  type House,
  newPassword,
  openHouse,
  password,
  secure,
} from './people-district.ts'

let house: House
let admin: Awaited<ReturnType<typeof administrator>>
let officer: Browser
let officerId: string
let secretarySlip: Slip
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.stop())

test('the desk is open to the server’s own machine until there is an administrator', async () => {
  const nobody = house.browser()
  expect((await nobody.call('GET', '/setup')).body).toEqual({ administrator: false })
  expect((await nobody.call('GET', '/districts/YX/communities')).status).toBe(200)
  expect((await nobody.call('GET', '/me')).status).toBe(401)
})

test('only the server’s own machine makes the first administrator, with a good password', async () => {
  const given = { district: 'YX', username: 'admin', name: '周主任', password }
  const far = await house.browser('10.0.0.9').call('POST', '/setup', given)
  expect(far).toMatchObject({ status: 403, body: { code: 'set_up_here' } })
  for (const weak of ['Short1!', 'onlyletters', 'alllower123', 'Admin-123']) {
    const { status, body } = await house.browser().call('POST', '/setup', { ...given, password: weak })
    expect([weak, status, body.code]).toEqual([weak, 422, 'weak_password'])
  }
  admin = await administrator(house)
  expect(await house.browser().call('POST', '/setup', given)).toMatchObject({
    status: 409,
    body: { code: 'administrator_exists' },
  })
})

test('from then on the desk wants a sign-in, and the key goes on working', async () => {
  const nobody = house.browser()
  expect((await nobody.call('GET', '/setup')).body).toEqual({ administrator: true })
  expect(await nobody.call('GET', '/districts/YX/communities')).toMatchObject({
    status: 401,
    body: { code: 'sign_in_needed' },
  })
  expect((await nobody.call('GET', '/districts/YX/communities', undefined, staff)).status).toBe(200)
  expect((await admin.call('GET', '/districts/YX/communities')).status).toBe(200)
})

test('an administrator signs in with password and second factor, and may not work without it', async () => {
  const again = house.browser()
  const first = await again.signIn('admin', password)
  expect(first).toMatchObject({ status: 200, body: { must: 'second-factor', username: 'admin' } })
  expect((await again.call('GET', '/me')).status).toBe(401)
  expect(await again.call('POST', '/sign-in/second', { code: '000000' })).toMatchObject({
    status: 401,
    body: { code: 'wrong_code' },
  })
  const second = await again.call('POST', '/sign-in/second', { code: admin.code() })
  expect(second).toMatchObject({ status: 200, body: { must: null, name: '周主任', district: 'YX' } })
  const me = { must: null, hasPassword: true, secondFactor: true, grants: [at('administrator')] }
  expect((await again.call('GET', '/me')).body).toMatchObject(me)
})

test('a backup code stands in for the phone, once', async () => {
  const [code] = admin.backupCodes
  for (const status of [200, 401]) {
    const again = house.browser()
    await again.signIn('admin', password)
    expect((await again.call('POST', '/sign-in/second', { code })).status).toBe(status)
  }
})

test('somebody new signs in with the slip, sets a password, and the slip opens nothing any more', async () => {
  const slip = await admin.add('officer1', at('officer', 'S01'))
  officerId = slip.person
  expect(slip.code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(Date.parse(slip.validUntil) - Date.now()).toBeGreaterThan(13.9 * 86_400_000)
  const one = house.browser()
  const typed = slip.code.toLowerCase().replaceAll('-', ' ')
  expect(await one.signIn('Officer1 ', typed)).toMatchObject({ status: 200, body: { must: 'set-password' } })
  expect(await one.call('GET', '/districts/YX/communities')).toMatchObject({
    status: 403,
    body: { code: 'first_finish' },
  })
  expect(await house.browser().signIn('officer1', slip.code)).toMatchObject({
    status: 401,
    body: { code: 'wrong_sign_in' },
  })
  for (const [current, chosen, code] of [
    ['AAAA-AAAA-AAAA', password, 'wrong_password'],
    [slip.code, 'weak', 'weak_password'],
  ])
    expect((await one.call('PUT', '/me/password', { current, password: chosen })).body.code).toBe(code)
  expect((await one.call('PUT', '/me/password', { current: slip.code, password })).status).toBe(200)
  expect((await one.call('GET', '/me')).body).toMatchObject({ must: null, grants: [at('officer', 'S01')] })
  expect((await house.browser().signIn('officer1', slip.code)).status).toBe(401)
  expect((await house.browser().signIn('officer1', password)).body).toMatchObject({ must: null })
  officer = one
})

test('of ten who come with the same slip at the same time one gets in', async () => {
  const slip = await admin.add('many', at('auditor'))
  const tries = await Promise.all(Array.from({ length: 5 }, () => house.browser().signIn('many', slip.code)))
  expect(tries.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
  const { rows } = await house.look(`select count(*)::int as n from auth_session where user_id = '${slip.person}'`)
  expect(rows[0]).toEqual({ n: 1 })
})

test('a slip that is too old opens nothing', async () => {
  const slip = await admin.add('late', at('auditor'))
  const old = `'slip$' || (extract(epoch from now() - interval '1 minute') * 1000)::bigint || '$' || split_part(password, '$', 3) || '$' || split_part(password, '$', 4)`
  await house.look(`update auth_account set password = ${old} where user_id = '${slip.person}'`)
  expect((await house.browser().signIn('late', slip.code)).status).toBe(401)
})

test('a subdistrict officer adds a secretary of one of its communities, and nobody else’s', async () => {
  secretarySlip = await officer.add('secretary1', at('secretary', 'C001'))
  const refused: [string, unknown][] = [
    ['another subdistrict’s community', [at('secretary', 'C003')]],
    ['another officer', [at('officer', 'S01')]],
    ['an administrator', [at('administrator')]],
    ['the whole district', [at('planner')]],
    ['a place that does not exist', [at('secretary', 'C999')]],
    ['a secretary of a subdistrict', [at('secretary', 'S01')]],
    ['one good and one bad', [at('secretary', 'C001'), at('secretary', 'C003')]],
  ]
  for (const [why, grants] of refused) {
    const { status, body } = await officer.call('POST', '/districts/YX/people', {
      username: 'nono',
      name: '某某',
      grants,
    })
    expect([why, status, body.code]).toEqual([why, 422, 'bad_grants'])
  }
  const names = async (one: Browser) =>
    (await one.call('GET', '/districts/YX/people')).body.map(({ username }: { username: string }) => username)
  expect(await names(officer)).toEqual(['secretary1'])
  expect(await names(admin)).toEqual(['admin', 'late', 'many', 'officer1', 'secretary1'])
})

test('the secretary begins with the slip and is kept within the community', async () => {
  const secretary = await begin(house, secretarySlip)
  expect((await secretary.call('GET', '/districts/YX/communities/C001')).status).toBe(200)
  expect((await secretary.call('GET', '/districts/YX/communities/C003')).status).toBe(404)
  expect((await secretary.call('GET', '/districts/LH/communities')).status).toBe(404)
  const own = { grants: [at('secretary', 'C001'), at('secretary', 'C002')] }
  const self = await secretary.call('PUT', `/districts/YX/people/${secretarySlip.person}/grants`, own)
  expect(self.status).toBe(404)
})

test('nobody widens their own grants, or reaches those above', async () => {
  const own = await officer.call('PUT', `/districts/YX/people/${officerId}/grants`, { grants: [at('administrator')] })
  expect(own.status).toBe(404)
  const people = (await admin.call('GET', '/districts/YX/people')).body as { id: string; username: string }[]
  const adminId = people.find(({ username }) => username === 'admin')!.id
  const self = await admin.call('PUT', `/districts/YX/people/${adminId}/status`, { status: 'disabled' })
  expect(self).toMatchObject({ status: 403, body: { code: 'not_oneself' } })
  for (const call of [
    ['PUT', 'status', { status: 'disabled' }],
    ['POST', 'slip', undefined],
    ['GET', 'sessions', undefined],
  ] as const)
    expect((await officer.call(call[0], `/districts/YX/people/${adminId}/${call[1]}`, call[2])).status).toBe(404)
  const byKey = await house.browser().call('PUT', `/districts/YX/people/${adminId}/grants`, { grants: [] }, staff)
  expect(byKey).toMatchObject({ status: 409, body: { code: 'last_administrator' } })
})

test('who has other duties as well is the district’s to change', async () => {
  const slip = await admin.add('planner1', at('planner', 'C001'), at('planner', 'C003'))
  const url = `/districts/YX/people/${slip.person}/grants`
  const { status, body } = await officer.call('PUT', url, { grants: [at('planner', 'C001')] })
  expect([status, body.code]).toEqual([403, 'not_your_person'])
  expect((await admin.call('PUT', url, { grants: [at('planner', 'C001')] })).body).toMatchObject({
    grants: [at('planner', 'C001')],
    name: 'planner1同志',
    status: 'invited',
  })
  expect((await officer.call('PUT', url, { grants: [at('planner', 'C002')] })).status).toBe(200)
})

test('a changed password ends every other session and renames this one', async () => {
  const slip = await admin.add('changer', at('auditor'))
  const one = await begin(house, slip)
  const other = house.browser()
  await other.signIn('changer', password)
  const before = one.cookies.get('yixu')
  const changed = await one.call('PUT', '/me/password', { current: password, password: newPassword })
  expect(changed.status).toBe(200)
  expect(one.cookies.get('yixu')).not.toBe(before)
  expect((await one.call('GET', '/me')).status).toBe(200)
  expect((await other.call('GET', '/me')).status).toBe(401)
  expect((await house.browser().signIn('changer', password)).status).toBe(401)
  expect((await house.browser().signIn('changer', newPassword)).status).toBe(200)
})

test('a new slip ends password, second factor and sessions', async () => {
  const slip = await admin.add('loser', at('auditor'))
  const one = await begin(house, slip)
  await secure(one, password)
  const again = (await admin.call('POST', `/districts/YX/people/${slip.person}/slip`)).body as Slip
  expect(again.name).toBe('loser同志')
  expect((await one.call('GET', '/me')).status).toBe(401)
  expect((await house.browser().signIn('loser', password)).status).toBe(401)
  await begin(house, again)
})

test('sessions are listed and can be ended, one’s own and those of one’s people', async () => {
  const slip = await admin.add('roamer', at('auditor'))
  const phone = await begin(house, slip)
  const pc = house.browser('10.1.2.3')
  await pc.signIn('roamer', password)
  const mine = (await phone.call('GET', '/me/sessions')).body
  expect(mine).toHaveLength(2)
  expect(mine.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
  const other = mine.find(({ from }: { from: string }) => from === '10.1.2.3')
  expect((await phone.call('DELETE', `/me/sessions/${other.id}`)).status).toBe(200)
  expect((await phone.call('DELETE', `/me/sessions/${other.id}`)).status).toBe(404)
  expect((await pc.call('GET', '/me')).status).toBe(401)
  const url = `/districts/YX/people/${slip.person}/sessions`
  const [left] = (await admin.call('GET', url)).body
  expect((await admin.call('DELETE', `${url}/${left.id}`)).status).toBe(200)
  expect((await phone.call('GET', '/me')).status).toBe(401)
})

test('disabling somebody ends their sessions at once, and enabling lets them in again', async () => {
  const slip = await admin.add('leaver', at('auditor'))
  const one = await begin(house, slip)
  const url = `/districts/YX/people/${slip.person}/status`
  expect((await admin.call('PUT', url, { status: 'disabled' })).body).toMatchObject({ status: 'disabled' })
  expect((await one.call('GET', '/me')).status).toBe(401)
  expect(await house.browser().signIn('leaver', password)).toMatchObject({
    status: 401,
    body: { code: 'wrong_sign_in' },
  })
  expect((await admin.call('PUT', url, { status: 'active' })).body).toMatchObject({ status: 'active' })
  expect((await house.browser().signIn('leaver', password)).status).toBe(200)
})

test('a role that is taken away is gone at once', async () => {
  const slip = await admin.add('former', at('officer', 'S02'))
  const one = await begin(house, slip)
  expect((await one.call('GET', '/districts/YX/people')).status).toBe(200)
  await admin.call('PUT', `/districts/YX/people/${slip.person}/grants`, { grants: [] })
  expect((await one.call('GET', '/districts/YX/people')).status).toBe(403)
})

test('signing out ends the session', async () => {
  const one = house.browser()
  await one.signIn('officer1', password)
  const kept = new Map(one.cookies)
  expect((await one.call('POST', '/sign-out')).status).toBe(200)
  expect(one.cookies.size).toBe(0)
  for (const [name, value] of kept) one.cookies.set(name, value)
  expect((await one.call('GET', '/me')).status).toBe(401)
})

test('names and phones lie sealed in the database, and every change is in the audit', async () => {
  const grants = [at('courier', 'C001')]
  const given = { username: 'courier1', name: '王跑跑', phone: '13912345678', grants }
  expect((await officer.call('POST', '/districts/YX/people', given)).status).toBe(201)
  expect(await officer.call('POST', '/districts/YX/people', { ...given, username: 'courier2' })).toMatchObject({
    status: 409,
    body: { code: 'phone_taken' },
  })
  expect((await officer.call('POST', '/districts/YX/people', { ...given, phone: '13900000000' })).body.code).toBe(
    'username_taken',
  )
  const list = (await officer.call('GET', '/districts/YX/people')).body
  expect(list.find(({ username }: { username: string }) => username === 'courier1')).toMatchObject({
    name: '王跑跑',
    phoneEnd: '5678',
  })
  for (const table of ['people', 'grants', 'auth_user', 'auth_account', 'auth_session', 'audit_entries']) {
    const { rows } = await house.look(`select coalesce(string_agg(t::text, ' '), '') as all from ${table} t`)
    expect(rows[0]!.all).not.toMatch(/王跑跑|13912345678/)
  }
  const { rows } = await house.look('select distinct action from audit_entries')
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'POST /api/setup',
      'sign-in',
      'sign-in:failed',
      'password:set',
      'second-factor:set',
      'POST /api/districts/:district/people',
      'PUT /api/districts/:district/people/:person/grants',
      'PUT /api/districts/:district/people/:person/status',
      'POST /api/districts/:district/people/:person/slip',
    ]),
  )
})
