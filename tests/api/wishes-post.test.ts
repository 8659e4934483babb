import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contactOf } from '../../server/wishes/contact.ts'
import { boardChanged } from '../../server/wishes/event-queries.ts'
import { lockWish, wishById } from '../../server/wishes/queries.ts'
import { base, contact, newTicket, openWishes, type Posted, type Wishes } from './wishes-district.ts'

let house: Wishes
let now = new Date('2026-12-01T02:00:00Z')
beforeAll(async () => {
  house = await openWishes({ now: () => now })
})
afterAll(() => house?.stop())

const sent = (more: Partial<Posted> = {}, headers = house.courier) =>
  house.call('POST', base, house.posted(more), headers)
const code = async (more: Partial<Posted>, headers = house.courier) => (await sent(more, headers)).body.code
const stored = async (id: string) => (await wishById(house.db, { districtId: 1, id }))!
const sealed = async (id: string) => contactOf(house.app.secrets, await stored(id))
const own = async (headers: Record<string, string>, ticket?: string) =>
  (await house.must('POST', `${base}/own`, ticket ? { ticket } : {}, headers)) as { number: number; state: string }[]
const rewrite = (wish: string, more: object, headers = house.courier) => {
  const { id: _, community: __, contact: ___, ...wanted } = house.posted()
  return house.call('PUT', `${base}/${wish}/text`, { ...wanted, revision: 1, ...more }, headers)
}
const withdrawn = (wish: string, body: object = {}, headers = house.courier) =>
  house.call('POST', `${base}/${wish}/withdrawal`, body, headers)
const counted = async () => (await house.look('select count(*)::int as n, max(number) as last from wishes')).rows[0]

describe('a wish', () => {
  test('is taken in from a courier, kept sealed, and waits for the secretary, who hears of it once', async () => {
    const wish = house.posted({ text: ' 想要一副\n防风手套 ', name: '王跑跑', publish: true })
    expect(await house.call('POST', base, wish, house.courier)).toMatchObject({
      status: 201,
      body: { wish: wish.id, number: 1 },
    })
    const row = await stored(wish.id)
    expect(row).toMatchObject({
      state: 'submitted',
      text: '想要一副 防风手套',
      publish: true,
      hardship: false,
      revision: 1,
    })
    expect(row.person_id).not.toBeNull()
    expect(JSON.stringify(row)).not.toMatch(/王跑跑|13900000001/)
    expect(await sealed(wish.id)).toEqual({ phone: contact, name: '王跑跑' })
    await house.post()
    const { rows } = await house.look(`select text, person_id from notices where text like '%审核%'`)
    expect(rows).toEqual([{ text: '有新的微心愿等您审核。', person_id: house.secretary.id }])
    expect(
      (await house.look('select step, from_state, to_state, role from wish_steps order by at limit 1')).rows,
    ).toEqual([{ step: 'post', from_state: null, to_state: 'submitted', role: 'wisher' }])
  })

  test('that comes twice is one, and another under its id is refused', async () => {
    const wish = house.posted()
    const all = await Promise.all(Array.from({ length: 6 }, () => house.call('POST', base, wish, house.courier)))
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201])
    expect(new Set(all.map(({ body }) => body.number)).size).toBe(1)
    const { n, last } = await counted()
    expect(n).toBe(last)
    for (const change of [{ text: '想要两副' }, { contact: '13900000002' }, { cost: 'none' as const }])
      expect(await house.call('POST', base, { ...wish, ...change }, house.courier)).toMatchObject({
        ...{ status: 409, body: { code: 'same_wish' } },
      })
    // Late, after the day by which it was needed, and after it was changed.
    const late = house.posted({ neededBy: '2026-12-05' })
    await house.must('POST', base, late, house.courier)
    await rewrite(late.id, { text: '改过的心愿' })
    now = new Date('2026-12-20T02:00:00Z')
    expect((await house.call('POST', base, late, house.courier)).status).toBe(200)
    now = new Date('2026-12-01T02:00:00Z')
    expect((await stored(late.id)).text).toBe('改过的心愿')
  })

  test('has the next number, without gaps, however many come at once and are refused', async () => {
    const before = await counted()
    const posting = Array.from({ length: 24 }, (_, i) => sent(i % 3 === 0 ? { contact: '123' } : {}))
    const statuses = (await Promise.all(posting)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(16)
    const after = await counted()
    expect([after.n - before.n, after.last - before.last]).toEqual([16, 16])
  })

  test('is counted in characters as people count them, after what stands around it is cut off', async () => {
    expect((await sent({ text: `  ${'😀'.repeat(200)}  ` })).status).toBe(201)
    expect(await code({ text: '愿'.repeat(201) })).toBe('wish_too_long')
    expect(await code({ text: ' \n ' })).toBe('wish_empty')
  })

  test('is refused by name for what cannot be kept or shown, and nothing is kept', async () => {
    const before = await counted()
    for (const text of [
      '<script>alert(1)</script>',
      '想要 <a href=x>',
      '&#60;script',
      'javascript:alert(1)',
      '半个\ud800字',
      '零\u0000字',
    ])
      expect(await code({ text }), text).toBe('wish_markup')
    expect(await code({ name: '<img src=x onerror=1>' })).toBe('wish_markup')
    expect(await code({ where: { words: '<b>这段路', point: null } })).toBe('wish_markup')
    for (const wrong of ['', '12345678901', '1380000000', '138000000011', '010-123', '电话', '8888 8888'])
      expect(await code({ contact: wrong }), wrong).toBe('wrong_contact')
    for (const day of ['2026-12-01', '2026-11-30', '2027-12-02', '9999-12-31'])
      expect(await code({ neededBy: day }), day).toBe('wrong_needed_by')
    for (const where of [null, { words: null, point: null }, { words: '  ', point: null }])
      expect(await code({ kind: 'place', where })).toBe('where_is_it')
    expect(await code({ kind: 'place', where: { words: null, point: { lon: 121.4, lat: 31.2 } } })).toBe('where_is_it')
    expect(await code({ service: 'casino' })).toBe('unknown_service')
    expect(await code({ community: 'C999' })).toBe('unknown_community')
    expect(await code({ hardship: true })).toBe('not_permitted')
    expect(await counted()).toEqual(before)
  })

  test('keeps a number however it was typed, a day up to a year ahead, and a place in words or on the map', async () => {
    for (const [typed, phone] of [
      ['１３８ ００００－０００１', '13800000001'],
      ['+86 138-0000-0001', '13800000001'],
      ['（010）8888 6666', '010-88886666'],
      ['0512-6666777', '0512-6666777'],
    ]) {
      const { wish } = await house.post({ contact: typed, neededBy: '2027-12-01' })
      expect((await sealed(wish))?.phone).toBe(phone)
    }
    const point = { lon: 116.401, lat: 39.901 }
    const { wish } = await house.post({
      kind: 'place',
      where: { words: null, point },
    })
    expect((await stored(wish)).place).toEqual({ words: null, point })
    const told = await house.post({ kind: 'place', where: { words: '3号楼2单元502室门口那段路', point: null } })
    expect((await stored(told.wish)).place).toEqual({ words: '〔门牌〕门口那段路', point: null })
  })
})

describe('whoever posts', () => {
  test('has signed in, or scanned the code of a station that is in use', async () => {
    const from = await house.scanned()
    expect(await house.call('POST', base, house.posted(), {})).toMatchObject({
      status: 401,
      body: { code: 'who_wishes' },
    })
    expect(await code({ ticket: from.ticket }, {})).toBe('who_wishes')
    expect(await code({ station: from.station }, {})).toBe('who_wishes')
    const [id, secret] = from.station.split('.') as [string, string]
    const forged = `${id}.${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`
    expect(await code({ ...from, station: forged }, {})).toBe('wrong_station')
    const { wish } = await house.post(from, {})
    expect(await stored(wish)).toMatchObject({ person_id: null, station_id: id, posted_by: 'resident' })
    await house.must('POST', '/districts/YX/stations', { id, name: '和平里驿站', community: 'C001', active: false })
    expect(await code(from, {})).toBe('wrong_station')
    // What was posted with it stays one's own.
    expect(await own({}, from.ticket)).toMatchObject([{ state: 'submitted' }])
  })

  test('sees their own by account or by ticket, and nobody else’s', async () => {
    const resident = await house.byPhone('13800000077')
    const ticket = newTicket()
    const { number } = await house.post({ ticket }, resident)
    expect((await own(resident)).map((wish) => wish.number)).toEqual([number])
    expect((await own({}, ticket)).map((wish) => wish.number)).toEqual([number])
    expect(await own({}, newTicket())).toEqual([])
    expect(await own({})).toEqual([])
  })

  test('may be staff for somebody within their reach: whoever is in hardship is called by no name', async () => {
    const wish = house.posted({ text: '欧阳小敏的孩子想要一个书包，小敏谢谢大家', name: '欧阳小敏', hardship: true })
    await house.must('POST', base, wish, house.secretary.headers)
    expect(await stored(wish.id)).toMatchObject({
      ...{ text: '欧阳某的孩子想要一个书包，欧阳某谢谢大家', hardship: true },
      ...{ original: '欧阳某的孩子想要一个书包，欧阳某谢谢大家' },
      ...{ person_id: null, ticket_hash: null, posted_by: house.secretary.id, state: 'submitted' },
    })
    expect(await sealed(wish.id)).toEqual({ phone: contact, name: '欧阳某' })
    const { rows } = await house.look(`select actor, after from audit_entries where subject = 'wish:${wish.id}'`)
    expect(rows).toEqual([{ actor: house.secretary.id, after: expect.stringContaining('number') }])
    expect(rows[0].after).not.toMatch(/书包|欧阳/)
    // Of another community they post as anybody who has signed in.
    const elsewhere = await house.post({ community: 'C002' }, house.secretary.headers)
    expect((await stored(elsewhere.wish)).person_id).toBe(house.secretary.id)
  })

  test('posts a hundred a day and no more', async () => {
    const resident = await house.byPhone('13800000078')
    const { wish } = await house.post({}, resident)
    const { person_id } = await stored(wish)
    await house.look(
      `insert into wishes (district_id, id, number, community_code, kind, text, original, cost, state, flags, hardship, publish,
         fallback, supporters, person_id, posted_by, revision, created_at, changed_at)
       select 1, gen_random_uuid(), 100000 + n, 'C001', 'goods', '愿', '愿', 'none', 'withdrawn', '[]', false, false, false, 0,
         '${person_id}', '${person_id}', 1, '${now.toISOString()}', '${now.toISOString()}' from generate_series(1, 99) as n`,
    )
    expect(await sent({}, resident)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    await house.look('delete from wishes where number > 100000')
  })
})

describe('one’s own wish', () => {
  test('can be changed until it is approved, and is looked at again', async () => {
    const { wish } = await house.post()
    await house.moderate(wish, { decision: 'return', reason: '请写清楚尺码' })
    expect((await own(house.courier)).find(({ state }) => state === 'returned')).toMatchObject({
      reason: '请写清楚尺码',
    })
    expect((await rewrite(wish, { text: '想要大号手套' })).body).toMatchObject({ code: 'wish_changed' })
    const { status, body } = await rewrite(wish, { revision: 2, text: '想要大号手套，打13812345678', kind: 'service' })
    expect([status, body]).toMatchObject([200, { state: 'submitted', kind: 'service', revision: 3, reason: null }])
    expect((await stored(wish)).flags).toEqual([{ kind: 'phone', from: 8, to: 19 }])
    expect((await rewrite(wish, { revision: 3, text: '<script>' })).body.code).toBe('wish_markup')
    await house.approve(wish)
    expect((await rewrite(wish, { revision: 4 })).body.code).toBe('wish_state')
    const sponsor = house.volunteers.members[0]!.headers
    await house.must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, sponsor)
    expect(await rewrite(wish, { revision: 5 })).toMatchObject({ status: 409, body: { code: 'wish_after_claim' } })
  })

  test('is out of reach of whoever guesses its id, with a ticket of their own or somebody’s session', async () => {
    const from = await house.scanned()
    const { wish } = await house.post(from, {})
    const before = await stored(wish)
    for (const [ticket, headers] of [
      [newTicket(), {}],
      [undefined, {}],
      [newTicket(), house.courier],
      [undefined, house.neighbour.headers],
      [undefined, house.volunteers.members[0]!.headers],
    ] as const) {
      const shown = ticket ? { ticket } : {}
      expect((await rewrite(wish, shown, headers)).body.code).toBe('unknown_wish')
      expect(await withdrawn(wish, shown, headers)).toMatchObject({ status: 404, body: { code: 'unknown_wish' } })
    }
    expect((await withdrawn(randomUUID(), { ticket: from.ticket }, {})).status).toBe(404)
    expect(await stored(wish)).toEqual(before)
    expect((await rewrite(wish, { ticket: from.ticket, text: '改了' }, {})).status).toBe(200)
  })

  test('can be taken back, also when it is held: the holder hears of it and reads the number no more', async () => {
    const { wish, number } = await house.open()
    const [member] = house.canteen.members
    await house.must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, member!.headers)
    expect((await house.call('GET', `${base}/${wish}/contact`, undefined, member!.headers)).status).toBe(200)
    expect(await withdrawn(wish, { reason: '已经买到了' })).toMatchObject({ status: 200, body: { withdrawn: true } })
    expect((await withdrawn(wish)).status).toBe(200)
    expect(await stored(wish)).toMatchObject({ state: 'withdrawn', contact: null, name: null, contact_hash: null })
    const { rows } = await house.look(`select ended from claims where wish_id = '${wish}'`)
    expect(rows).toEqual([{ ended: 'withdrawn' }])
    expect((await house.call('GET', `${base}/${wish}/contact`, undefined, member!.headers)).status).toBe(404)
    const told = await house.look(
      `select text from notices where person_id = '${member!.id}' order by created_at desc limit 1`,
    )
    expect(told.rows[0].text).toBe(`第 ${number} 号心愿已经撤回，不用再办；东西已经备好的，请同社区说一声。谢谢你们。`)
  })
})

describe('personal data', () => {
  const phone = '13800000079'
  const purpose = '本人来函要求'
  const asked = (what: 'exports' | 'erasures') =>
    house.must('POST', `/districts/YX/personal-data/${what}`, { phone, purpose }, house.administrator.headers)

  test('of a wisher is handed over with their wishes, and gone when it is erased, also what staff posted for the number', async () => {
    const resident = await house.byPhone(phone)
    const { wish, number } = await house.open({ contact: '13900000055', name: '张三', text: '想要一顶头盔' }, resident)
    const [member] = house.canteen.members
    await house.must('POST', `${base}/${wish}/claims`, { id: randomUUID() }, member!.headers)
    const byStaff = await house.post({ contact: phone, text: '我叫李四，想要雨衣' }, house.secretary.headers)
    const { elsewhere } = await asked('exports')
    const details = { 内容: '想要一顶头盔', 电话: '13900000055', 称呼: '张三' }
    expect(elsewhere).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: `第 ${number} 号微心愿`, details: expect.objectContaining(details) }),
        expect.objectContaining({ what: `第 ${byStaff.number} 号微心愿` }),
      ]),
    )
    const { person_id } = await stored(wish)
    await asked('erasures')
    const gone = {
      contact: null,
      name: null,
      contact_hash: null,
      posted_hash: null,
      person_id: null,
      state: 'withdrawn',
    }
    expect(await stored(wish)).toMatchObject({ ...gone, posted_by: 'resident' })
    expect(await stored(byStaff.wish)).toMatchObject({
      ...gone,
      text: '我叫〔姓名〕，想要雨衣',
      original: '我叫〔姓名〕，想要雨衣',
    })
    const { rows } = await house.look(`select count(*)::int as n from wish_steps where actor = '${person_id}'`)
    expect(rows).toEqual([{ n: 0 }])
    expect((await house.look(`select ended from claims where wish_id = '${wish}'`)).rows).toEqual([
      { ended: 'withdrawn' },
    ])
    expect((await asked('exports')).elsewhere).toEqual([])
  })

  test('is erased also while one of the wishes is being claimed', async () => {
    const other = '13800000078'
    const resident = await house.byPhone(other)
    const wishes = [await house.open({}, resident), await house.open({}, resident)].map(({ wish }) => wish).sort()
    const waiting = () => house.look("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
    const path = '/districts/YX/personal-data/erasures'
    let erased: ReturnType<typeof house.call> | undefined
    await house.db.transaction().execute(async (tx) => {
      await lockWish(tx, { districtId: 1, id: wishes[1]! })
      erased = house.call('POST', path, { phone: other, purpose }, house.administrator.headers)
      await vi.waitFor(async () => expect((await waiting()).rows.length).toBe(1))
      await boardChanged(tx, 1)
    })
    expect((await erased!).status).toBe(200)
    for (const wish of wishes) expect((await stored(wish)).state).toBe('withdrawn')
  })
})
