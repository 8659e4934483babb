import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forDistrict } from '../../server/db/database.ts'
import { savePlaces } from '../../server/places/queries.ts'
import { permissions } from '../../shared/people/permissions.ts'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { key, staff } from '../setup/app.ts'
import { oneTimeCode } from '../setup/people.ts'
import { sites } from './briefs-district.ts'
import { evening, residents } from './deliberations-calls.ts'
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
import { wishers, wishing } from './wishes-calls.ts'

/** Changes that leave no entry of their own, and why. */
const exceptions: Record<string, string> = {
  'POST /api/sign-in/phone': 'a code on its way to whoever asks; nobody is known yet, and the message itself is kept',
  'POST /api/me/second-factor': 'nothing holds until it is confirmed, and that is written down',
  'PUT /api/me/notices/:notice/read': 'who has read their own inbox concerns nobody',
  'PUT /api/me/notices/read': 'the same',
  ...Object.fromEntries(residents.map((call) => [call, 'a resident in a room, whose own rows are the record'])),
  ...Object.fromEntries(
    wishers.map((call) => [call, 'a wisher, or whoever wishes the same, whose own rows are the record']),
  ),
}

const name = '柳如烟'
const phone = '13712345678'
const other = '13712345679'
const area = '/districts/YX'
const purpose = '本人来函要求'

let house: House
let admin: Browser & { code: () => string }
/** Somebody of the staff, made anew for each call that needs one. */
let person: string
beforeAll(async () => {
  house = await openHouse()
  const db = forDistrict(house.app.db, 1)
  await savePlaces(db, 1, 'sites', sites.slice(0, 1))
})
afterAll(() => house?.stop())

const must = async (reply: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await reply
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  // biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
  return body as any
}
const byAdmin = (method: string, path: string, body?: unknown) => must(admin.call(method, path, body))
const byKey = (method: string, path: string, body?: unknown) =>
  must(house.browser().call(method, path, body, { ...staff, 'sec-fetch-site': '' }))

let made = 0
async function add(more: object = {}) {
  made += 1
  const given = { username: `liu.ruyan${made}`, name, grants: [at('fieldworker', 'C001')], ...more }
  return await byAdmin('POST', `${area}/people`, given)
}

const uploaded = (path: string, text: string, called = 'table.csv') => sent(path, {}, text, staff, called)

async function sent(
  path: string,
  fields: Record<string, string>,
  content: string | Buffer,
  who: Record<string, string>,
  called = 'photo.jpg',
) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), called)
  const encoded = new Response(form)
  const payload = Buffer.from(await encoded.arrayBuffer())
  const headers = { ...who, 'content-type': encoded.headers.get('content-type')! }
  const reply = await house.app.inject({ method: 'POST', url: `/api${path}`, headers, payload })
  if (reply.statusCode >= 300) throw new Error(reply.body)
  return reply.json()
}

async function codeFor(number: string): Promise<string> {
  await house.look('delete from sign_in_attempts')
  await must(house.browser().call('POST', '/sign-in/phone', { district: 'YX', phone: number }))
  const [newest] = (await house.app.sms.outbox(1)).filter((message) => message.phone === number)
  return newest!.text.match(/\d{6}/)![0]
}

async function byPhone(number: string): Promise<Browser> {
  const one = house.browser()
  const code = await codeFor(number)
  await must(one.call('POST', '/sign-in/phone/code', { district: 'YX', phone: number, code }))
  return one
}

const random = numbers(5)
const contact = randomUUID()
const survey = `${area}/surveys/needs2026`
const answered = (channel: 'online' | 'visit') =>
  byKey('POST', `${survey}/responses`, submissionOf(random, ['C001'], { channel }, false))

/** Every call that changes something, carried out once, in this order. */
const carriedOut: Record<string, () => Promise<unknown>> = {
  'POST /api/setup': async () => {
    admin = await administrator(house)
  },
  'POST /api/sign-in': async () => {
    person = (await add()).person
    await begin(house, await byAdmin('POST', `${area}/people/${person}/slip`))
  },
  'POST /api/sign-in/second': async () => {
    const { secret, code } = await secondAdministrator()
    const one = house.browser()
    await must(one.signIn('liu.second', newPassword))
    await house.look('delete from sign_in_attempts')
    const next = oneTimeCode(secret, Date.now() + 30_000)
    await must(one.call('POST', '/sign-in/second', { code: next === code ? code : next }))
  },
  'POST /api/sign-in/phone/code': () => byPhone(phone),
  'POST /api/sign-out': async () => (await byPhone(phone)).call('POST', '/sign-out'),
  'DELETE /api/me': async () => {
    const one = await byPhone(other)
    await must(one.call('DELETE', '/me', { code: await codeFor(other) }))
  },
  'PUT /api/me/password': async () => {
    const one = await begin(house, await add())
    await must(one.call('PUT', '/me/password', { current: password, password: newPassword }))
  },
  'PUT /api/me/second-factor': () => secondAdministrator('liu.third'),
  'DELETE /api/me/sessions/:session': async () => {
    const one = await byPhone(phone)
    const sessions = await must(one.call('GET', '/me/sessions'))
    await must(one.call('DELETE', `/me/sessions/${sessions.at(-1).id}`))
  },
  'POST /api/districts/:district/people': async () => {
    person = (await add({ phone: '13712345670' })).person
  },
  'POST /api/districts/:district/people/import': () =>
    uploaded(`${area}/people/import`, `用户名,姓名,手机,角色,范围\nliu.list,${name},13712345671,入户员,C001`),
  'PUT /api/districts/:district/people/:person/grants': () =>
    byAdmin('PUT', `${area}/people/${person}/grants`, { grants: [at('secretary', 'C001')] }),
  'PUT /api/districts/:district/people/:person/status': () =>
    byAdmin('PUT', `${area}/people/${person}/status`, { status: 'disabled' }),
  'POST /api/districts/:district/people/:person/slip': () => byAdmin('POST', `${area}/people/${person}/slip`),
  'DELETE /api/districts/:district/people/:person/sessions/:session': async () => {
    const slip = await add()
    await begin(house, slip)
    const [session] = await byAdmin('GET', `${area}/people/${slip.person}/sessions`)
    await byAdmin('DELETE', `${area}/people/${slip.person}/sessions/${session.id}`)
  },
  'POST /api/districts/:district/sms/:message/again': async () => {
    await codeFor(phone)
    const { rows } = await house.look(`update text_messages set status = 'failed' where status = 'outbox' returning id`)
    await byAdmin('POST', `${area}/sms/${rows[0].id}/again`)
  },
  'POST /api/districts/:district/personal-data/exports': () =>
    byAdmin('POST', `${area}/personal-data/exports`, { phone, purpose }),
  'POST /api/districts/:district/personal-data/erasures': () =>
    byAdmin('POST', `${area}/personal-data/erasures`, { phone, purpose }),
  'POST /api/districts': () => byKey('POST', '/districts', { id: 3, code: 'ZY', name: '资阳区', demo: false }),
  'PUT /api/districts/:district/catalogue': async () => {
    const { version, catalogue } = await byAdmin('GET', `${area}/catalogue`)
    catalogue.services[0].zh = '养老'
    await byAdmin('PUT', `${area}/catalogue`, { base: version, catalogue })
  },
  'POST /api/districts/:district/imports/:kind': () =>
    uploaded(`${area}/imports/blocks`, '网格代码,网格名称\nB1,甲网格'),
  'POST /api/districts/:district/surveys/:survey/versions': () =>
    byAdmin('POST', `${survey}/versions`, { title: '需求调查', definition }),
  'POST /api/districts/:district/survey-drafts': () =>
    byAdmin('POST', `${area}/survey-drafts`, { from: 'questionnaire', survey: 'drafted' }),
  'PUT /api/districts/:district/survey-drafts/:survey': async () => {
    const { title, definition, retentionDays } = await byAdmin('GET', `${area}/survey-drafts/drafted`)
    await byAdmin('PUT', `${area}/survey-drafts/drafted`, { revision: 1, title, definition, retentionDays })
  },
  'POST /api/districts/:district/survey-drafts/:survey/publication': () =>
    byAdmin('POST', `${area}/survey-drafts/drafted/publication`, { revision: 2 }),
  'POST /api/districts/:district/surveys/:survey/rounds': () =>
    byAdmin('POST', `${area}/surveys/drafted/rounds`, { version: 1 }),
  'DELETE /api/districts/:district/survey-drafts/:survey': async () => {
    await byAdmin('POST', `${area}/survey-drafts`, { from: 'questionnaire', survey: 'dropped' })
    await byAdmin('DELETE', `${area}/survey-drafts/dropped?revision=1`)
  },
  'PUT /api/districts/:district/surveys/:survey/status': () =>
    byAdmin('PUT', `${survey}/status`, { status: 'open', retentionDays: 90 }),
  'POST /api/districts/:district/surveys/:survey/responses': () => answered('visit'),
  'POST /api/districts/:district/surveys/:survey/reviews': async () => {
    const { id } = await answered('visit')
    await byAdmin('POST', `${survey}/reviews`, { responses: [id], decision: 'excluded', reason: '答得太快' })
  },
  'POST /api/districts/:district/withdrawals': async () => {
    const { receipt } = await answered('online')
    await must(house.browser('10.9.9.9').call('POST', `${area}/withdrawals`, { receipt }))
  },
  'PUT /api/districts/:district/code-dictionary': async () => {
    const { revision, codes } = await byAdmin('GET', `${area}/code-dictionary`)
    await byAdmin('PUT', `${area}/code-dictionary`, { base: revision, codes: [...codes, theme] })
  },
  'POST /api/districts/:district/surveys/:survey/open-answers/decisions': async () => {
    const { answers } = await openAnswers()
    const [{ response, question }] = answers
    opened = { response, question }
    await byAdmin('POST', `${survey}/open-answers/decisions`, { ...confirming, answers: [opened], codes: [theme.code] })
  },
  'POST /api/districts/:district/surveys/:survey/open-answers/quotations': async () => {
    const { answers } = await openAnswers()
    const { text } = answers.find(({ response }: { response: string }) => response === opened.response)
    const quoted = { ...opened, code: theme.code, text, public: false }
    quotation = (await byAdmin('POST', `${survey}/open-answers/quotations`, quoted)).id
  },
  'DELETE /api/districts/:district/surveys/:survey/open-answers/quotations/:quotation': () =>
    byAdmin('DELETE', `${survey}/open-answers/quotations/${quotation}`),
  'DELETE /api/districts/:district/surveys/:survey/open-answers/decisions/:decision': () =>
    byAdmin('DELETE', `${survey}/open-answers/decisions/${confirming.decision}`),
  'PUT /api/districts/:district/surveys/:survey/quotas/:community': () =>
    byAdmin('PUT', `${survey}/quotas/C001`, { targets: [{ channel: 'visit', band: '80+', target: 30 }] }),
  'POST /api/districts/:district/surveys/:survey/quotas/distribution': () =>
    byAdmin('POST', `${survey}/quotas/distribution`, { channel: 'online', total: 500, minimum: 20 }),
  'POST /api/districts/:district/surveys/:survey/communities/:community/contacts': () =>
    byAdmin('POST', `${survey}/communities/C001/contacts`, { id: contact, outcome: 'refused', doors: 2 }),
  'DELETE /api/districts/:district/surveys/:survey/communities/:community/contacts/:contact': () =>
    byAdmin('DELETE', `${survey}/communities/C001/contacts/${contact}`),
  'POST /api/districts/:district/surveys/:survey/communities/:community/slips': () =>
    byAdmin('POST', `${survey}/communities/C001/slips`, { batch: randomUUID(), count: 2 }),
  'POST /api/districts/:district/surveys/:survey/exports/microdata': () =>
    byAdmin('POST', `${survey}/exports/microdata`, { format: 'csv', purpose }),
  'POST /api/districts/:district/surveys/:survey/exports/figures': () =>
    byAdmin('POST', `${survey}/exports/figures`, { edition: 'staff', purpose }),
  'DELETE /api/districts/:district/surveys/:survey/exports/:export': async () => {
    const [newest] = await byAdmin('GET', `${survey}/exports`)
    await byAdmin('DELETE', `${survey}/exports/${newest.id}`)
  },
  'POST /api/districts/:district/sites/:site/briefs': () =>
    byAdmin('POST', `${area}/sites/S1/briefs`, { audience: 'staff' }),
  ...evening(
    (method, path, body) => byAdmin(method, `${area}${path}`, body),
    (path, content, called) => uploaded(`${area}${path}`, content, called),
    name,
  ),
  ...wishing({
    staff: (method, path, body) => byAdmin(method, `${area}${path}`, body),
    sendAsStaff: (path, fields, photo) => sent(`${area}${path}`, fields, photo, staff),
    async join() {
      const slip = await add({ grants: [at('sponsor', 'C001')] })
      const one = await begin(house, slip)
      const cookie = () => [...one.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      return {
        id: slip.person,
        make: (method, path, body) => must(one.call(method, `${area}${path}`, body)),
        send: (path, fields, photo) =>
          sent(`${area}${path}`, fields, photo, { cookie: cookie(), 'sec-fetch-site': 'same-origin' }),
      }
    },
  }),
}

const theme = { code: 'laundry', name: '晾晒', service: null, keywords: ['晾衣'], retired: false }
const confirming = { decision: randomUUID(), state: 'confirmed' }
let opened: { response: string; question: string }
let quotation: string

/** What residents wrote in their own words, once it is read. */
// biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
async function openAnswers(): Promise<any> {
  await answered('online')
  while ((await byAdmin('GET', `${survey}/open-answers/themes`)).reading) await sleep(50)
  const page = await byAdmin('GET', `${survey}/open-answers`)
  return page.answers.length > 0 ? page : await openAnswers()
}

async function secondAdministrator(username = 'liu.second') {
  const slip = await byAdmin('POST', `${area}/people`, { username, name, grants: [at('administrator')] })
  const one = await begin(house, slip)
  await must(one.call('PUT', '/me/password', { current: password, password: newPassword }))
  const { secret } = await must(one.call('POST', '/me/second-factor', { password: newPassword }))
  const code = oneTimeCode(secret, Date.now())
  await must(one.call('PUT', '/me/second-factor', { code }))
  return { secret, code }
}

const changing = Object.keys(permissions).filter((call) => !call.startsWith('GET '))
const entries = async () => {
  const each = [1, 2, 3].map((id) => house.look('select * from audit_entries order by seq', id))
  return (await Promise.all(each)).flatMap(({ rows }) => rows)
}

test('every call that changes anything is carried out here, or is named as an exception with its reason', () => {
  expect([...Object.keys(carriedOut), ...Object.keys(exceptions)].sort()).toEqual(changing.sort())
})

/** What the record calls a change of one's own account. */
const own: Record<string, string> = {
  'POST /api/sign-in': 'sign-in',
  'POST /api/sign-in/second': 'sign-in',
  'POST /api/sign-in/phone/code': 'sign-in',
  'POST /api/sign-out': 'sign-out',
  'PUT /api/me/password': 'password:set',
  'PUT /api/me/second-factor': 'second-factor:set',
  'DELETE /api/me/sessions/:session': 'session:end',
}

describe('leaves an entry that says who, what and from where:', () => {
  test.each(Object.entries(carriedOut))('%s', async (call, carryOut) => {
    await house.look('delete from sign_in_attempts')
    const before = new Set((await entries()).map(({ hash }) => hash.toString('hex')))
    await carryOut()
    const all = (await entries()).filter(({ hash }) => !before.has(hash.toString('hex')))
    const added = all.filter(({ action }) => action === (own[call] ?? call))
    expect(added.length).toBeGreaterThan(0)
    for (const { actor, subject } of added) expect([actor, subject].every((word) => word.length > 0)).toBe(true)
    for (const { from_address } of added) {
      // Whoever takes an answer back without an account is asked for no address.
      if (call.endsWith('/withdrawals')) expect(from_address).toBeNull()
      else expect(from_address).toMatch(/^127\.0\.0\.1/)
    }
  })
})

test('a catalogue, a status and an import say what was and what became', async () => {
  const found = (action: string) => entries().then((all) => all.find((entry) => entry.action.includes(action)))
  const states = async (action: string) => {
    const { before, after } = await found(action)
    return { before: JSON.parse(before), after: JSON.parse(after) }
  }
  const { before, after } = await states('/catalogue')
  expect([before.version, before.services.length, before.services[0].zh]).toEqual([1, 1, '养老服务'])
  expect([after.version, after.services.length, after.services[0].zh]).toEqual([2, 1, '养老'])
  expect(await states(':survey/status')).toEqual({
    before: { status: 'open', retentionDays: 180 },
    after: { status: 'open', retentionDays: 90 },
  })
  expect(await states('/imports')).toMatchObject({ after: { rows: 1, places: 1 } })
})

test('a resident who answers leaves none, whoever asks again for the same brief or withdraws twice neither', async () => {
  const before = (await entries()).length
  await house.browser().call('POST', `${survey}/responses`, submissionOf(random, ['C001'], {}, false))
  const again = submissionOf(random, ['C001'], { channel: 'paper' }, false)
  await byKey('POST', `${survey}/responses`, again)
  await byKey('POST', `${survey}/responses`, again)
  await house.browser().call('POST', `${area}/withdrawals`, { receipt: 'YX-0000-0000-0000' })
  expect((await entries()).length).toBe(before + 1)
})

test('is written about people without their names, numbers, receipts or codes', async () => {
  const told = JSON.stringify(await entries())
  for (const word of [name, '137123456', '1390000', 'liu.', '周主任', password, newPassword, key, 'receipt'])
    expect(told).not.toContain(word)
})
