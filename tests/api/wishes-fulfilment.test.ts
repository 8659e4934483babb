import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stepsFrom } from '../../shared/wishes/states.ts'
import { plainPhoto } from '../checks/hostile-photos.ts'
import { staff } from '../setup/app.ts'
import { base, contact, type Headers, newTicket, openWishes, type Wishes } from './wishes-district.ts'
import { filesOf, type Part, sendForm } from './wishes-forms.ts'

let now = new Date('2026-11-23T02:00:00Z')
let house: Wishes
let stranger: Headers
let photo: Buffer
let holder: Headers
let colleague: Headers
let rival: Headers
beforeAll(async () => {
  house = await openWishes({ now: () => now })
  stranger = await house.byPhone('13600000099')
  photo = await plainPhoto(320, 240)
  ;[holder, colleague] = house.volunteers.members.map(({ headers }) => headers) as [Headers, Headers]
  rival = house.canteen.members[0]!.headers
})
afterAll(() => house?.stop())

const DAY_MS = 86_400_000
const later = (days: number) => {
  now = new Date(now.getTime() + days * DAY_MS)
}
const today = () => new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const row = async (wish: string) => (await house.look(`select * from wishes where id = '${wish}'`)).rows[0]
const claims = async (wish: string) =>
  (await house.look(`select * from claims where wish_id = '${wish}' order by claimed_at`)).rows
const told = async (person: string) =>
  (await house.look(`select string_agg(text, ' ') as text from notices where person_id = '${person}'`)).rows[0]
    .text as string
const messages = async (phone: string) =>
  (await house.app.sms.outbox(1)).filter((sms) => sms.phone === phone).map(({ text }) => text)

async function claimed(more = {}): Promise<{ wish: string; number: number; claim: string }> {
  const posted = await house.open(more)
  const claim = randomUUID()
  await house.look(`update sponsors set claim_limit = 100`)
  await house.must('POST', `${base}/${posted.wish}/claims`, { id: claim }, holder)
  return { ...posted, claim }
}

const forms = (count: number, more: Part[] = []): Part[] => [
  ...Array.from({ length: count }, (_, i): Part => ['file', photo, `${i}.jpg`]),
  ...(more.some(([field]) => field === 'note') ? [] : [['note', '送到了站点'] as Part]),
  ...(more.some(([field]) => field === 'on') ? [] : [['on', today()] as Part]),
  ...more,
]
const deliver = (wish: string, who = holder, parts = forms(1)) =>
  sendForm(house, `${base}/${wish}/evidence`, parts, who)
const confirm = (wish: string, body: object, who: Headers = house.courier) =>
  house.call('POST', `${base}/${wish}/confirmation`, { done: true, ...body }, who)
const reopen = (wish: string, who: Headers, reason = '还差一只') =>
  house.call('POST', `${base}/${wish}/reopening`, { reason }, who)
const look = async (wish: string, photo: string, headers: Headers = {}) => {
  const site = headers.cookie ? { 'sec-fetch-site': 'same-origin' } : {}
  return (await house.app.inject({ url: `/api${base}/${wish}/photos/${photo}`, headers: { ...site, ...headers } }))
    .statusCode
}
const photosOf = async (claim: string) =>
  (await house.look(`select id from files where subject = 'claim:${claim}' order by created_at`)).rows.map(
    ({ id }) => id as string,
  )

async function delivered(more = {}) {
  const one = await claimed(more)
  const { status, body } = await deliver(one.wish)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return one
}

/** The same, of somebody without an account. */
async function deliveredForTicket() {
  const one = await delivered()
  const ticket = newTicket()
  await house.look(
    `update wishes set person_id = null, ticket_hash = sha256('${ticket}'::bytea) where id = '${one.wish}'`,
  )
  return { ...one, ticket }
}

/** And of somebody for whom staff posted it. */
async function deliveredForStaff() {
  const one = await delivered()
  await house.look(`update wishes set person_id = null where id = '${one.wish}'`)
  return one
}

const refused = (code: string, status = 409) => ({ status, body: expect.objectContaining({ code }) })

describe('evidence', () => {
  test('is nine photos, a note and a date from whoever holds the wish, and its wisher hears of it', async () => {
    const { wish, claim, number } = await claimed()
    const { status, body } = await deliver(wish, colleague, forms(9))
    expect([status, body.claim, body.live, body.wish.state]).toEqual([201, claim, true, 'delivered'])
    expect((await claims(wish))[0]).toMatchObject({ note: '送到了站点', done_on: today(), delivered_at: now })
    expect(await photosOf(claim)).toHaveLength(9)
    const courier = (await house.look(`select id from people where username = 'qishou'`)).rows[0].id
    expect(await told(courier)).toContain(`第 ${number} 号心愿，和平里志愿队说已经办好`)
    expect((await messages(contact)).join(' ')).toContain(`第 ${number} 号心愿，和平里志愿队说已经办好`)
    const [own] = (await house.must('POST', `${base}/own`, {}, house.courier)).filter(
      (one: { id: string }) => one.id === wish,
    )
    expect(own.done).toMatchObject({ note: '送到了站点', on: today(), photos: await photosOf(claim) })
  })

  test('that is sent again after its answer was lost is not taken twice', async () => {
    const { wish, claim } = await delivered()
    expect(await deliver(wish)).toMatchObject(refused('wish_state'))
    expect(await photosOf(claim)).toHaveLength(1)
    const both = await claimed()
    const answers = await Promise.all([deliver(both.wish), deliver(both.wish, colleague)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await photosOf(both.claim)).toHaveLength(1)
  })

  test('is taken from nobody else, whatever they are', async () => {
    const { wish } = await claimed()
    for (const who of [rival, staff]) expect(await deliver(wish, who)).toMatchObject(refused('unknown_wish', 404))
    for (const who of [stranger, house.courier, house.secretary.headers])
      expect(await deliver(wish, who)).toMatchObject(refused('not_permitted', 403))
    expect((await deliver(wish, {})).status).toBe(401)
    expect(await deliver(randomUUID())).toMatchObject(refused('unknown_wish', 404))
    await house.must('POST', `${base}/${wish}/release`, { reason: '人手不够' }, holder)
    expect(await deliver(wish)).toMatchObject(refused('wish_state'))
    await house.must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, rival)
    expect(await deliver(wish)).toMatchObject(refused('unknown_wish', 404))
  })

  test.each<[string, () => Part[], string, number]>([
    ['no photo', () => forms(0), 'wrong_photo', 422],
    ['ten photos', () => forms(10), 'wrong_photo', 422],
    ['a text among photos', () => [...forms(2), ['file', 'not a photo', 'c.jpg']], 'wrong_photo', 422],
    ['30 MB among photos', () => [...forms(1), ['file', Buffer.alloc(30e6, 1), 'c.jpg']], 'photo_too_large', 413],
    ['an unknown file', () => [...forms(1), ['photo', photo, 'c.jpg']], 'wrong_photo', 422],
    ['an unknown field', () => forms(1, [['state', 'fulfilled']]), 'wrong_photo', 422],
    ['no note', () => forms(1, [['note', '  ']]), 'evidence_needed', 422],
    ['a note of 501 signs', () => forms(1, [['note', '好'.repeat(501)]]), 'evidence_needed', 422],
    ['a script in the note', () => forms(1, [['note', '<script>alert(1)</script>']]), 'wish_markup', 422],
    ['NUL in the note', () => forms(1, [['note', '好\0了']]), 'wish_markup', 422],
    ['a note of 9 kB', () => forms(1, [['note', 'a'.repeat(9_000)]]), 'wrong_photo', 422],
    ['no date', () => forms(1, [['on', '']]), 'evidence_needed', 422],
    ['the 30th of February', () => forms(1, [['on', '2026-02-30']]), 'evidence_needed', 422],
    ['a moment instead of a day', () => forms(1, [['on', now.toISOString()]]), 'evidence_needed', 422],
    ['tomorrow', () => forms(1, [['on', '2099-01-01']]), 'evidence_needed', 422],
    ['the day before the claim', () => forms(1, [['on', '2026-11-22']]), 'evidence_needed', 422],
  ])('is refused by name as a whole: %s', async (_, parts, code, status) => {
    const { wish, claim } = await claimed()
    const before = [filesOf(house), await row(wish), await claims(wish)]
    const answer = await deliver(wish, holder, parts())
    expect(answer).toMatchObject(refused(code, status))
    expect(answer.body.message).toMatch(/\p{Script=Han}/u)
    expect([filesOf(house), await row(wish), await claims(wish)]).toEqual(before)
    expect(await photosOf(claim)).toEqual([])
  })

  test('of 500 signs, of the day of the claim and in any order of fields is taken', async () => {
    const { wish } = await claimed()
    const parts: Part[] = [
      ['on', today()],
      ['file', photo, '../../etc/passwd'],
      ['note', '好'.repeat(500)],
    ]
    expect((await deliver(wish, holder, parts)).status).toBe(201)
    const names = await house.look(`select name from files`)
    expect(names.rows.filter(({ name }) => /passwd|\.\./.test(name))).toEqual([])
  })
})

describe('who sees evidence', () => {
  test('its wisher, the organisation whose claim it is and staff within reach; everybody once it is published', async () => {
    const { wish, claim } = await delivered({ publish: false })
    const other = await delivered()
    const [id] = await photosOf(claim)
    const asked = () => [
      ...[{}, stranger, rival, house.neighbour.headers],
      ...[house.courier, holder, colleague, house.secretary.headers, house.officer.headers, staff],
    ]
    const statuses = async () => await Promise.all(asked().map((who) => look(wish, id!, who as Headers)))
    const some = [404, 404, 404, 404, 200, 200, 200, 200, 200, 200]
    expect(await statuses()).toEqual(some)
    expect(await look(other.wish, id!, staff)).toBe(404)
    await confirm(wish, {})
    expect(await statuses()).toEqual(some)
    await house.look(`update wishes set publish = true where id = '${wish}'`)
    expect(await statuses()).toEqual(some.map(() => 200))
  })
})

describe('the word of the wisher', () => {
  test('confirms, thanks and rates: the claim ends, the contact is forgotten and the organisation is told', async () => {
    const { wish, number, claim } = await delivered({ publish: false })
    later(1)
    const { status, body } = await confirm(wish, { thanks: '太暖和了，\n谢谢！', rating: 5, publish: true })
    expect([status, body]).toEqual([200, { state: 'fulfilled' }])
    expect(await row(wish)).toMatchObject({
      ...{ state: 'fulfilled', thanks: '太暖和了， 谢谢！', rating: 5, publish: true },
      ...{ fulfilled_at: now, contact: null, name: null },
    })
    expect(await claims(wish)).toMatchObject([{ id: claim, ended: 'fulfilled', ended_at: now }])
    const inbox = await told(house.volunteers.members[1]!.id)
    expect(inbox).toContain(`第 ${number} 号心愿已经确认办好。许愿人打了 5 分，写了感谢的话。`)
    expect(inbox).not.toContain('暖和')
    const { holdings } = await house.must('GET', '/districts/YX/holdings', undefined, holder)
    expect(holdings.find((one: { claim: string }) => one.claim === claim)).toMatchObject({
      ...{ live: false, ended: 'fulfilled', rating: 5, thanks: '太暖和了， 谢谢！' },
    })
    expect(await confirm(wish, { rating: 1 })).toMatchObject(refused('wish_state'))
    expect((await row(wish)).rating).toBe(5)
    expect(await deliver(wish)).toMatchObject(refused('wish_state'))
  })

  test('counts from the device that holds the ticket, and from nobody who guesses', async () => {
    const { wish, ticket } = await deliveredForTicket()
    for (const [body, who] of [
      [{}, {}],
      [{ ticket: newTicket() }, {}],
      [{}, stranger],
      [{}, rival],
      [{}, holder],
      [{}, house.neighbour.headers],
    ] as const)
      expect(await confirm(wish, body, who as Headers)).toMatchObject(refused('unknown_wish', 404))
    expect((await confirm(wish, { ticket, rating: 4 }, {})).body).toEqual({ state: 'fulfilled' })
    const steps = await house.look(`select actor, role from wish_steps where wish_id = '${wish}' and step = 'confirm'`)
    expect(steps.rows).toEqual([{ actor: 'resident', role: 'wisher' }])
  })

  test.each<[object, string, number]>([
    [{ thanks: '<img src=x onerror=alert(1)>' }, 'wish_markup', 422],
    [{ thanks: '谢谢\u202e反转' }, 'wish_markup', 422],
    [{ thanks: '谢'.repeat(201) }, 'bad_request', 400],
    [{ rating: 6 }, 'bad_request', 400],
    [{ rating: 0 }, 'bad_request', 400],
    [{ rating: 4.5 }, 'bad_request', 400],
    [{ fulfilled_at: '2020-01-01' }, 'bad_request', 400],
    [{ done: false }, 'wish_reason', 422],
    [{ done: false, reason: '   ' }, 'wish_reason', 422],
    [{ done: false, reason: '<script>' }, 'wish_markup', 422],
  ])('is refused by name, and nothing changes: %j', async (body, code, status) => {
    const { wish } = await delivered()
    const before = [await row(wish), await claims(wish)]
    expect(await confirm(wish, body)).toMatchObject(refused(code, status))
    expect([await row(wish), await claims(wish)]).toEqual(before)
  })

  test('that it was not done goes to staff, who give it back with time and a reason, or confirm it', async () => {
    const { wish, number, claim } = await delivered()
    later(13)
    expect((await confirm(wish, { done: false, reason: '没有人来过' })).body).toEqual({ state: 'disputed' })
    expect(await told(house.secretary.id)).toContain(`第 ${number} 号心愿，许愿人说没有办好`)
    expect((await claims(wish))[0].ended_at).toBeNull()
    for (const who of [stranger, holder, house.courier])
      expect(await reopen(wish, who)).toMatchObject(refused('not_permitted', 403))
    expect(await reopen(wish, house.neighbour.headers)).toMatchObject(refused('unknown_wish', 404))
    expect(await reopen(wish, house.secretary.headers, ' ')).toMatchObject(refused('wish_reason', 422))
    expect(await reopen(wish, house.secretary.headers, '<b>')).toMatchObject(refused('wish_markup', 422))
    const before = await photosOf(claim)
    expect(await reopen(wish, house.secretary.headers)).toMatchObject({
      status: 200,
      body: { id: wish, state: 'claimed', reason: '还差一只', claim: { id: claim } },
    })
    expect(await told(house.volunteers.members[0]!.id)).toContain(
      `第 ${number} 号心愿还没有办好，退回贵单位继续办：还差一只`,
    )
    expect((await claims(wish))[0].due_on > today()).toBe(true)
    expect(await reopen(wish, house.secretary.headers)).toMatchObject(refused('wish_state'))
    expect((await deliver(wish, holder, forms(2))).status).toBe(201)
    const after = await photosOf(claim)
    expect([after.length, after.includes(before[0]!), await look(wish, before[0]!, staff)]).toEqual([2, false, 404])
    await confirm(wish, { done: false, reason: '还是没有' })
    expect((await confirm(wish, {}, house.secretary.headers)).body).toEqual({ state: 'fulfilled' })
  })
})

describe('staff on behalf of a wisher', () => {
  test('wait for a week, unless the wisher asked them to', async () => {
    const { wish, number } = await deliveredForTicket()
    const { headers } = house.secretary
    expect(await confirm(wish, {}, headers)).toMatchObject(refused('confirm_too_soon'))
    expect(await confirm(wish, { done: false, reason: '没有' }, headers)).toMatchObject(refused('wish_state'))
    later(7)
    now = new Date(now.getTime() - 1)
    expect(await confirm(wish, {}, headers)).toMatchObject(refused('confirm_too_soon'))
    now = new Date(now.getTime() + 1)
    expect(await confirm(wish, { rating: 5 }, headers)).toMatchObject(refused('wish_reason', 422))
    expect((await confirm(wish, {}, headers)).body).toEqual({ state: 'fulfilled' })
    expect(await row(wish)).toMatchObject({ thanks: null, rating: null })
    expect((await messages(contact)).join(' ')).toContain(`第 ${number} 号心愿，社区已经确认办好`)
    const asked = await deliveredForTicket()
    const entrusted = { rating: 4, thanks: '谢谢', reason: '许愿人来电托付' }
    expect((await confirm(asked.wish, entrusted, headers)).body).toEqual({ state: 'fulfilled' })
    expect(await row(asked.wish)).toMatchObject({ thanks: '谢谢', rating: 4 })
  })

  test('confirm at once what they posted for somebody, of which they are told', async () => {
    const { wish } = await deliveredForStaff()
    expect((await confirm(wish, { thanks: '谢谢', rating: 5 }, house.officer.headers)).body.state).toBe('fulfilled')
    const entries = await house.look(`select actor from audit_entries where subject = 'wish:${wish}'`)
    expect(entries.rows.map(({ actor }) => actor)).toContain(house.officer.id)
  })
})

test('what may be done with a wish once it was delivered is what the machine says', () => {
  expect(stepsFrom('delivered', 'sponsor')).toEqual([])
  expect(stepsFrom('delivered', 'wisher')).toEqual(['confirm', 'dispute'])
  expect(stepsFrom('disputed', 'staff')).toEqual(['confirm', 'reopen'])
})
