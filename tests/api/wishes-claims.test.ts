import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../server/app.ts'
import { asking, key } from '../setup/app.ts'
import { at } from './people-district.ts'
import { base, contact, type Headers, openWishes, type Wishes } from './wishes-district.ts'

let now = new Date('2026-11-23T02:00:00Z')
let house: Wishes
/** Another process of the server on the same database, as far as the database can tell. */
let second: FastifyInstance
beforeAll(async () => {
  house = await openWishes({ now: () => now })
  const { connectionString } = house.app.pg.pool.options
  const settings = { host: '127.0.0.1', port: 0, seed: 'none', desk: 'key', staffKey: key, logLevel: 'silent' } as const
  second = await buildApp({
    ...{ ...settings, dataDir: house.dataDir, databaseUrl: String(connectionString), now: () => now },
  })
  await second.ready()
})
afterAll(async () => {
  await second?.close()
  await house?.stop()
})

const of = (organisation: { members: { headers: Headers }[] }, member = 0) => organisation.members[member]!.headers
const claim = (wish: string, who: Headers, id = randomUUID()) =>
  house.call('POST', `${base}/${wish}/claims`, { id }, who)
const reasoned = (what: string, wish: string, who: Headers, reason = '人手不够') =>
  house.call('POST', `${base}/${wish}/${what}`, { reason }, who)
const reach = (wish: string, who: Headers) => house.call('GET', `${base}/${wish}/contact`, undefined, who)
const row = async (wish: string) => (await house.look(`select * from wishes where id = '${wish}'`)).rows[0]
const claimsOf = async (wish: string) =>
  (await house.look(`select * from claims where wish_id = '${wish}' order by claimed_at, ended_at`)).rows
const live = async (wish: string) => (await claimsOf(wish)).filter(({ ended_at }) => ended_at === null)
const told = async (person: string) =>
  (await house.look(`select string_agg(text, ' ') as text from notices where person_id = '${person}'`)).rows[0]
    .text as string
const refused = (code: string, status = 409) => ({ status, body: expect.objectContaining({ code }) })

test('however many press at once at two servers, one has it and the others hear who', async () => {
  const clubs = [house.volunteers, house.canteen]
  const more = await Promise.all([1, 2].map((n) => house.organisation(`抢单队${n}`, [`1370000010${n}`])))
  const people = [...clubs, ...more].flatMap(({ name, members }) => members.map(({ headers }) => ({ name, headers })))
  const ports = [asking(house.app), asking(second)]
  const wishes: string[] = []
  for (let i = 0; i < 4; i += 1) wishes.push((await house.open()).wish)
  const presses = Array.from({ length: 15 }).flatMap((_, i) =>
    wishes.flatMap((wish) => {
      const one = people[i % people.length]!
      return [
        ports[i % 2]!('POST', `/api${base}/${wish}/claims`, {
          body: { id: randomUUID() },
          headers: { ...one.headers, 'sec-fetch-site': 'same-origin' },
        }).then((answer) => ({ ...answer, wish, by: one.name })),
      ]
    }),
  )
  const answers = await Promise.all(presses)
  for (const wish of wishes) {
    const own = answers.filter((answer) => answer.wish === wish)
    const won = own.filter(({ status }) => status === 201)
    expect(won.length).toBe(1)
    expect((await live(wish)).length).toBe(1)
    for (const lost of own.filter(({ status }) => status !== 201)) {
      expect(lost).toMatchObject({ status: 409, body: { code: 'wish_taken' } })
      expect((lost.body as { message: string }).message).toContain(won[0]!.by)
    }
    await reasoned('release', wish, house.secretary.headers)
  }
})

describe('a claim', () => {
  test('is answered with what is held, again when it is sent again, even after it has ended', async () => {
    const { wish, number } = await house.open({ kind: 'company', text: '带三个孩子去一次游乐园' })
    const id = randomUUID()
    const first = await claim(wish, of(house.volunteers), id)
    expect(first).toMatchObject({
      status: 201,
      body: {
        ...{ claim: id, dueOn: '2026-12-07', extended: false, live: true, ended: null, reason: null },
        wish: { number, state: 'claimed', sponsor: house.volunteers.name, dueOn: '2026-12-07' },
      },
    })
    expect(JSON.stringify(first.body)).not.toContain(contact)
    expect(await claim(wish, of(house.volunteers), id)).toMatchObject({ status: 200, body: first.body })
    expect(await claim(wish, of(house.volunteers, 1), id)).toMatchObject(refused('same_claim'))
    const other = await house.open()
    expect(await claim(other.wish, of(house.volunteers), id)).toMatchObject(refused('same_claim'))
    expect((await row(other.wish)).state).toBe('open')
    await reasoned('release', wish, of(house.volunteers, 1))
    expect(await claim(wish, of(house.volunteers), id)).toMatchObject({
      status: 200,
      body: { claim: id, live: false, ended: 'released', reason: '人手不够', wish: { state: 'open', sponsor: null } },
    })
  })

  test('is refused by name for what cannot be claimed, and nothing changes', async () => {
    const who = of(house.canteen)
    expect(await claim(randomUUID(), who)).toMatchObject(refused('unknown_wish', 404))
    const posted = await house.post()
    expect(await claim(posted.wish, who)).toMatchObject(refused('unknown_wish', 404))
    for (const [state, code, status] of [
      ['returned', 'unknown_wish', 404],
      ['rejected', 'unknown_wish', 404],
      ['withdrawn', 'wish_withdrawn', 409],
      ['lapsed', 'wish_lapsed', 409],
      ['merged', 'wish_not_open', 409],
      ['fulfilled', 'wish_not_open', 409],
    ] as const) {
      const { wish } = await house.open()
      await house.look(`update wishes set state = '${state}' where id = '${wish}'`)
      expect(await claim(wish, who), state).toMatchObject(refused(code, status))
      expect(await claimsOf(wish)).toEqual([])
    }
    // Its day has passed and the night has not come yet.
    const { wish } = await house.open({ neededBy: '2026-11-22' })
    expect(await claim(wish, who)).toMatchObject(refused('wish_lapsed'))
    const { wish: today } = await house.open({ neededBy: '2026-11-23' })
    expect((await claim(today, who)).status).toBe(201)
    await reasoned('release', today, who)
  })

  test('needs an organisation that is active', async () => {
    const { wish } = await house.open()
    const alone = await house.member('danzi', undefined, at('sponsor', 'C001'))
    expect(await claim(wish, alone.headers)).toMatchObject(refused('no_sponsor'))
    expect(await claim(wish, { authorization: `Bearer ${key}` })).toMatchObject(refused('no_sponsor'))
    expect((await claim(wish, house.courier)).status).toBe(403)
    expect((await claim(wish, {})).status).toBe(401)
    const idle = await house.organisation('歇业单位', ['13700000021'])
    await house.look(`update sponsors set active = false where id = '${idle.id}'`)
    expect(await claim(wish, of(idle))).toMatchObject(refused('no_sponsor'))
    expect(await claimsOf(wish)).toEqual([])
  })

  test('of what a member wished, or is to be reached about, is refused', async () => {
    const { id } = house.volunteers.members[0]!
    const { wish } = await house.open()
    await house.look(`update wishes set person_id = '${id}' where id = '${wish}'`)
    expect(await claim(wish, of(house.volunteers, 1))).toMatchObject(refused('own_wish'))
    const { wish: reached } = await house.open({ contact: '13700000001' })
    expect(await claim(reached, of(house.volunteers))).toMatchObject(refused('own_wish'))
    expect((await claim(reached, of(house.canteen))).status).toBe(201)
    await reasoned('release', reached, of(house.canteen))
  })

  test('more than an organisation may hold is refused exactly, however they press at once', async () => {
    const small = await house.organisation('小店', ['13700000031', '13700000032'], 2)
    const wishes: string[] = []
    for (let i = 0; i < 6; i += 1) wishes.push((await house.open()).wish)
    const answers = await Promise.all(wishes.map((wish, i) => claim(wish, of(small, i % 2))))
    expect(answers.filter(({ status }) => status === 201).length).toBe(2)
    expect(answers.filter(({ body }) => body.code === 'claim_limit').length).toBe(4)
    const { rows } = await house.look(`select * from claims where sponsor_id = '${small.id}' and ended_at is null`)
    expect(rows.length).toBe(2)
    for (const { wish_id } of rows) await reasoned('release', wish_id, of(small))
  })
})

describe('whoever holds a wish', () => {
  test('alone reads the contact, and each look is written down', async () => {
    const { wish } = await house.open({ name: '王大爷' })
    const everybody = [of(house.volunteers), of(house.canteen), house.secretary.headers, house.courier, {}]
    const statuses = async () => {
      const all = []
      for (const who of everybody) all.push((await reach(wish, who)).status)
      return all
    }
    expect(await statuses()).toEqual([404, 404, 403, 403, 401])
    await claim(wish, of(house.volunteers))
    expect(await statuses()).toEqual([200, 404, 403, 403, 401])
    expect(await reach(wish, of(house.volunteers, 1))).toMatchObject({
      status: 200,
      body: { phone: contact, name: '王大爷' },
    })
    const { rows } = await house.look(
      `select * from audit_entries where subject = 'wish:${wish}' and action like 'GET%/contact'`,
    )
    expect(rows.map(({ actor }) => actor)).toEqual(house.volunteers.members.map(({ id }) => id))
    for (const entry of rows) expect(entry.purpose).toContain('联系许愿人')
    expect(JSON.stringify(rows)).not.toMatch(/13900000001|王大爷/)
    await reasoned('release', wish, of(house.volunteers))
    expect(await statuses()).toEqual([404, 404, 403, 403, 401])
  })

  test('shows nobody the contact where the look cannot be written down', async () => {
    const { wish } = await house.open()
    await claim(wish, of(house.volunteers))
    const owner = new (await import('pg')).default.Client(house.databaseUrl)
    await owner.connect()
    await owner.query("alter table audit_entries add constraint no_looks check (action not like '%contact') not valid")
    const answer = await reach(wish, of(house.volunteers))
    await owner.query('alter table audit_entries drop constraint no_looks')
    await owner.end()
    expect(answer.status).toBe(500)
    expect(JSON.stringify(answer.body)).not.toContain(contact)
    await reasoned('release', wish, of(house.volunteers))
  })

  test('lengthens it once, with a reason; another organisation and other staff do not', async () => {
    const { wish } = await house.open()
    await claim(wish, of(house.volunteers))
    expect(await reasoned('extension', wish, of(house.canteen))).toMatchObject(refused('wish_taken'))
    expect(await reasoned('extension', wish, house.neighbour.headers)).toMatchObject(refused('unknown_wish', 404))
    expect(await reasoned('extension', wish, of(house.volunteers), ' ')).toMatchObject(refused('wish_reason', 422))
    expect(await reasoned('extension', wish, of(house.volunteers), '周末才有空')).toMatchObject({
      status: 200,
      body: { dueOn: '2026-12-14', extended: true },
    })
    expect(await reasoned('extension', wish, house.secretary.headers)).toMatchObject(refused('extended_already'))
    await reasoned('release', wish, of(house.volunteers))
    expect(await reasoned('extension', wish, of(house.volunteers))).toMatchObject(refused('wish_state'))
  })

  test('gives it back with a reason: it stands where it stood, and those who could help hear of it', async () => {
    const helper = await house.organisation('兜底单位', ['13700000041'])
    await house.look(`update sponsors set fallback_for = 'C001' where id = '${helper.id}'`)
    const { wish, number } = await house.open()
    const before = await row(wish)
    await claim(wish, of(house.volunteers))
    expect(await reasoned('release', wish, of(house.canteen))).toMatchObject(refused('wish_taken'))
    expect(await reasoned('release', wish, house.neighbour.headers)).toMatchObject(refused('unknown_wish', 404))
    expect(await reasoned('release', wish, of(house.volunteers), ' ')).toMatchObject(refused('wish_reason', 422))
    for (const what of ['release', 'extension'])
      for (const words of ['<script>alert(1)</script>', '忙\u0000'])
        expect(await reasoned(what, wish, of(house.volunteers), words)).toMatchObject(refused('wish_markup', 422))
    expect((await row(wish)).state).toBe('claimed')
    expect(await reasoned('release', wish, of(house.volunteers), '联系不上')).toMatchObject({
      status: 200,
      body: { released: true },
    })
    expect(await row(wish)).toMatchObject({ state: 'open', fallback: true, opened_at: before.opened_at })
    expect(await claimsOf(wish)).toMatchObject([{ ended: 'released', reason: '联系不上' }])
    expect(await told(helper.members[0]!.id)).toContain(`第 ${number} 号`)
    expect(await told(house.secretary.id)).toContain(`第 ${number} 号`)
    await claim(wish, of(house.canteen))
    expect(await row(wish)).toMatchObject({ state: 'claimed', fallback: false })
    const words = '社区来安排'
    expect((await reasoned('release', wish, house.secretary.headers, words)).status).toBe(200)
    expect(await told(house.canteen.members[0]!.id)).toContain(words)
    await house.look(`update sponsors set fallback_for = null where id = '${helper.id}'`)
  })
})

describe('staff', () => {
  const assign = (wish: string, sponsor: string, who = house.secretary.headers, id = randomUUID()) =>
    house.call('POST', `${base}/${wish}/assignment`, { id, sponsor, reason: '他们熟悉' }, who)

  test('give a wish to an organisation, also one that another holds, which hears why', async () => {
    const { wish, number } = await house.open()
    expect(await assign(wish, house.canteen.id, house.neighbour.headers)).toMatchObject(refused('unknown_wish', 404))
    expect((await assign(wish, house.canteen.id, of(house.canteen))).status).toBe(403)
    expect(await assign(wish, randomUUID())).toMatchObject(refused('unknown_sponsor', 404))
    const id = randomUUID()
    const first = await assign(wish, house.canteen.id, house.secretary.headers, id)
    expect(first).toMatchObject({ status: 201, body: { claim: id, wish: { sponsor: house.canteen.name } } })
    expect(await assign(wish, house.canteen.id, house.secretary.headers, id)).toMatchObject({
      status: 200,
      body: first.body,
    })
    expect(await assign(wish, house.canteen.id)).toMatchObject(refused('wish_state'))
    now = new Date('2026-11-25T02:00:00Z')
    expect(await assign(wish, house.volunteers.id)).toMatchObject({ status: 201, body: { dueOn: '2026-12-09' } })
    now = new Date('2026-11-23T02:00:00Z')
    expect((await claimsOf(wish)).map(({ ended, reason }) => [ended, reason])).toEqual([
      ['reassigned', '他们熟悉'],
      [null, null],
    ])
    expect(await told(house.canteen.members[0]!.id)).toMatch(new RegExp(`第 ${number} 号.*他们熟悉`))
    expect(await told(house.volunteers.members[0]!.id)).toContain(`第 ${number} 号`)
    expect((await reach(wish, of(house.canteen))).status).toBe(404)
    expect((await reach(wish, of(house.volunteers))).status).toBe(200)
    await house.look(`update wishes set state = 'delivered' where id = '${wish}'`)
    expect(await assign(wish, house.canteen.id)).toMatchObject(refused('wish_state'))
    await house.look(`update wishes set state = 'claimed' where id = '${wish}'`)
    await reasoned('release', wish, house.secretary.headers)
  })

  test('may not give more than an organisation may hold', async () => {
    const small = await house.organisation('独一份', ['13700000051'], 1)
    const [one, two] = [await house.open(), await house.open()]
    expect((await assign(one.wish, small.id)).status).toBe(201)
    expect(await assign(two.wish, small.id)).toMatchObject(refused('claim_limit'))
    await reasoned('release', one.wish, house.secretary.headers)
  })
})

describe('organisations', () => {
  const path = '/districts/YX/sponsors'
  const body = (more: object = {}) => {
    return { id: randomUUID(), name: `单位${randomUUID()}`, fallbackFor: 'C001', limit: 3, active: true, ...more }
  }

  test('are set up by staff, changed by whoever sees the whole district, and do not share a name', async () => {
    const one = body()
    const by = house.secretary.headers
    expect(await house.call('POST', path, one, by)).toMatchObject({ status: 201, body: one })
    expect(await house.call('POST', path, one, by)).toMatchObject({ status: 200, body: one })
    expect((await house.call('POST', path, { ...one, limit: 90 }, by)).status).toBe(403)
    expect(await house.call('POST', path, body({ fallbackFor: 'C002' }), by)).toMatchObject(
      refused('unknown_community', 404),
    )
    expect(await house.call('POST', path, body({ name: one.name }), by)).toMatchObject(refused('same_sponsor'))
    const changed = { ...one, limit: 9, active: false, fallbackFor: null }
    expect(await house.call('POST', path, changed, house.administrator.headers)).toMatchObject({
      status: 200,
      body: changed,
    })
    expect((await house.call('POST', path, body(), of(house.canteen))).status).toBe(403)
    const listed = await house.must('GET', path, undefined, by)
    expect(listed.find(({ id }: { id: string }) => id === one.id)).toEqual({
      ...changed,
      members: [],
      open: 0,
      fulfilled: 0,
    })
    const volunteers = listed.find(({ id }: { id: string }) => id === house.volunteers.id)
    expect(volunteers.members.map(({ person }: { person: string }) => person)).toEqual(
      house.volunteers.members.map(({ id }) => id),
    )
  })

  test('have members with the role, of no other organisation, all of them or nobody', async () => {
    const { id } = await house.must('POST', path, body(), house.secretary.headers)
    const set = (people: string[]) => house.call('PUT', `${path}/${id}/members`, { people }, house.secretary.headers)
    const free = await house.member('ziyou', undefined, at('sponsor', 'C001'))
    const people = [free.id, house.secretary.id, house.canteen.members[0]!.id, randomUUID(), free.id]
    const answer = await set(people)
    expect(answer).toMatchObject(refused('bad_members', 422))
    expect(answer.body.details.map(({ at, rule }: { at: string; rule: string }) => [at, rule])).toEqual([
      ['people/1', 'role'],
      ['people/2', 'joined'],
      ['people/3', 'unknown'],
      ['people/4', 'twice'],
    ])
    expect((await house.look(`select * from sponsor_members where sponsor_id = '${id}'`)).rows).toEqual([])
    expect(await set([free.id])).toMatchObject({ status: 200, body: { members: [{ person: free.id }] } })
    expect(await set([])).toMatchObject({ status: 200, body: { members: [] } })
    const unknown = await house.call('PUT', `${path}/${randomUUID()}/members`, { people: [] })
    expect(unknown).toMatchObject(refused('unknown_sponsor', 404))
  })

  test('are joined and left by those alone whom staff look after, so that nobody comes to contacts from elsewhere', async () => {
    const { id } = await house.must('POST', path, body(), house.secretary.headers)
    const here = await house.member('zheli', undefined, at('sponsor', 'C001'))
    const there = await house.member('nali', undefined, at('sponsor', 'C002'))
    const set = async (people: string[], { headers }: { headers: Headers }) =>
      (await house.call('PUT', `${path}/${id}/members`, { people }, headers)).status
    const { secretary, neighbour, officer } = house
    expect(await set([here.id], secretary)).toBe(200)
    for (const people of [[], [there.id], [here.id, there.id]]) expect(await set(people, neighbour)).toBe(403)
    expect(await set([here.id, there.id], secretary)).toBe(403)
    expect(await set([here.id, there.id], officer)).toBe(200)
    expect(await set([there.id], secretary)).toBe(200)
    expect(await set([there.id, here.id], secretary)).toBe(403)
    expect(await set([], neighbour)).toBe(200)
  })

  test('have a name that is words', async () => {
    for (const name of ['<img src=x>', '单位\u202e', '\u200b'])
      expect(await house.call('POST', path, body({ name }))).toMatchObject(refused('bad_request', 400))
    const station = { id: randomUUID(), name: '<b>驿站</b>', community: 'C001', active: true }
    expect(await house.call('POST', '/districts/YX/stations', station)).toMatchObject(refused('bad_request', 400))
  })

  test('see what they hold and held, and nobody else’s', async () => {
    const { wish } = await house.open()
    await claim(wish, of(house.canteen))
    const holdings = '/districts/YX/holdings'
    const own = await house.must('GET', holdings, undefined, of(house.canteen))
    expect(own.sponsor).toMatchObject({ id: house.canteen.id, limit: 5 })
    expect(own.holdings.filter(({ live }: { live: boolean }) => live)).toMatchObject([{ wish: { id: wish } }])
    const others = await house.must('GET', holdings, undefined, of(house.volunteers))
    expect(others.holdings.filter(({ live }: { live: boolean }) => live)).toEqual([])
    const alone = await house.member('meiren', undefined, at('sponsor', 'C001'))
    expect(await house.must('GET', holdings, undefined, alone.headers)).toEqual({ sponsor: null, holdings: [] })
    await reasoned('release', wish, of(house.canteen))
  })
})
