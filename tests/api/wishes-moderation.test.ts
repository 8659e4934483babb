import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stationCode } from '../../server/wishes/station-code.ts'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { pictures, squares } from '../unit/documents/pdf-pictures.ts'
import { readPdf } from '../unit/documents/pdf-reader.ts'
import { base, type Headers, newTicket, openWishes, type Wishes } from './wishes-district.ts'

const publicUrl = 'https://ask.example.gov.cn'

let house: Wishes
beforeAll(async () => {
  house = await openWishes({ publicUrl })
})
afterAll(() => house?.stop())

const listed = async (query = '', headers: Headers = house.secretary.headers) =>
  await house.must('GET', `${base}/desk${query}`, undefined, headers)
const one = async (wish: string) => {
  const { rows } = await house.look(`select * from wishes where id = '${wish}'`)
  return rows[0]
}
const shown = async (wish: string) => await house.call('GET', `${base}/${wish}`, undefined, {})
const code = async (wish: string, decision: object, headers?: Headers) =>
  (await house.moderate(wish, decision, headers)).body.code
/** What the courier was told last, in the inbox and by text message. */
const told = async () => {
  const { rows } = await house.look(
    `select text, link from notices where person_id = (select id from people where username = 'qishou') order by created_at desc limit 1`,
  )
  const [sms] = (await house.app.sms.outbox(1)).filter(
    ({ phone, purpose }) => phone === '13900000001' && purpose === 'wish',
  )
  return { ...rows[0], sms: sms?.text }
}

describe('whoever moderates', () => {
  test('approves with names and numbers masked: the board has the masked text, staff see both, the wisher hears of it', async () => {
    const text = '王小明同学想要书包，请打13812345678'
    const { wish, number } = await house.post({ text })
    const [waiting] = (await listed('?state=submitted')).wishes as DeskWish[]
    expect(waiting!.flags).toEqual([
      { kind: 'name', from: 0, to: 3 },
      { kind: 'phone', from: 12, to: 23 },
    ])
    expect((await shown(wish)).status).toBe(404)
    const masked = '王某同学想要书包'
    const { status, body } = await house.moderate(wish, { decision: 'approve', text: masked })
    expect([status, body]).toMatchObject([200, { state: 'open', text: masked, original: text, flags: [], revision: 2 }])
    expect((await shown(wish)).body).toMatchObject({ text: masked, state: 'open' })
    expect(JSON.stringify((await shown(wish)).body)).not.toContain('王小明')
    const words = `您的第 ${number} 号心愿通过了审核，已经放上心愿墙；有单位认领会再告诉您。`
    expect(await told()).toEqual({ text: words, link: '/w/YX/own', sms: `【以需】${words}` })
    const { rows } = await house.look(`select actor, before, after from audit_entries where subject = 'wish:${wish}'`)
    expect(rows).toEqual([{ actor: house.secretary.id, before: '{"state":"submitted"}', after: '{"state":"open"}' }])
  })

  test('asks for a change or rejects with a reason, and nothing else is taken', async () => {
    const { wish } = await house.post()
    expect(await code(wish, { decision: 'return' })).toBe('wish_reason')
    expect(await code(wish, { decision: 'reject', reason: ' ' })).toBe('wish_reason')
    expect(await code(wish, { decision: 'reject', reason: '<script>' })).toBe('wish_markup')
    expect(await code(wish, { decision: 'approve', text: ' ' })).toBe('wish_empty')
    expect(await code(wish, { decision: 'approve', text: '<a href=x>' })).toBe('wish_markup')
    expect(await code(wish, { decision: 'approve', service: 'casino' })).toBe('unknown_service')
    expect(await code(wish, { decision: 'approve', revision: 7 })).toBe('wish_changed')
    expect(await one(wish)).toMatchObject({ state: 'submitted', revision: 1 })
    const returned = await house.moderate(wish, { decision: 'return', reason: '请写清楚尺码' })
    expect(returned.body).toMatchObject({ state: 'returned', reason: '请写清楚尺码' })
    expect(await code(wish, { decision: 'approve' })).toBe('wish_state')
    const rejected = await house.moderate(wish, { decision: 'reject', reason: '与微心愿无关' })
    expect(rejected.body).toMatchObject({ state: 'rejected' })
    expect(await one(wish)).toMatchObject({ contact: null, name: null, contact_hash: null })
    expect((await told()).text).toContain('没有通过审核')
    expect(await code(wish, { decision: 'reject', reason: '再来一次' })).toBe('wish_state')
  })

  test('finds no wish of another community, and one that two decide on at once is decided once', async () => {
    const { wish } = await house.post()
    expect((await house.moderate(wish, { decision: 'approve' }, house.neighbour.headers)).status).toBe(404)
    expect((await house.call('GET', `${base}/${wish}/history`, undefined, house.neighbour.headers)).status).toBe(404)
    const both = await Promise.all([
      house.moderate(wish, { decision: 'approve', revision: 1 }),
      house.moderate(wish, { decision: 'approve', revision: 1 }, house.officer.headers),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('reads every step with who and when, and of a wisher no name', async () => {
    const { wish } = await house.post()
    await house.moderate(wish, { decision: 'return', reason: '请改' })
    await house.must('POST', `${base}/${wish}/withdrawal`, {}, house.courier)
    const history = await house.must('GET', `${base}/${wish}/history`, undefined, house.secretary.headers)
    expect(history).toMatchObject([
      { step: 'post', from: null, to: 'submitted', by: '许愿人', reason: null },
      { step: 'return', from: 'submitted', to: 'returned', by: 'shuji.one同志', reason: '请改' },
      { step: 'withdraw', from: 'returned', to: 'withdrawn', by: '许愿人' },
    ])
  })

  test('reads which organisation took a step also when whoever took it has gone to another', async () => {
    const { wish } = await house.open()
    const [member] = house.canteen.members
    await house.must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, member!.headers)
    await house.must('POST', `${base}/${wish}/release`, { reason: '来不及' }, member!.headers)
    const belongs = (to: string) => `update sponsor_members set sponsor_id = '${to}' where person_id = '${member!.id}'`
    await house.look(belongs(house.volunteers.id))
    const history = await house.must('GET', `${base}/${wish}/history`, undefined, house.secretary.headers)
    expect(history.slice(2)).toMatchObject([
      { step: 'claim', by: house.canteen.name },
      { step: 'release', by: house.canteen.name },
    ])
    await house.look(belongs(house.canteen.id))
    await house.must('POST', `${base}/${wish}/withdrawal`, {}, house.courier)
  })
})

describe('merging', () => {
  const merged = (wish: string, into: string, headers?: Headers) =>
    house.moderate(wish, { decision: 'merge', into }, headers)
  const supported = (wish: string, ticket: string) => house.must('POST', `${base}/${wish}/supporters`, { ticket }, {})

  test('unites all who wanted either, each of them once, and tells whose wish it was where it went on', async () => {
    const from = await house.scanned()
    const other = await house.scanned()
    const [stays, goes] = [await house.post(from, {}), await house.post({ ...other, contact: '13900000008' }, {})]
    for (const { wish } of [stays, goes]) await house.approve(wish)
    const [anna, bo] = [newTicket(), newTicket()]
    await supported(stays.wish, anna)
    await supported(goes.wish, anna)
    await supported(goes.wish, bo)
    await supported(goes.wish, from.ticket)
    const { status, body } = await merged(goes.wish, stays.wish)
    expect([status, body]).toMatchObject([200, { state: 'merged', reason: `并入第 ${stays.number} 号心愿` }])
    // Anna, Bo and the wisher of the other; not the wisher of this one.
    expect((await one(stays.wish)).supporters).toBe(3)
    const { rows } = await house.look(`select count(*)::int as n from wish_supporters where wish_id = '${stays.wish}'`)
    expect(rows[0].n).toBe(3)
    const [own] = await house.must('POST', `${base}/own`, { ticket: other.ticket }, {})
    expect(own).toMatchObject({ state: 'merged', mergedInto: { id: stays.wish, number: stays.number } })
    expect(await one(goes.wish)).toMatchObject({ contact: null, contact_hash: null })
    // What was merged earlier goes along; whoever wished both is not counted for either.
    const last = await house.open({ contact: '13900000009' })
    await merged(stays.wish, last.wish)
    expect((await one(goes.wish)).merged_into).toBe(last.wish)
    expect((await one(last.wish)).supporters).toBe(4)
  })

  test('is refused into itself, into one that has ended, one elsewhere, and one that is not there', async () => {
    const { wish } = await house.post()
    const ended = await house.post()
    await house.moderate(ended.wish, { decision: 'reject', reason: '重复' })
    const elsewhere = await house.post({ community: 'C003' })
    const before = await one(wish)
    expect(await code(wish, { decision: 'merge' })).toBe('bad_request')
    expect(await code(wish, { decision: 'merge', into: wish })).toBe('wish_state')
    expect(await code(wish, { decision: 'merge', into: ended.wish })).toBe('wish_state')
    expect(await code(wish, { decision: 'merge', into: elsewhere.wish })).toBe('unknown_wish')
    expect(await code(wish, { decision: 'merge', into: randomUUID() })).toBe('unknown_wish')
    expect(await one(wish)).toEqual(before)
  })

  test('of two into each other at once does one of them', async () => {
    const [a, b] = [await house.open(), await house.open()]
    const replies = await Promise.all([merged(a.wish, b.wish), merged(b.wish, a.wish)])
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    const states = [(await one(a.wish)).state, (await one(b.wish)).state]
    expect(states.sort()).toEqual(['merged', 'open'])
  })
})

test('the desk lists what is within reach, page by page, with how many there are of each state', async () => {
  for (let n = 0; n < 51; n += 1) await house.post({ community: 'C002' })
  const first = await listed('?state=submitted', house.neighbour.headers)
  expect(first.counts).toEqual([{ state: 'submitted', n: 51 }])
  expect(first.wishes).toHaveLength(50)
  await house.must('POST', `${base}/${first.wishes[0].id}/withdrawal`, {}, house.courier)
  const second = await listed(`?state=submitted&next=${first.next}`, house.neighbour.headers)
  expect([second.wishes.length, second.next]).toEqual([1, null])
  const numbers = [...first.wishes, ...second.wishes].map(({ number }: DeskWish) => number)
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  expect(JSON.stringify(first)).not.toMatch(/13900000001|contact/)
  expect(first.wishes[0]).toMatchObject({ communityName: 'C002社区', claim: null, done: null })
  expect((await house.call('GET', `${base}/desk?next=x`, undefined, house.neighbour.headers)).body.code).toBe(
    'bad_request',
  )
  const { wish } = await house.open()
  const [member] = house.volunteers.members
  await house.must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, member!.headers)
  const [held] = (await listed('?state=claimed')).wishes
  expect(held.claim).toMatchObject({ sponsorName: '和平里志愿队', extended: false, reminded: false })
  await house.must('POST', `${base}/${wish}/release`, { reason: '人手不够' }, member!.headers)
  expect((await listed('?fallback=true')).wishes).toMatchObject([
    { id: wish, state: 'open', fallback: true, claim: null },
  ])
})

test('rules are those of the house until the district sets its own, and the words are looked for from then on', async () => {
  expect(await house.must('GET', `${base}/rules`, undefined, house.secretary.headers)).toEqual({
    ...{ words: [], claimDays: 14, extensionDays: 7 },
  })
  const rules = { words: [' 加群 ', '加群', '刷单'], claimDays: 10, extensionDays: 5 }
  expect((await house.call('PUT', `${base}/rules`, rules, house.secretary.headers)).status).toBe(403)
  const set = await house.must('PUT', `${base}/rules`, rules, house.administrator.headers)
  expect(set).toEqual({ ...rules, words: ['加群', '刷单'] })
  const wrong = { ...rules, words: ['好\u0000'] }
  expect((await house.call('PUT', `${base}/rules`, wrong, house.administrator.headers)).status).toBe(400)
  const { wish } = await house.post({ text: '想找人一起刷 单' })
  expect((await one(wish)).flags).toEqual([{ kind: 'abuse', from: 5, to: 8 }])
  await house.must('PUT', `${base}/rules`, { words: [], claimDays: 14, extensionDays: 7 }, house.administrator.headers)
})

test('a station is set up and changed by staff of its community, and its poster opens the page for a wish', async () => {
  const id = randomUUID()
  const station = { id, name: '和平里骑手驿站', community: 'C001', active: true }
  const set = (body: object, headers = house.secretary.headers) =>
    house.call('POST', '/districts/YX/stations', body, headers)
  expect((await set(station)).status).toBe(201)
  expect((await set({ ...station, name: ' 和平里驿站 ' })).body).toEqual({ ...station, name: '和平里驿站' })
  expect((await set({ ...station, community: 'C002' })).body.code).toBe('unknown_community')
  expect((await set({ ...station, community: 'C002' }, house.neighbour.headers)).body.code).toBe('unknown_station')
  expect((await set({ ...station, name: ' ' })).status).toBe(400)
  const seen = async (headers: Headers) =>
    (await house.must('GET', '/districts/YX/stations', undefined, headers)).length
  expect([await seen(house.secretary.headers), await seen(house.neighbour.headers)]).toEqual([3, 0])
  const print = (headers: Headers) =>
    house.app.inject({ method: 'GET', url: `/api/districts/YX/stations/${id}/poster`, headers })
  expect((await print(house.neighbour.headers)).statusCode).toBe(404)
  const reply = await print(house.secretary.headers)
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
  const link = `${publicUrl}/w/YX/new#station=${stationCode(house.app.secrets, 1, id)}`
  expect(pictures(reply.rawPayload)).toEqual([squares(link)])
  const { pages } = readPdf(reply.rawPayload)
  expect(pages).toHaveLength(1)
  for (const words of ['和平里驿站', '微心愿', 'ask.example.gov.cn/w/YX']) expect(pages[0]!.text).toContain(words)
})
