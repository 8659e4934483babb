import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { forgetOld } from '../../server/people/forget.ts'
import { notify } from '../../server/platform/notices.ts'
import {
  administrator,
  at,
  type Browser,
  begin,
  type House,
  newPassword,
  openHouse,
  password,
} from './people-district.ts'

let house: House
let admin: Browser
beforeAll(async () => {
  house = await openHouse()
  admin = await administrator(house)
})
afterAll(() => house?.stop())
beforeEach(() => house.look('delete from sign_in_attempts'))

const purpose = '本人来函要求'
const nothing = { accounts: 0, anonymised: 0, sessions: 0, notices: 0, messages: 0, signInCodes: 0 }
const url = '/districts/YX/personal-data'
const exported = (phone: string, by = admin) => by.call('POST', `${url}/exports`, { phone, purpose })
const erased = (phone: string, by = admin) => by.call('POST', `${url}/erasures`, { phone, purpose })

async function add(username: string, phone: string | undefined, ...grants: ReturnType<typeof at>[]) {
  const given = { username, name: `${username}同志`, phone, grants }
  const { status, body } = await admin.call('POST', '/districts/YX/people', given)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return body
}

async function codeFor(phone: string): Promise<string> {
  await house.look('delete from sign_in_attempts')
  await house.browser().call('POST', '/sign-in/phone', { district: 'YX', phone })
  const [newest] = (await house.app.sms.outbox(1)).filter((message) => message.phone === phone)
  return newest!.text.match(/\d{6}/)![0]
}

async function byPhone(phone: string): Promise<Browser> {
  const one = house.browser()
  const code = await codeFor(phone)
  const { status, body } = await one.call('POST', '/sign-in/phone/code', { district: 'YX', phone, code })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return one
}

const tell = (person: string, text: string) =>
  notify(forDistrict(house.app.db, 1), { districtId: 1, person, text }, new Date())

const newest = async (n: number) => {
  const { rows } = await house.look(`select * from audit_entries order by seq desc limit ${n}`)
  return rows
}

describe('what is held about a number', () => {
  test('is handed over as a file: account, grants, sign-ins, notices, messages and the record', async () => {
    const phone = '13800000001'
    const { person } = await add('courier1', phone, at('courier', 'C001'))
    await tell(person, '您的微心愿有人认领了')
    await byPhone(phone)
    await house.look('delete from sign_in_attempts')
    await house.browser().call('POST', '/sign-in/phone', { district: 'YX', phone })
    const { status, body } = await exported(phone)
    expect(status).toBe(200)
    expect(body).toMatchObject({ district: 'YX', phone, signInCodes: [{ tries: 0 }] })
    expect(body.accounts).toMatchObject([
      { id: person, kind: 'staff', username: 'courier1', name: 'courier1同志', phone, grants: [at('courier', 'C001')] },
    ])
    expect(body.accounts[0].notices).toMatchObject([{ text: '您的微心愿有人认领了', readAt: null }])
    expect(body.accounts[0].sessions).toMatchObject([{ from: '127.0.0.1' }])
    expect(body.accounts[0].audit.map(({ action }: { action: string }) => action)).toEqual([
      'POST /api/districts/:district/people',
      'sign-in',
    ])
    // From where somebody else worked is theirs.
    expect(body.accounts[0].audit[0].from).toBeNull()
    expect(body.messages).toHaveLength(2)
    expect(body.messages[0].text).toContain('登录验证码')
    expect(body.counters.length).toBeGreaterThan(0)
    const [entry] = await newest(1)
    expect(entry).toMatchObject({ subject: `person:${person}`, purpose, action: expect.stringContaining('exports') })
  })

  test('of somebody unknown is nothing, in the same shape, and asking is written down', async () => {
    const { status, body } = await exported('13899999999')
    expect([status, body.accounts, body.messages, body.signInCodes]).toEqual([200, [], [], []])
    expect(await newest(1)).toMatchObject([{ subject: 'personal-data', purpose }])
    expect((await erased('13899999999')).body).toEqual(nothing)
    expect((await newest(1))[0].after).toBe(JSON.stringify({ erased: nothing }))
  })

  test('is for administrators, who say why', async () => {
    const slip = await add('auditor1', undefined, at('auditor'))
    const auditor = await begin(house, slip)
    expect((await exported('13800000001', auditor)).status).toBe(403)
    expect((await erased('13800000001', auditor)).status).toBe(403)
    expect((await admin.call('POST', `${url}/exports`, { phone: '13800000001' })).status).toBe(400)
    const other = await admin.call('POST', '/districts/LH/personal-data/exports', { phone: '13800000001', purpose })
    expect([other.status, other.body.code]).toEqual([404, 'unknown_district'])
  })
})

describe('erasing', () => {
  test('takes a courier away with everything, at once, and a second time finds nothing', async () => {
    const phone = '13800000002'
    const { person } = await add('courier2', phone, at('courier', 'C001'))
    await tell(person, '一条消息')
    const one = await byPhone(phone)
    expect((await erased(phone)).body).toEqual({ ...nothing, accounts: 1, sessions: 1, notices: 1, messages: 1 })
    expect((await one.call('GET', '/me')).status).toBe(401)
    expect((await house.look(`select 1 from people where id = '${person}'`)).rowCount).toBe(0)
    expect((await erased(phone)).body).toEqual(nothing)
    expect((await exported(phone)).body).toMatchObject({ accounts: [], messages: [], counters: [] })
    // The number may come back as somebody new.
    expect((await (await byPhone(phone)).call('GET', '/me')).body.id).not.toBe(person)
  })

  test('leaves of staff an id, which is nobody any more', async () => {
    const phone = '13800000003'
    const slip = await add('secretary1', phone, at('secretary', 'C001'))
    const one = await begin(house, slip)
    expect((await erased(phone)).body).toMatchObject({ accounts: 0, anonymised: 1 })
    expect((await one.call('GET', '/me')).status).toBe(401)
    const { rows } = await house.look(
      `select kind, username, status, phone, phone_hash from people where id = '${slip.person}'`,
    )
    expect(rows).toEqual([
      { kind: 'erased', username: `erased-${slip.person}`, status: 'disabled', phone: null, phone_hash: null },
    ])
    const listed = (await admin.call('GET', '/districts/YX/people')).body as { id: string }[]
    expect(listed.some(({ id }) => id === slip.person)).toBe(false)
    expect((await admin.call('POST', `/districts/YX/people/${slip.person}/slip`)).status).toBe(404)
    expect((await house.browser().signIn('secretary1', password)).status).toBe(401)
  })

  test('is refused for the last administrator, of whom everything stays', async () => {
    const phone = '13800000004'
    const { rows } = await house.look(`select id from people where username = 'admin'`)
    const hash = house.app.secrets.hashed('phone', phone).toString('hex')
    const sealed = house.app.secrets.seal(phone, `people.phone/1/${rows[0].id}`).toString('hex')
    await house.look(`update people set phone = '\\x${sealed}', phone_hash = '\\x${hash}' where username = 'admin'`)
    const refused = await erased(phone)
    expect([refused.status, refused.body.code]).toEqual([409, 'last_administrator'])
    expect((await admin.call('GET', '/me')).body.username).toBe('admin')
    const oneself = await admin.call('DELETE', '/me', { password })
    expect([oneself.status, oneself.body.code]).toEqual([409, 'last_administrator'])
  })

  test('neither number, name nor username is in any entry, and the number in no address', async () => {
    const { rows } = await house.look('select * from audit_entries')
    const told = JSON.stringify(rows)
    for (const word of ['1380000000', 'courier1', 'secretary1', '同志', '周主任']) expect(told).not.toContain(word)
  })
})

describe('residents themselves', () => {
  const phone = '13800000005'

  test('read what is held about them', async () => {
    const one = await byPhone(phone)
    const { status, body } = await one.call('GET', '/me/personal-data')
    expect([status, body.phone, body.accounts.length, body.accounts[0].kind]).toEqual([200, phone, 1, 'resident'])
    expect((await newest(1))[0]).toMatchObject({ actor: body.accounts[0].id, action: 'GET /api/me/personal-data' })
    expect((await house.browser().call('GET', '/me/personal-data')).status).toBe(401)
  })

  test('leave with a code that was just sent, and not without', async () => {
    const one = await byPhone(phone)
    expect((await one.call('DELETE', '/me', {})).status).toBe(400)
    const wrong = await one.call('DELETE', '/me', { code: '000000' })
    expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_code'])
    const code = await codeFor(phone)
    const { status, body } = await one.call('DELETE', '/me', { code })
    expect([status, body.accounts, body.messages > 0]).toEqual([200, 1, true])
    expect(one.cookies.size).toBe(0)
    expect((await exported(phone)).body).toMatchObject({ accounts: [], messages: [], signInCodes: [] })
  })

  test('and staff leave with their password', async () => {
    const slip = await add('field1', undefined, at('fieldworker', 'C001'))
    const one = await begin(house, slip)
    expect((await one.call('DELETE', '/me', { password: newPassword })).body.code).toBe('wrong_password')
    expect((await one.call('DELETE', '/me', { password })).body).toMatchObject({ anonymised: 1 })
    expect((await one.call('GET', '/me')).status).toBe(401)
  })
})

test('old messages and notices are forgotten, and how many is written down', async () => {
  const days = (n: number) => new Date(Date.now() + n * 86_400_000)
  await byPhone('13800000006')
  await tell('00000000-0000-4000-8000-000000000001', '旧消息')
  await forgetOld(house.app.db, days(29))
  expect((await house.look('select 1 from notices')).rowCount).toBeGreaterThan(0)
  await forgetOld(house.app.db, days(31))
  expect((await house.look('select 1 from text_messages')).rowCount).toBe(0)
  expect((await newest(1))[0]).toMatchObject({ actor: 'system', action: 'messages:erase' })
  await forgetOld(house.app.db, days(366))
  expect((await house.look('select 1 from notices')).rowCount).toBe(0)
})
